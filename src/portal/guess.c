#include "portal/guess.h"

#include "base/clock.h"
#include "service/password.h"

static const struct throttle_rule PER_NAME_AND_TRUSTED = {"name and device", 5, 60};
static const struct throttle_rule PER_NAME_AND_NETWORK = {"name and network", 5, 60};
static const struct throttle_rule PER_NETWORK = {"network", 30, 10};
static const struct throttle_rule PER_NAME = {"name", 50, 30};
static const struct throttle_rule MAILS_PER_NETWORK = {"mails of a network", 20, 60};
static const struct throttle_rule MAILS_PER_ADDRESS[] = {
    [MAIL_TO_CONFIRM] = {"mails to confirm an address", 3, 600},
    [MAIL_TO_RESET] = {"mails to choose a new password", 3, 600},
};

struct limits {
    struct throttle_key keys[3];
    size_t count;
    int retry_after;
};

static bool may_start(void *context)
{
    struct limits *limits = context;
    return throttle_allows(limits->keys, limits->count, clock_monotonic_us(), &limits->retry_after);
}

/* Guesses by strangers, even from the same network, never block a known device. */
static struct limits limits_of(struct visit *visit, const struct guess *guess)
{
    struct str network = throttle_network(visit->arena, visit->request->client);
    if (guess->trusted.n)
        return (struct limits){.keys = {throttle_key(&PER_NAME_AND_TRUSTED, guess->name, guess->trusted)}, .count = 1};
    return (struct limits){.keys = {throttle_key(&PER_NAME_AND_NETWORK, guess->name, network),
                                    throttle_key(&PER_NETWORK, STR_NONE, network),
                                    throttle_key(&PER_NAME, guess->name, STR_NONE)},
                           .count = 3};
}

/* The password of a known device takes its turn apart from those that strangers type for the same name. */
static struct password_share share_of(struct visit *visit, struct str name, struct str trusted)
{
    struct str network = throttle_network(visit->arena, visit->request->client);
    return (struct password_share){
        .account = name.n || trusted.n ? throttle_key(&PER_NAME_AND_TRUSTED, name, trusted).hash : 0,
        .place = throttle_key(&PER_NETWORK, STR_NONE, network).hash,
        .known = trusted.n > 0,
    };
}

bool guess_check(struct visit *visit, const struct guess *guess, bool *correct, bool *rehash, struct err *err)
{
    struct limits limits = limits_of(visit, guess);
    struct err lost = {.kind = ERR_NONE};
    visit_pause_db(visit);
    bool ok = password_verify(share_of(visit, guess->name, guess->trusted), guess->hash, guess->password, may_start,
                              &limits, correct, rehash, err);
    if (ok && *correct)
        throttle_forget(limits.keys[0]);
    else if (ok)
        throttle_count(limits.keys, limits.count, clock_monotonic_us());
    else if (err->kind == ERR_THROTTLED)
        err->retry_after = limits.retry_after;
    if (visit_resume_db(visit, &lost))
        return ok;
    *err = lost;
    return false;
}

bool guess_hash(struct visit *visit, struct str password, struct str *hash, struct err *err)
{
    struct err lost = {.kind = ERR_NONE};
    visit_pause_db(visit);
    bool ok = password_hash(visit->arena, share_of(visit, STR_NONE, visit->session), password, hash, err);
    if (visit_resume_db(visit, &lost))
        return ok;
    *err = lost;
    return false;
}

bool try_allowed(const struct throttle_key *keys, size_t count, const char *what, struct err *err)
{
    int retry_after = 0;
    if (throttle_take(keys, count, clock_monotonic_us(), &retry_after))
        return true;
    (void)err_set(err, ERR_THROTTLED, NULL, "%s", what);
    err->retry_after = retry_after;
    return false;
}

bool mail_allowed(struct visit *visit, struct err *err)
{
    struct str network = throttle_network(visit->arena, visit->request->client);
    struct throttle_key key = throttle_key(&MAILS_PER_NETWORK, STR_NONE, network);
    return try_allowed(&key, 1, "too many mails asked for", err);
}

bool mail_wanted(enum mail_purpose purpose, struct str name)
{
    struct throttle_key key = throttle_key(&MAILS_PER_ADDRESS[purpose], name, STR_NONE);
    int unused;
    return throttle_take(&key, 1, clock_monotonic_us(), &unused);
}

bool answer_wait(struct visit *visit, const struct err *err, struct str *text)
{
    if (err->kind != ERR_THROTTLED && err->kind != ERR_BUSY)
        return false;
    bool throttled = err->kind == ERR_THROTTLED;
    struct str why = visit_tr(visit, throttled ? _("There have been too many attempts.")
                                               : _("Very many people are logging in right now."));
    int seconds = err->retry_after > 0 ? err->retry_after : 5;
    visit->response->status = throttled ? 429 : 503;
    http_set(visit->response, "Retry-After", arena_printf(visit->arena, "%d", seconds));
    *text = arena_printf(visit->arena, "%.*s %.*s", STR_FMT(why), STR_FMT(visit_wait(visit, seconds)));
    return true;
}

void answer_unproven(struct visit *visit)
{
    visit->response->status = 401;
    http_set(visit->response, "WWW-Authenticate", STR("Cookie realm=\"Kundportal\""));
}

/* --- fields of login forms ---------------------------------------------------------------------------------------- */

struct password_rules password_rules_of(const struct config *config)
{
    return (struct password_rules){config->password_min, config->refuse_nordic_letters};
}

void field_email(const struct visit *visit, struct field *field)
{
    field->name = STR("email");
    field->label = visit_tr(visit, _("E-mail address"));
    field->type = "email";
    field->autocomplete = "username";
    field->inputmode = "email";
    field->required = true;
}

void field_password(const struct visit *visit, struct field *field)
{
    field->name = STR("password");
    field->label = visit_tr(visit, _("Password"));
    field->type = "password";
    field->autocomplete = "current-password";
    field->required = true;
}

void field_new_password(const struct visit *visit, struct field *field, struct password_rules rules)
{
    struct str least = arena_printf(visit->arena, "%d", rules.least);
    field_password(visit, field);
    field->label = visit_tr(visit, _("New password"));
    field->autocomplete = "new-password";
    field->hint =
        tr_fill(visit->arena, visit->view.lang,
                rules.refuse_nordic_letters
                    ? _("At least {1} characters, without the letters å, ä and ö. A few words in a row are easy to "
                        "remember and hard to guess.")
                    : _("At least {1} characters. A few words in a row are easy to remember and hard to guess."),
                &least, 1);
}

struct str new_password_error(const struct visit *visit, struct str password, struct password_rules rules)
{
    struct str least = arena_printf(visit->arena, "%d", rules.least);
    const struct msgid *fault = password_fault(password, rules.least, rules.refuse_nordic_letters);
    if (!password.n)
        return visit_tr(visit, _("Choose a password."));
    return fault ? tr_fill(visit->arena, visit->view.lang, fault, &least, 1) : STR_NONE;
}
