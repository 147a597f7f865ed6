#include "customer/login/confirm.h"

#include "customer/login/recover.html.h"
#include "customer/login/views.h"
#include "service/password.h"

#include <sodium.h>

#define CHOSEN_COOKIE "registered"

bool may_register(const struct config *config)
{
    return config->registration && config->login_contact;
}

void field_new_password(const struct visit *visit, struct field *field, struct str name, struct str label)
{
    struct str least = arena_printf(visit->arena, "%d", visit->config->password_min);
    bool limited = visit->config->refuse_nordic_letters;
    field->name = name;
    field->label = label;
    field->type = "password";
    field->autocomplete = "new-password";
    field->required = true;
    field->hint =
        tr_fill(visit->arena, visit->view.lang,
                limited ? _("At least {1} characters, without the letters å, ä and ö. A few words in a row are easy "
                            "to remember and hard to guess.")
                        : _("At least {1} characters. A few words in a row are easy to remember and hard to guess."),
                &least, 1);
}

struct str password_error(const struct visit *visit, struct str password)
{
    struct str least = arena_printf(visit->arena, "%d", visit->config->password_min);
    const struct msgid *fault =
        password_fault(password, visit->config->password_min, visit->config->refuse_nordic_letters);
    if (!password.n)
        return visit_tr(visit, _("Choose a password."));
    return fault ? tr_fill(visit->arena, visit->view.lang, fault, &least, 1) : STR_NONE;
}

void chosen_here_keep(struct visit *visit, struct str hash)
{
    http_cookie_set(visit->request, visit->response,
                    (struct http_cookie){.name = CHOSEN_COOKIE,
                                         .value = app_mac(visit->app, visit->arena, CHOSEN_COOKIE, hash),
                                         .max_age = VERIFY_US / US_PER_SECOND});
}

bool chosen_here(const struct visit *visit, struct str hash)
{
    struct str cookie = http_cookie_get(visit->request, CHOSEN_COOKIE);
    struct str mac = app_mac(visit->app, visit->arena, CHOSEN_COOKIE, hash);
    return hash.n && cookie.n == mac.n && sodium_memcmp(cookie.p, mac.p, mac.n) == 0;
}

bool show_spent(struct visit *visit)
{
    struct spent_view view = {.registration = may_register(visit->config)};
    visit->response->status = 404;
    page_begin_narrow(visit, visit_tr(visit, _("The link does not work any more")));
    spent_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}
