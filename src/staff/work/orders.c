/* The pages of work orders, and how a work order changes the state of its case. */
#include "base/clock.h"
#include "model/case_state.h"
#include "model/notice.h"
#include "model/time_order.h"
#include "model/work_order.h"
#include "model/work_order_fields.h"
#include "portal/address.h"
#include "staff/work/internal.h"
#include "staff/work/work.html.h"

/* How far the clocks of people and of the server may differ. */
#define CLOCKS_DIFFER_US (5 * 60 * US_PER_SECOND)

struct order_form {
    int64_t id; /* 0: new */
    struct str number, cancel_reason;
    int64_t status, stored_status;
    struct str doubts; /* what may be a mistake: it is asked about once */
    bool backwards;    /* saving would finish the case before its start */
    struct form form;
};

static void order_begin(struct visit *visit, struct order_form *order)
{
    *order = (struct order_form){.id = 0};
    form_begin(&order->form, visit, &work_order_entity);
}

static bool order_load(struct visit *visit, const struct work_case *work, struct order_form *order, struct err *err)
{
    bool found;
    order_begin(visit, order);
    if (!db_find(visit->db, visit->arena,
                 "SELECT id, number, status, cancel_reason FROM work_order WHERE number = $1 AND case_id = $2",
                 DB_ARGS(DB_TEXT(address_number(visit->arena, visit->path_value[1])), DB_INT(work->id)),
                 DB_TARGETS(TO(&order->id), TO(&order->number), TO(&order->stored_status), TO(&order->cancel_reason)),
                 &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such work order of this case");
    order->status = order->stored_status;
    return form_load(&order->form, &work_order_entity, order->id, err);
}

/* --- the sent form ------------------------------------------------------------------------------------------------ */

static void order_check_times(struct form *form)
{
    const int64_t *ids = form->ids;
    for (size_t i = 0; i < form->count; i++) {
        if (form->fields[i].rule->kind == FIELD_INSTANT && ids[i] < 0)
            form_refuse(form, i, _("Write a date and a time, such as 2026-11-23 09:05."));
    }
    bool booking_sound = !form->errors[ORDER_FROM].n && !form->errors[ORDER_TO].n;
    if (booking_sound && ids[ORDER_TO] && ids[ORDER_FROM] && ids[ORDER_TO] < ids[ORDER_FROM])
        form_refuse(form, ORDER_TO, _("The booking ends before it begins."));
    if (!form->errors[ORDER_STARTED_AT].n && !form->errors[ORDER_FINISHED_AT].n && ids[ORDER_FINISHED_AT] &&
        ids[ORDER_FINISHED_AT] < ids[ORDER_STARTED_AT])
        form_refuse(form, ORDER_FINISHED_AT, _("It cannot be finished before it was started."));
}

static bool order_moved(const struct order_form *order, size_t at)
{
    return order->form.ids[at] != order->form.stored_ids[at];
}

/*
 * Returns the state that the times of start and finish give. When neither time was changed, the stored state stays,
 * because a work order from elsewhere, such as an import, can have a state without times.
 */
static int64_t order_status(const struct order_form *order)
{
    if (!order_moved(order, ORDER_STARTED_AT) && !order_moved(order, ORDER_FINISHED_AT))
        return order->stored_status;
    return order->form.ids[ORDER_FINISHED_AT]  ? WORK_ORDER_FINISHED
           : order->form.ids[ORDER_STARTED_AT] ? WORK_ORDER_STARTED
                                               : WORK_ORDER_NOT_STARTED;
}

static bool order_read(struct order_form *order, struct err *err)
{
    struct form *form = &order->form;
    struct visit *visit = form->visit;
    struct str act = http_param(&visit->request->form, "act");
    if (!form_read(form, &visit->request->form, err))
        return false;
    if (str_eqz(act, "start") && !form->values[ORDER_STARTED_AT].n)
        form_put_number(form, ORDER_STARTED_AT, visit->now_us);
    if (str_eqz(act, "finish") && !form->values[ORDER_FINISHED_AT].n)
        form_put_number(form, ORDER_FINISHED_AT, visit->now_us);
    order_check_times(form);
    order->status = order_status(order);
    return true;
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

static bool order_store(struct case_edit *edit, struct order_form *order, struct err *err)
{
    struct record_column columns[FORM_FIELDS_MAX];
    int64_t started = order->form.ids[ORDER_STARTED_AT], finished = order->form.ids[ORDER_FINISHED_AT];
    struct work_order stored = {.id = order->id,
                                .number = order->number,
                                .status = order->status,
                                .began = started && (!finished || started < finished) ? started : finished,
                                .columns = columns,
                                .column_count = form_columns(&order->form, columns)};
    if (!work_order_save(edit, &stored, err))
        return false;
    order->number = stored.number;
    return true;
}

static struct str order_status_word(int64_t status)
{
    return tr(LANG_SV, code_label(&work_order_statuses, status));
}

static bool order_note(struct case_edit *edit, struct order_form *order, struct err *err)
{
    struct str of = tr_fill(edit->visit->arena, LANG_SV, _("Work order {1}"), (struct str[]){order->number}, 1);
    struct str before = order->id ? order_status_word(order->stored_status) : STR_NONE;
    if ((!order->id || order->status != order->stored_status) &&
        !case_edit_note(edit, of, before, order_status_word(order->status), err))
        return false;
    return work_form_note(edit, &order->form, of, err);
}

/* Whether there is a booking and it is over. */
static bool order_is_past(const struct visit *visit, const int64_t *ids)
{
    return (ids[ORDER_FROM] || ids[ORDER_TO]) &&
           work_booking_end(visit, ids[ORDER_FROM], ids[ORDER_TO]) < visit->now_us;
}

static bool order_is_news(const struct visit *visit, const int64_t *ids)
{
    return ids[ORDER_FROM] && !order_is_past(visit, ids);
}

/*
 * Sends a notice about the finish or about a new booking. A finished work order sends no notice about its booking, and
 * a booking that is over is no news.
 */
static bool order_tell(struct case_edit *edit, const struct order_form *order, bool finished, struct err *err)
{
    const struct form *form = &order->form;
    bool moved = order_moved(order, ORDER_FROM) || order_moved(order, ORDER_TO);
    if (finished)
        return notice_case(edit->visit, edit->case_id, NOTICE_FINISH, err);
    return order->status >= WORK_ORDER_FINISHED || !moved ||
           !(order_is_news(edit->visit, form->ids) || order_is_news(edit->visit, form->stored_ids)) ||
           notice_case(edit->visit, edit->case_id, NOTICE_BOOKING, err);
}

/*
 * Refuses times that make the case finished before it was started: by hand, or by another work order. Times that stand
 * so already hinder no other change.
 */
static bool order_check_case(struct case_edit *edit, struct order_form *order, struct err *err)
{
    int64_t count = 0;
    if (!order_moved(order, ORDER_STARTED_AT) && !order_moved(order, ORDER_FINISHED_AT))
        return true;
    if (!db_query_int(edit->visit->db, "SELECT COUNT(*) FROM cases c WHERE c.id = $1 AND " CASE_BACKWARDS,
                      DB_ARGS(DB_INT(edit->case_id)), NULL, &count, err))
        return false;
    order->backwards = count > 0;
    return !order->backwards || err_set(err, ERR_INVALID, NULL, "the case would be finished before its start");
}

static bool order_write(struct case_edit *edit, struct err *err)
{
    struct order_form *order = edit->context;
    const int64_t *was = order->form.stored_ids, *is = order->form.ids;
    bool taken_back =
        (was[ORDER_STARTED_AT] && !is[ORDER_STARTED_AT]) || (was[ORDER_FINISHED_AT] && !is[ORDER_FINISHED_AT]);
    bool finished = false;
    return order_store(edit, order, err) && order_note(edit, order, err) &&
           case_state_follow(edit, taken_back, &finished, err) && order_check_case(edit, order, err) &&
           order_tell(edit, order, finished, err);
}

/* --- pages -------------------------------------------------------------------------------------------------------- */

/* What may become of a stored work order, beside saving it. */
static void order_fill_stored(struct visit *visit, const struct work_case *work, const struct order_form *order,
                              struct work_form_view *view)
{
    bool open = order->stored_status < WORK_ORDER_FINISHED;
    bool cancelled = work->status == CASE_CANCELLED && open;
    view->status_kind = cancelled ? WORK_ORDER_CANCELLED : order->stored_status;
    view->status = visit_tr(visit, code_label(&work_order_statuses, view->status_kind));
    view->note = cancelled ? visit_tr(visit, _("Its case is cancelled.")) : order->cancel_reason;
    if (work->status == CASE_CANCELLED)
        return;
    if (order->stored_status == WORK_ORDER_NOT_STARTED)
        view->buttons[view->button_count++] = (struct work_button_view){STR("start"), visit_tr(visit, _("Start now"))};
    if (open)
        view->buttons[view->button_count++] =
            (struct work_button_view){STR("finish"), visit_tr(visit, _("Finish now"))};
    if (open)
        view->cancel_order_url = arena_printf(visit->arena, "%.*s/cancel", STR_FMT(view->action));
    else
        view->reopen_url = arena_printf(visit->arena, "%.*s/reopen", STR_FMT(view->action));
}

/* A cancelled work order, and one of a cancelled case, is opened again before it is changed. */
static bool order_is_locked(const struct work_case *work, const struct order_form *order)
{
    return work->status == CASE_CANCELLED || order->stored_status == WORK_ORDER_CANCELLED;
}

static bool order_show(struct visit *visit, const struct work_case *work, struct order_form *order, bool older,
                       const struct form *fresh, struct err *err)
{
    struct work_form_view view = {.title = STR_NONE};
    if ((older && !form_merge(&order->form, fresh, &view.form, err)) || !form_fill(&order->form, &view.form, err) ||
        !work_form_stamp(visit, work, older, &view, err) ||
        !work_technicians(visit, form_page_field(&view.form, ORDER_RESOURCE), err))
        return false;
    if (order->doubts.n && !older) {
        view.doubts = order->doubts;
        view.form.refusal =
            tr_fill(visit->arena, visit->view.lang, _("{1} Nothing is saved yet. Save again to keep it all the same."),
                    &order->doubts, 1);
    }
    view.title = order->id
                     ? tr_fill(visit->arena, visit->view.lang, _("Work order {1}"), (struct str[]){order->number}, 1)
                     : visit_tr(visit, _("New work order"));
    view.action = order->id ? work_part_url(visit->arena, work, "work-orders", order->number)
                            : arena_printf(visit->arena, "%.*s/work-orders/new", STR_FMT(work->url));
    if (order->id)
        order_fill_stored(visit, work, order, &view);
    if (order_is_locked(work, order)) {
        if (visit->response->status == 409)
            view.form.refusal = visit_tr(visit, _("It is cancelled, so nothing was saved. Open it again first."));
        if (!work_form_facts(&order->form, &view, err))
            return false;
    }
    return page_show(visit, view.title, work_form_page_html, &view);
}

static void order_doubt(struct order_form *order, const struct msgid *doubt, const struct str *values, size_t count)
{
    struct visit *visit = order->form.visit;
    order->doubts = arena_printf(visit->arena, "%.*s%s%.*s", STR_FMT(order->doubts), order->doubts.n ? " " : "",
                                 STR_FMT(tr_fill(visit->arena, visit->view.lang, doubt, values, count)));
}

/* Work that is done already may well have been booked before it is registered. */
static bool order_doubt_booking(struct order_form *order, struct err *err)
{
    struct visit *visit = order->form.visit;
    const int64_t *ids = order->form.ids;
    struct str values[2] = {order->form.values[ORDER_RESOURCE], STR_NONE};
    const struct work_booking booking = {values[0], ids[ORDER_FROM], ids[ORDER_TO], order->id};
    bool moved = order_moved(order, ORDER_FROM) || order_moved(order, ORDER_TO);
    if (order->status >= WORK_ORDER_FINISHED || (!moved && !form_differs_at(&order->form, ORDER_RESOURCE)))
        return true;
    if (!work_overlaps(visit, &booking, &values[1], err))
        return false;
    if (values[1].n)
        order_doubt(order, _("{1} is booked at that time already: {2}."), values, 2);
    if (moved && order_is_past(visit, ids))
        order_doubt(order, _("The booked time has passed, so nobody is mailed about it."), NULL, 0);
    return true;
}

/*
 * Asks once about what may be a mistake: other bookings of the technician, a booking that is over, a stamp to come.
 * When the user saves again with the same doubts, they are meant.
 */
static bool order_check_doubts(struct order_form *order, struct err *err)
{
    static const struct {
        size_t at;
        const struct msgid *doubt;
    } STAMPS[] = {{ORDER_STARTED_AT, _("The time of start has not come yet.")},
                  {ORDER_FINISHED_AT, _("The time of finish has not come yet.")}};
    struct visit *visit = order->form.visit;
    if (!order_doubt_booking(order, err))
        return false;
    for (size_t i = 0; i < COUNT_OF(STAMPS); i++) {
        if (order_moved(order, STAMPS[i].at) && order->form.ids[STAMPS[i].at] > visit->now_us + CLOCKS_DIFFER_US)
            order_doubt(order, STAMPS[i].doubt, NULL, 0);
    }
    if (str_eq(order->doubts, http_param(&visit->request->form, "doubts")))
        order->doubts = STR_NONE;
    return true;
}

static bool order_show_refused(struct visit *visit, const struct work_case *work, struct order_form *order, int status,
                               struct err *err)
{
    visit->response->status = status;
    return order_show(visit, work, order, false, NULL, err);
}

static bool order_show_older(struct visit *visit, struct work_case *work, struct order_form *order, struct err *err)
{
    struct order_form fresh;
    order_begin(visit, &fresh);
    if (!work_case_load(visit, work->number, work, err) || (order->id && !order_load(visit, work, &fresh, err)))
        return false;
    order->stored_status = fresh.stored_status;
    return order_show(visit, work, order, true, &fresh.form, err);
}

static bool order_save(struct visit *visit, struct work_case *work, struct order_form *order, struct err *err)
{
    bool older = false;
    struct case_edit edit = {.write = order_write,
                             .context = order,
                             .action = order->id ? "work_order_changed" : "work_order_added",
                             .subject = order->number};
    if (!order_read(order, err))
        return false;
    if (order_is_locked(work, order))
        return order_show_refused(visit, work, order, 409, err);
    if (form_refused(&order->form))
        return order_show_refused(visit, work, order, 400, err);
    if (order->id && order->status == order->stored_status && !form_differs(&order->form))
        return visit_redirect(visit, work_page_url(visit->arena, work));
    if (!order_check_doubts(order, err))
        return false;
    if (order->doubts.n)
        return order_show_refused(visit, work, order, 409, err);
    bool saved = work_edit_run(visit, work, &edit, &older, err);
    if (!saved && order->backwards) {
        *err = (struct err){.kind = ERR_NONE};
        form_refuse(&order->form, order->form.ids[ORDER_FINISHED_AT] ? ORDER_FINISHED_AT : ORDER_STARTED_AT,
                    _("The case would be finished before it was started."));
        return order_show_refused(visit, work, order, 400, err);
    }
    if (!saved)
        return false;
    if (older)
        return order_show_older(visit, work, order, err);
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, work_page_url(visit->arena, work));
}

bool order_new_page(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct order_form order;
    order_begin(visit, &order);
    return work_case_find(visit, &work, err) && order_show(visit, &work, &order, false, NULL, err);
}

bool order_new_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct order_form order;
    order_begin(visit, &order);
    return work_case_find(visit, &work, err) && order_save(visit, &work, &order, err);
}

bool order_page(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct order_form order;
    return work_case_find(visit, &work, err) && order_load(visit, &work, &order, err) &&
           order_show(visit, &work, &order, false, NULL, err);
}

bool order_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct order_form order;
    return work_case_find(visit, &work, err) && order_load(visit, &work, &order, err) &&
           order_save(visit, &work, &order, err);
}
