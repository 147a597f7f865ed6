/* The pages that cancel a case or a work order: they ask why. A work order is opened again with one press. */
#include "forms/form.h"
#include "model/case_state.h"
#include "model/duplicate.h"
#include "model/field.h"
#include "model/notice.h"
#include "model/search_input.h"
#include "model/work_order.h"
#include "model/work_order_fields.h"
#include "portal/address.h"
#include "staff/work/cancel.html.h"
#include "staff/work/internal.h"

#include <inttypes.h>

enum { CANCEL_REASON, CANCEL_ORIGINAL };

struct cancelling {
    struct work_case work;
    int64_t order_id; /* 0: the case itself is cancelled */
    struct str order_number;
    int64_t order_status;
    bool order_booked;
    struct str reason, duplicate_of, errors[2];
    struct original original;
    const struct msgid *refusal;
};

static bool cancel_find(struct visit *visit, bool order, struct cancelling *cancelling, struct err *err)
{
    bool found = true;
    *cancelling = (struct cancelling){.order_id = 0};
    if (!work_case_find(visit, &cancelling->work, err))
        return false;
    if (!order)
        return true;
    if (!db_find(visit->db, visit->arena,
                 "SELECT w.id, w.number, " WORK_ORDER_STANDS ", CASE WHEN w.booked_from IS NULL THEN 0 ELSE 1 END"
                 " FROM work_order w JOIN cases c ON c.id = w.case_id WHERE w.number = $1 AND w.case_id = $2",
                 DB_ARGS(DB_TEXT(address_number(visit->arena, visit->path_value[1])), DB_INT(cancelling->work.id)),
                 DB_TARGETS(TO(&cancelling->order_id), TO(&cancelling->order_number), TO(&cancelling->order_status),
                            TO(&cancelling->order_booked)),
                 &found, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such work order of this case");
}

static struct str cancel_order_url(struct visit *visit, const struct cancelling *cancelling)
{
    return work_part_url(visit->arena, &cancelling->work, "work-orders", cancelling->order_number);
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static const struct msgid *cancel_lead(const struct visit *visit, bool order)
{
    bool shown = visit->config->show_cancelled;
    if (order)
        return shown ? _("It stays in the list and counts nowhere. Customers read why. You can open it again.")
                     : _("It stays in the list and counts nowhere. Customers no longer see it. You can open it again.");
    return shown
               ? _("Its open work orders and bookings are cancelled too, and it counts nowhere. Customers are told and"
                   " read why. You can open it again.")
               : _("Its open work orders and bookings are cancelled too, and it counts nowhere. Customers no longer see"
                   " it. You can open it again.");
}

static bool cancel_show(struct visit *visit, const struct cancelling *cancelling)
{
    struct arena *arena = visit->arena;
    const struct work_case *work = &cancelling->work;
    bool order = cancelling->order_id != 0;
    struct str number = order ? cancelling->order_number : work->number;
    struct cancel_view view = {.title = tr_fill(arena, visit->view.lang,
                                                order ? _("Cancel work order {1}") : _("Cancel case {1}"), &number, 1),
                               .lead = visit_tr(visit, cancel_lead(visit, order)),
                               .back = order ? cancel_order_url(visit, cancelling) : work->url,
                               .version = arena_printf(arena, "%" PRId64, work->version),
                               .button = visit_tr(visit, order ? _("Cancel the work order") : _("Cancel the case")),
                               .refusal = visit_tr(visit, cancelling->refusal),
                               .field_count = order ? 1 : 2};
    view.action = arena_printf(arena, "%.*s/cancel", STR_FMT(view.back));
    view.fields[CANCEL_REASON] = (struct field){.name = STR("reason"),
                                                .label = visit_tr(visit, _("Reason")),
                                                .value = cancelling->reason,
                                                .error = cancelling->errors[CANCEL_REASON],
                                                .max_length = LINE_LIMIT,
                                                .required = order,
                                                .autofocus = true};
    view.fields[CANCEL_ORIGINAL] =
        (struct field){.name = STR("duplicate_of"),
                       .label = visit_tr(visit, _("Duplicate of case")),
                       .hint = visit_tr(visit, _("The number of the case that goes on, if this one says the same. Its"
                                                 " contacts, messages and files move there and stay there.")),
                       .value = cancelling->duplicate_of,
                       .error = cancelling->errors[CANCEL_ORIGINAL],
                       .max_length = KEY_LIMIT};
    return page_show(visit, view.title, cancel_page_html, &view);
}

static bool cancel_refuse(struct visit *visit, const struct cancelling *cancelling, int status)
{
    visit->response->status = status;
    return cancel_show(visit, cancelling);
}

/* --- the sent form ------------------------------------------------------------------------------------------------ */

/* People see the original by their links to the duplicate, so both are of one customer. */
static bool cancel_find_original(struct visit *visit, struct cancelling *cancelling, struct err *err)
{
    struct original *original = &cancelling->original;
    int64_t same = 0, status = 0;
    bool found = false;
    const struct msgid *fault = NULL;
    if (!db_find(visit->db, visit->arena,
                 "SELECT d.id, d.number, d.status, CASE WHEN c.customer_id IS NULL OR c.customer_id = d.customer_id"
                 " THEN 1 ELSE 0 END FROM cases d JOIN cases c ON c.id = $2 WHERE d.number = $1",
                 DB_ARGS(DB_TEXT(search_input(visit->arena, cancelling->duplicate_of)), DB_INT(cancelling->work.id)),
                 DB_TARGETS(TO(&original->id), TO(&original->number), TO(&status), TO(&same)), &found, err))
        return false;
    if (!found)
        fault = _("There is no case with this number.");
    else if (original->id == cancelling->work.id)
        fault = _("This is the number of the case itself.");
    else if (status == CASE_CANCELLED)
        fault = _("That case is cancelled.");
    else if (!same)
        fault = _("That case belongs to another customer, whose people may not see this one.");
    cancelling->errors[CANCEL_ORIGINAL] = visit_tr(visit, fault);
    return true;
}

static bool cancel_read(struct visit *visit, struct cancelling *cancelling, struct err *err)
{
    const struct http_params *form = &visit->request->form;
    cancelling->reason = field_clean_text(visit->arena, http_param(form, "reason"), false);
    cancelling->duplicate_of = cancelling->order_id ? STR_NONE : str_trim(http_param(form, "duplicate_of"));
    if (utf8_count(cancelling->reason) > LINE_LIMIT)
        cancelling->errors[CANCEL_REASON] = visit_tr(visit, _("The text is too long."));
    else if (!cancelling->reason.n && !cancelling->duplicate_of.n)
        cancelling->errors[CANCEL_REASON] = visit_tr(visit, _("Write why it is cancelled."));
    return !cancelling->duplicate_of.n || cancel_find_original(visit, cancelling, err);
}

static bool cancel_write_case(struct case_edit *edit, struct err *err)
{
    const struct cancelling *cancelling = edit->context;
    const struct original *original = &cancelling->original;
    return (original->id ? duplicate_cancel(edit, cancelling->reason, original, err)
                         : case_state_cancel(edit, cancelling->reason, 0, err)) &&
           notice_case(edit->visit, edit->case_id, NOTICE_FINISH, err);
}

static struct str cancel_order_state(int64_t status)
{
    return tr(LANG_SV, code_label(&work_order_statuses, status));
}

/* Notes the new state of the work order, and lets the case follow. */
static bool cancel_order_done(struct case_edit *edit, int64_t is, bool taken_back, struct err *err)
{
    const struct cancelling *cancelling = edit->context;
    struct arena *arena = edit->visit->arena;
    struct str of = tr_fill(arena, LANG_SV, _("Work order {1}"), &cancelling->order_number, 1);
    bool finished = false;
    if (!case_edit_note(edit, of, cancel_order_state(cancelling->order_status), cancel_order_state(is), err) ||
        (cancelling->reason.n &&
         !case_edit_note(
             edit, arena_printf(arena, "%.*s: %.*s", STR_FMT(of), STR_FMT(tr(LANG_SV, _("Why it was cancelled")))),
             STR_NONE, cancelling->reason, err)) ||
        !case_state_follow(edit, taken_back, &finished, err))
        return false;
    if (finished)
        return notice_case(edit->visit, edit->case_id, NOTICE_FINISH, err);
    return !cancelling->order_booked || cancelling->order_status == WORK_ORDER_FINISHED ||
           notice_case(edit->visit, edit->case_id, NOTICE_BOOKING, err);
}

static bool cancel_write_order(struct case_edit *edit, struct err *err)
{
    const struct cancelling *cancelling = edit->context;
    return work_order_cancel(edit, cancelling->order_id, cancelling->reason, err) &&
           cancel_order_done(edit, WORK_ORDER_CANCELLED, false, err);
}

static bool cancel_send(struct visit *visit, bool order, struct err *err)
{
    struct cancelling cancelling;
    bool older = false;
    if (!cancel_find(visit, order, &cancelling, err) || !cancel_read(visit, &cancelling, err))
        return false;
    if (cancelling.errors[CANCEL_REASON].n || cancelling.errors[CANCEL_ORIGINAL].n)
        return cancel_refuse(visit, &cancelling, 400);
    struct case_edit edit = {.write = order ? cancel_write_order : cancel_write_case,
                             .context = &cancelling,
                             .action = order ? "work_order_cancelled" : "case_cancelled",
                             .subject = order ? cancelling.order_number : cancelling.original.number};
    if (!work_edit_run(visit, &cancelling.work, &edit, &older, err))
        return false;
    if (older) {
        cancelling.refusal =
            _("Somebody has changed the case since you opened it. Nothing is cancelled yet: look at it,"
              " then press again.");
        return work_case_load(visit, cancelling.work.number, &cancelling.work, err) &&
               cancel_refuse(visit, &cancelling, 409);
    }
    page_notice_next(visit, _("Cancelled. You can open it again."));
    return visit_redirect(visit, order ? cancel_order_url(visit, &cancelling) : cancelling.work.url);
}

/* --- the routes --------------------------------------------------------------------------------------------------- */

/* What is cancelled or finished already has no such page: its own page says how it stands. */
static bool cancel_page_of(struct visit *visit, bool order, struct err *err)
{
    struct cancelling cancelling;
    if (!cancel_find(visit, order, &cancelling, err))
        return false;
    if (order && cancelling.order_status >= WORK_ORDER_FINISHED)
        return visit_redirect(visit, cancel_order_url(visit, &cancelling));
    if (!order && cancelling.work.status == CASE_CANCELLED)
        return visit_redirect(visit, cancelling.work.url);
    return cancel_show(visit, &cancelling);
}

bool case_cancel_page(struct visit *visit, struct err *err)
{
    return cancel_page_of(visit, false, err);
}

bool case_cancel_send(struct visit *visit, struct err *err)
{
    return cancel_send(visit, false, err);
}

bool order_cancel_page(struct visit *visit, struct err *err)
{
    return cancel_page_of(visit, true, err);
}

bool order_cancel_send(struct visit *visit, struct err *err)
{
    return cancel_send(visit, true, err);
}

static bool reopen_write(struct case_edit *edit, struct err *err)
{
    const struct cancelling *cancelling = edit->context;
    int64_t is = 0;
    return work_order_reopen(edit, cancelling->order_id, err) &&
           db_query_int(edit->visit->db, "SELECT status FROM work_order WHERE id = $1",
                        DB_ARGS(DB_INT(cancelling->order_id)), NULL, &is, err) &&
           cancel_order_done(edit, is, cancelling->order_status == WORK_ORDER_FINISHED, err);
}

bool order_reopen_send(struct visit *visit, struct err *err)
{
    struct cancelling cancelling;
    bool older = false;
    if (!cancel_find(visit, true, &cancelling, err))
        return false;
    struct case_edit edit = {.write = reopen_write,
                             .context = &cancelling,
                             .action = "work_order_reopened",
                             .subject = cancelling.order_number};
    if (!work_edit_run(visit, &cancelling.work, &edit, &older, err))
        return false;
    if (older)
        return work_page_refuse(visit, STR_NONE, err);
    page_notice_next(visit, _("Opened again."));
    return visit_redirect(visit, cancel_order_url(visit, &cancelling));
}
