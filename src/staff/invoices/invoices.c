#include "staff/invoices/invoices.h"

#include "lists/list.h"
#include "staff/invoices/specification.h"

LIST_HANDLERS_STAFF(staff_specifications, staff_specifications_list)

static const struct route ROUTES[] = {
    LIST_ROUTES_STAFF(staff_specifications, "invoices", WHO_STAFF),
    {"GET", "/staff/invoices/new", staff_specification_new_page, WHO_STAFF, 0},
    {"POST", "/staff/invoices/new", staff_specification_new_send, WHO_STAFF, 0},
    {"GET", "/staff/invoices/{number}", staff_specification_page, WHO_STAFF, 0},
    {"GET", "/staff/invoices/{number}/edit", staff_specification_edit_page, WHO_STAFF, 0},
    {"POST", "/staff/invoices/{number}/edit", staff_specification_edit_send, WHO_STAFF, 0},
    {"POST", "/staff/invoices/{number}/publish", staff_specification_step_send, WHO_STAFF, 0},
    {"POST", "/staff/invoices/{number}/withdraw", staff_specification_step_send, WHO_STAFF, 0},
    {"POST", "/staff/invoices/{number}/invoiced", staff_specification_step_send, WHO_STAFF, 0},
};

/* Counts decided specifications: staff must invoice the approved ones and correct the rejected ones. */
static bool count_decided(struct visit *visit, int64_t *waiting, struct err *err)
{
    return db_query_int(visit->db,
                        "SELECT COUNT(*) FROM (SELECT 1 AS x FROM invoice_specification"
                        " WHERE status IN ('approved', 'rejected') LIMIT 100) few",
                        DB_NO_ARGS, NULL, waiting, err);
}

static const struct feature_question QUESTIONS[] = {
    {.path = "/staff/invoices/{number}/invoiced",
     .title = _("Mark invoice specification {1} as invoiced?"),
     .text = _("Neither the specification nor its rows can be changed or withdrawn after that."),
     .button = _("Mark as invoiced")},
    {.path = "/staff/invoices/{number}/withdraw",
     .title = _("Withdraw invoice specification {1}?"),
     .text = _("It becomes a draft that the customer does not see. What the customer decided stays in the record, but"
               " once it is published again, they have to decide again."),
     .button = _("Withdraw")},
};

static const struct feature_menu MENU[] = {
    {"/staff/invoices", _("Specifications"), "receipt", WHO_STAFF, .order = 125, .count = count_decided},
};

const struct feature staff_invoices_feature = {
    .name = "staff/invoices",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
    FEATURE_QUESTIONS(QUESTIONS),
};
