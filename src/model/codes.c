#include "model/codes.h"

#define LIST(names_)                                                                                                   \
    {                                                                                                                  \
        (names_), sizeof(names_) / sizeof *(names_)                                                                    \
    }

static const struct code CASE_STATUS_NAMES[CASE_STATUSES] = {
    [CASE_NOT_STARTED] = {"not_started", _("Not started")},
    [CASE_STARTED] = {"started", _("Started")},
    [CASE_FINISHED] = {"finished", _("Finished")},
    [CASE_CANCELLED] = {"cancelled", _("Cancelled (case)")},
};
const struct code_list case_statuses = LIST(CASE_STATUS_NAMES);

/* Work orders need their own labels: in Swedish they have another gender than cases. */
static const struct code WORK_ORDER_STATUS_NAMES[WORK_ORDER_STATUSES] = {
    [WORK_ORDER_NOT_STARTED] = {"not_started", _("Not started (work order)")},
    [WORK_ORDER_STARTED] = {"started", _("Started (work order)")},
    [WORK_ORDER_FINISHED] = {"finished", _("Finished (work order)")},
    [WORK_ORDER_CANCELLED] = {"cancelled", _("Cancelled (work order)")},
};
const struct code_list work_order_statuses = LIST(WORK_ORDER_STATUS_NAMES);

static const struct code ROW_STATUS_NAMES[ROW_STATUSES] = {
    [ROW_EDITABLE] = {"editable", _("Editable")},
    [ROW_ATTESTED] = {"attested", _("Attested")},
    [ROW_INVOICED] = {"invoiced", _("Invoiced")},
    [ROW_CANCELLED] = {"cancelled", _("Cancelled")},
};
const struct code_list row_statuses = LIST(ROW_STATUS_NAMES);

static const struct code SPECIFICATION_STATUS_NAMES[SPECIFICATION_STATUSES] = {
    [SPECIFICATION_DRAFT] = {"draft", _("Draft (specification)")},
    [SPECIFICATION_AWAITING] = {"awaiting_approval", _("Awaiting approval")},
    [SPECIFICATION_APPROVED] = {"approved", _("Approved")},
    [SPECIFICATION_REJECTED] = {"rejected", _("Rejected")},
    [SPECIFICATION_INVOICED] = {"invoiced", _("Invoiced (specification)")},
};
const struct code_list specification_statuses = LIST(SPECIFICATION_STATUS_NAMES);

static const struct code LOGIN_KIND_NAMES[] = {
    [ACTOR_NOBODY] = {"", NULL},
    [ACTOR_CONTACT] = {"contact", _("Personal account")},
    [ACTOR_CUSTOMER] = {"customer", _("Login of an invoice customer")},
    [ACTOR_OBJECT] = {"object", _("Login of an object")},
};
const struct code_list login_kinds = LIST(LOGIN_KIND_NAMES);

static const struct code AUDIT_KIND_NAMES[] = {
    {"staff", _("Staff")}, {"login", _("Customer")}, {"system", _("System")}};
const struct code_list audit_kinds = LIST(AUDIT_KIND_NAMES);

static const struct code ARTICLE_TYPE_NAMES[ARTICLE_TYPES] = {
    [ARTICLE_MATERIAL] = {"material", _("Material")},
    [ARTICLE_TRAVEL] = {"travel", _("Travel")},
    [ARTICLE_TIME] = {"time", _("Time")},
    [ARTICLE_PURCHASE] = {"purchase", _("Purchase")},
    [ARTICLE_OTHER] = {"other", _("Other")},
};
const struct code_list article_types = LIST(ARTICLE_TYPE_NAMES);

static const struct code STAFF_ROLE_NAMES[STAFF_ROLES] = {
    [STAFF_NOBODY] = {"", NULL},
    [STAFF_HANDLER] = {"handler", _("Handler")},
    [STAFF_ADMINISTRATOR] = {"administrator", _("Administrator")},
};
const struct code_list staff_roles = LIST(STAFF_ROLE_NAMES);

static const struct code PICKLIST_NAMES[PICKLISTS] = {
    [LIST_CASE_TYPE] = {"case_type", _("Case types")},
    [LIST_PRIORITY] = {"priority", _("Priorities")},
    [LIST_WORK_ORDER_TYPE] = {"work_order_type", _("Work order types")},
    [LIST_ACTION_CODE] = {"action_code", _("Action codes")},
    [LIST_FILE_CATEGORY] = {"file_category", _("File categories")},
    [LIST_OBJECT_GROUP] = {"object_group", _("Object groups")},
};
const struct code_list picklists = LIST(PICKLIST_NAMES);

static const struct code YES_NO_NAMES[] = {{"no", _("No")}, {"yes", _("Yes")}};
const struct code_list yes_no_codes = LIST(YES_NO_NAMES);

static const struct code ACTIVITY_NAMES[] = {{"inactive", _("Inactive")}, {"active", _("Active")}};
const struct code_list activity_codes = LIST(ACTIVITY_NAMES);

static const struct code LANGUAGE_NAMES[LANG_COUNT] = {
    [LANG_SV] = {"sv", NULL},
    [LANG_EN] = {"en", NULL},
};
const struct code_list language_codes = LIST(LANGUAGE_NAMES);

ptrdiff_t code_find(const struct code_list *list, struct str code)
{
    ptrdiff_t near = -1;
    for (size_t i = 0; i < list->count; i++) {
        if (str_eqz(code, list->codes[i].name))
            return (ptrdiff_t)i;
        if (near < 0 && str_eq_nocase(code, str_of(list->codes[i].name)))
            near = (ptrdiff_t)i;
    }
    return near;
}

static const struct code *code_at(const struct code_list *list, int64_t at)
{
    return at >= 0 && (size_t)at < list->count ? &list->codes[at] : NULL;
}

const char *code_name(const struct code_list *list, int64_t at)
{
    const struct code *found = code_at(list, at);
    return found ? found->name : NULL;
}

const struct msgid *code_label(const struct code_list *list, int64_t at)
{
    const struct code *found = code_at(list, at);
    return found ? found->label : NULL;
}

const struct msgid *code_label_of(const struct code_list *list, struct str code)
{
    return code_label(list, code_find(list, code));
}
