#include "staff/work/work.h"

#include "model/time_order.h"
#include "staff/work/internal.h"

static const struct route ROUTES[] = {
    {"GET", "/staff/cases/new", case_new_page, WHO_STAFF, 0},
    {"POST", "/staff/cases/new", case_new_send, WHO_STAFF, 0},
    {"GET", "/staff/cases/{number}", case_page_staff, WHO_STAFF, 0},
    {"GET", "/staff/cases/{number}/edit", case_edit_page, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/edit", case_edit_send, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/state", case_state_send, WHO_STAFF, 0},
    {"GET", "/staff/cases/{number}/cancel", case_cancel_page, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/cancel", case_cancel_send, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/notes", case_note_send, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/messages", case_message_send, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/messages/read", case_messages_read_send, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/attachments/{key}", case_file_send, WHO_STAFF, 0},
    {"GET", "/staff/cases/{number}/attachments/{key}/{name}", case_file_get, WHO_STAFF, 0},
    {"GET", "/staff/cases/{number}/work", work_page, WHO_STAFF, 0},
    {"GET", "/staff/cases/{number}/work-orders/new", order_new_page, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/work-orders/new", order_new_send, WHO_STAFF, 0},
    {"GET", "/staff/cases/{number}/work-orders/{order}", order_page, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/work-orders/{order}", order_send, WHO_STAFF, 0},
    {"GET", "/staff/cases/{number}/work-orders/{order}/cancel", order_cancel_page, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/work-orders/{order}/cancel", order_cancel_send, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/work-orders/{order}/reopen", order_reopen_send, WHO_STAFF, 0},
    {"GET", "/staff/cases/{number}/rows/new", row_new_page, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/rows/new", row_new_send, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/rows/attest", rows_attest_send, WHO_STAFF, 0},
    {"GET", "/staff/cases/{number}/rows/{row}", row_page, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/rows/{row}", row_send, WHO_STAFF, 0},
    {"POST", "/staff/cases/{number}/rows/{row}/cancel", row_cancel_send, WHO_STAFF, 0},
};

static const struct feature_question QUESTIONS[] = {
    {.path = "/staff/cases/{number}/rows/{row}/cancel",
     .title = _("Cancel article row {2}?"),
     .text = _("Customers do not see a cancelled row, and it is not charged. It cannot be taken up again."),
     .button = _("Cancel the row")},
};

static const struct feature_menu MENU[] = {
    {"/staff/cases/new", _("New case"), "circle-plus", WHO_STAFF, .order = 110},
};

const struct feature staff_work_feature = {
    .name = "staff/work",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
    FEATURE_QUESTIONS(QUESTIONS),
    .check = time_order_check,
};
