/* Sends messages to customers from the page of a case. */
#include "parts/messages/messages.h"
#include "portal/address.h"
#include "staff/work/case_page.h"
#include "staff/work/internal.h"

bool case_message_send(struct visit *visit, struct err *err)
{
    bool sent = false;
    struct work_case work;
    struct message_refusal refusal = {.body_fault = NULL};
    if (!work_case_find(visit, &work, err) || !message_take(visit, work.id, work.number, &refusal, &sent, err))
        return false;
    return sent || staff_case_page_show(visit, &(struct case_page_refusal){.answer = &refusal}, err);
}

struct messages_reading {
    struct visit *visit;
    const struct work_case *work;
};

static bool messages_read_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct messages_reading *reading = context;
    struct visit *visit = reading->visit;
    int64_t seen;
    (void)conn;
    if (!str_to_int(http_param(&visit->request->form, "seen"), &seen))
        seen = INT64_MAX;
    return messages_mark_read(visit, reading->work->id, reading->work->number, seen, err);
}

bool case_messages_read_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct messages_reading reading = {visit, &work};
    return work_case_find(visit, &work, err) && db_transaction(visit->db, messages_read_body, &reading, err) &&
           messages_go_back(visit, work.number, _("Marked as read."));
}
