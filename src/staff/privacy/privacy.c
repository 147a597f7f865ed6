#include "staff/privacy/privacy.h"

#include "model/person.h"
#include "portal/address.h"
#include "staff/privacy/privacy.html.h"
#include "staff/privacy/views.h"

static struct str privacy_path(struct visit *visit, const struct person *person, const char *ending)
{
    return address_of(visit->arena, "/staff/contacts", person->number, ending);
}

static bool privacy_find(struct visit *visit, struct person *person, struct err *err)
{
    return person_find(visit, address_number(visit->arena, visit->path_value[0]), person, err);
}

static bool privacy_show(struct visit *visit, const struct person *person, struct str typed, const struct msgid *fault)
{
    struct privacy_view view = {
        .number = person->number,
        .name = person->name,
        .contact_url = privacy_path(visit, person, ""),
        .file_url = privacy_path(visit, person, "/personal-data.json"),
        .erase_url = privacy_path(visit, person, "/erase"),
        .accounts = tr_n(visit->arena, visit->view.lang, _("{n} account"), _("{n} accounts"), person->account_count),
        .cases = tr_n(visit->arena, visit->view.lang, _("{n} case"), _("{n} cases"), person->case_count),
        .decisions =
            tr_n(visit->arena, visit->view.lang, _("{n} decision"), _("{n} decisions"), person->decision_count),
        .erased = person->erased,
    };
    view.confirmation = (struct field){.name = STR("number"),
                                       .label = visit_tr(visit, _("Write the contact's number to confirm")),
                                       .value = typed,
                                       .error = visit_tr(visit, fault),
                                       .required = true,
                                       .autocomplete = "off"};
    return page_show_narrow(visit, visit_tr(visit, _("Personal data")), privacy_page_html, &view);
}

static bool data_page(struct visit *visit, struct err *err)
{
    struct person person;
    return privacy_find(visit, &person, err) && privacy_show(visit, &person, STR_NONE, NULL);
}

static bool data_file(struct visit *visit, struct err *err)
{
    struct person person;
    if (!privacy_find(visit, &person, err) ||
        !visit_audit(visit, "personal_data_exported", person.number, STR_NONE, err))
        return false;
    visit_download(visit, "application/json; charset=utf-8", "personal-data.json");
    return person_write(visit, &person, &visit->response->body, err);
}

static bool erase_send(struct visit *visit, struct err *err)
{
    struct person person;
    struct str typed = str_trim(http_param(&visit->request->form, "number"));
    if (!privacy_find(visit, &person, err))
        return false;
    if (!str_eq(typed, person.number)) {
        visit->response->status = 400;
        return privacy_show(visit, &person, typed, _("This is not the contact's number."));
    }
    if (!person_erase(visit, &person, err))
        return false;
    page_notice_next(visit, _("The person is erased. The cases are kept."));
    return visit_redirect(visit, privacy_path(visit, &person, "/personal-data"));
}

static const struct route ROUTES[] = {
    {"GET", "/staff/contacts/{number}/personal-data", data_page, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"GET", "/staff/contacts/{number}/personal-data.json", data_file, WHO_ADMINISTRATOR, ROUTE_FRESH | ROUTE_WRITES},
    {"POST", "/staff/contacts/{number}/erase", erase_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
};

const struct feature staff_privacy_feature = {
    .name = "staff/privacy",
    FEATURE_ROUTES(ROUTES),
};
