#include "staff/privacy/privacy.h"

#include "staff/privacy/person.h"
#include "staff/privacy/privacy.html.h"
#include "staff/privacy/views.h"

static struct str privacy_page_of(struct visit *visit, const char *behind)
{
    struct buf out;
    buf_init(&out, visit->arena);
    buf_z(&out, "/staff/contacts/");
    buf_url_part(&out, visit->path_value[0]);
    buf_z(&out, behind);
    return buf_text(&out);
}

static bool privacy_show(struct visit *visit, const struct person *person, struct str typed, const struct msgid *fault)
{
    struct privacy_view view = {
        .number = person->number,
        .name = person->name,
        .contact_url = privacy_page_of(visit, ""),
        .file_url = privacy_page_of(visit, "/personal-data.json"),
        .erase_url = privacy_page_of(visit, "/erase"),
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
    page_begin_narrow(visit, visit_tr(visit, _("Personal data")));
    privacy_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

static bool data_page(struct visit *visit, struct err *err)
{
    struct person person;
    return person_find(visit, visit->path_value[0], &person, err) && privacy_show(visit, &person, STR_NONE, NULL);
}

static bool data_file(struct visit *visit, struct err *err)
{
    struct person person;
    if (!person_find(visit, visit->path_value[0], &person, err) ||
        !visit_audit(visit, "personal_data_exported", person.number, STR_NONE, err))
        return false;
    visit_download(visit, "application/json; charset=utf-8", "personal-data.json");
    return person_write(visit, &person, &visit->response->body, err);
}

struct erasing {
    struct visit *visit;
    struct person person;
};

static bool erase_body(struct db_conn *conn, void *context, struct err *err)
{
    struct erasing *erasing = context;
    (void)conn;
    return person_erase(erasing->visit, &erasing->person, err);
}

static bool erase_send(struct visit *visit, struct err *err)
{
    struct erasing erasing = {.visit = visit};
    struct str typed = str_trim(http_param(&visit->request->form, "number"));
    if (!person_find(visit, visit->path_value[0], &erasing.person, err))
        return false;
    if (!str_eq(typed, erasing.person.number)) {
        visit->response->status = 400;
        return privacy_show(visit, &erasing.person, typed, _("This is not the contact's number."));
    }
    if (!db_transaction(visit->db, erase_body, &erasing, err))
        return false;
    page_notice_next(visit, _("The person is erased. The cases are kept."));
    return visit_redirect(visit, privacy_page_of(visit, "/personal-data"));
}

static const struct route ROUTES[] = {
    {"GET", "/staff/contacts/{number}/personal-data", data_page, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"GET", "/staff/contacts/{number}/personal-data.json", data_file, WHO_ADMINISTRATOR, ROUTE_FRESH},
    {"POST", "/staff/contacts/{number}/erase", erase_send, WHO_ADMINISTRATOR, ROUTE_FRESH},
};

const struct feature staff_privacy_feature = {
    .name = "staff/privacy",
    .routes = ROUTES,
    .route_count = sizeof ROUTES / sizeof *ROUTES,
};
