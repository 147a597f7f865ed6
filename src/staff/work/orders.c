/* Work orders: the form, and what it means for the case. */
#include "base/clock.h"
#include "model/case.h"
#include "model/case_state.h"
#include "model/codes.h"
#include "model/notice.h"
#include "model/work_order.h"
#include "portal/address.h"
#include "staff/work/internal.h"
#include "staff/work/work.html.h"

enum { ORDER_TITLE, ORDER_TYPE, ORDER_RESOURCE, ORDER_FROM, ORDER_TO, ORDER_STARTED, ORDER_FINISHED, ORDER_FIELDS };

static const struct work_field FIELDS[ORDER_FIELDS] = {
    {"title", _("Title"), WORK_INPUT, NULL, 300, false, NULL, NULL},
    {"type", _("Work order type"), WORK_SELECT, NULL, 100, false, "work_order_type", NULL},
    {"resource", _("Technician"), WORK_INPUT, NULL, 100, false, NULL, NULL},
    {"booked_from", _("Booked from"), WORK_INPUT, "datetime-local", 40, false, NULL, NULL},
    {"booked_to", _("Booked to"), WORK_INPUT, "datetime-local", 40, false, NULL, NULL},
    {"started", _("Started (work order)"), WORK_INPUT, "datetime-local", 40, false, NULL, NULL},
    {"finished", _("Finished (work order)"), WORK_INPUT, "datetime-local", 40, false, NULL, NULL},
};

struct order_form {
    int64_t id; /* 0: new */
    struct str number;
    int64_t status;
    int64_t times[4];   /* booked from, to, started, finished; 0: none */
    struct str overlap; /* other bookings of the technician at that time */
    struct work_form form;
};

/* As the browser's field of local times writes it. */
static struct str order_time_text(struct arena *arena, int64_t instant_us)
{
    struct str text = instant_us ? instant_format_local(arena, instant_us) : STR_NONE;
    return text.n < 16
               ? STR_NONE
               : arena_printf(arena, "%.*sT%.*s", STR_FMT(str_slice(text, 0, 10)), STR_FMT(str_slice(text, 11, 16)));
}

static void order_set_times(struct arena *arena, struct order_form *order)
{
    for (size_t i = 0; i < 4; i++)
        order->form.values[ORDER_FROM + i] = order_time_text(arena, order->times[i]);
}

static bool order_load(struct visit *visit, const struct work_case *work, struct order_form *order, struct err *err)
{
    struct arena *arena = visit->arena;
    struct work_order stored;
    if (!work_order_find(visit->db, arena, work->id, address_number(arena, visit->path_value[1]), &stored, err))
        return false;
    *order = (struct order_form){.id = stored.id,
                                 .number = stored.number,
                                 .status = stored.status,
                                 .times = {stored.booked_from, stored.booked_to, stored.started, stored.finished},
                                 .form = {.fields = FIELDS, .count = ORDER_FIELDS}};
    order->form.values[ORDER_TITLE] = stored.title;
    order->form.values[ORDER_TYPE] = stored.type;
    order->form.values[ORDER_RESOURCE] = stored.resource;
    order_set_times(arena, order);
    return true;
}

/* --- what was sent ---------------------------------------------------------------------------------------------------------------------- */

/* A time that was left alone keeps its seconds. */
static void order_read_times(struct order_form *order, const struct order_form *before)
{
    for (size_t i = 0; i < 4; i++) {
        size_t at = ORDER_FROM + i;
        if (str_eq(order->form.values[at], before->form.values[at]))
            order->times[i] = before->times[i];
        else if (!order->form.values[at].n)
            order->times[i] = 0;
        else if (!instant_parse(order->form.values[at], &order->times[i]) || order->times[i] <= 0)
            order->form.faults[at] = _("Write a date and a time, such as 2026-11-23 09:05.");
    }
}

static void order_check_times(struct order_form *order)
{
    const int64_t *times = order->times;
    const char **faults = order->form.faults;
    if (!faults[ORDER_FROM] && !faults[ORDER_TO] && times[1] && times[1] < times[0])
        faults[ORDER_TO] = _("The booking ends before it begins.");
    if (!faults[ORDER_FROM] && !faults[ORDER_TO] && times[1] && !times[0])
        faults[ORDER_FROM] = _("Say when the booking begins.");
    if (!faults[ORDER_STARTED] && !faults[ORDER_FINISHED] && times[3] && times[3] < times[2])
        faults[ORDER_FINISHED] = _("It cannot be finished before it was started.");
}

/* What the stamps say; a state that came without stamps from elsewhere stays while they are left alone. */
static int64_t order_status(const struct order_form *order, const struct order_form *before)
{
    if (order->times[2] == before->times[2] && order->times[3] == before->times[3])
        return before->status;
    return order->times[3] ? WORK_ORDER_FINISHED : order->times[2] ? WORK_ORDER_STARTED : WORK_ORDER_NOT_STARTED;
}

static bool order_read(struct visit *visit, const struct order_form *before, struct order_form *order, struct err *err)
{
    struct str act = http_param(&visit->request->form, "act");
    if (!work_form_read(visit, &order->form, err))
        return false;
    order_read_times(order, before);
    if (str_eqz(act, "start") && !order->times[2] && !order->form.faults[ORDER_STARTED])
        order->times[2] = visit->now_us;
    if (str_eqz(act, "finish") && !order->times[3] && !order->form.faults[ORDER_FINISHED])
        order->times[3] = visit->now_us;
    order_check_times(order);
    if (work_form_sound(&order->form))
        order_set_times(visit->arena, order);
    order->status = order_status(order, before);
    return true;
}

/* --- saving ------------------------------------------------------------------------------------------------------------------------------ */

struct order_saving {
    const struct order_form *before;
    struct order_form *order;
};

static bool order_store(struct case_edit *edit, struct order_form *order, struct err *err)
{
    const struct str *v = order->form.values;
    struct work_order stored = {.id = order->id,
                                .number = order->number,
                                .title = v[ORDER_TITLE],
                                .resource = v[ORDER_RESOURCE],
                                .type_id = order->form.ids[ORDER_TYPE],
                                .status = order->status,
                                .booked_from = order->times[0],
                                .booked_to = order->times[1],
                                .started = order->times[2],
                                .finished = order->times[3]};
    if (!work_order_save(edit, &stored, err))
        return false;
    order->number = stored.number;
    return true;
}

static struct str order_status_word(int64_t status)
{
    return tr(LANG_SV, work_order_status_labels[status]);
}

static bool order_note(struct case_edit *edit, const struct order_saving *saving, struct err *err)
{
    const struct order_form *before = saving->before, *order = saving->order;
    struct str of = tr_fill(edit->visit->arena, LANG_SV, _("Work order {1}"), (struct str[]){order->number}, 1);
    if (!order->id && !case_edit_note(edit, of, STR_NONE, order_status_word(order->status), err))
        return false;
    if (order->id && order->status != before->status &&
        !case_edit_note(edit, of, order_status_word(before->status), order_status_word(order->status), err))
        return false;
    return work_form_note(edit, &before->form, &order->form, of, err);
}

/* Finished work is no booking to wait for. */
static bool order_tell(struct case_edit *edit, const struct order_saving *saving, bool finished, struct err *err)
{
    const int64_t *was = saving->before->times, *is = saving->order->times;
    if (finished)
        return notice_case(edit->visit, edit->case_id, NOTICE_FINISH, err);
    return saving->order->status == WORK_ORDER_FINISHED || (was[0] == is[0] && was[1] == is[1]) ||
           notice_case(edit->visit, edit->case_id, NOTICE_BOOKING, err);
}

static bool order_write(struct case_edit *edit, struct err *err)
{
    const struct order_saving *saving = edit->context;
    struct order_form *order = saving->order;
    bool taken_back = (saving->before->times[2] && !order->times[2]) || (saving->before->times[3] && !order->times[3]);
    bool finished = false;
    return order_store(edit, order, err) && order_note(edit, saving, err) &&
           case_state_follow(edit, taken_back, &finished, err) && order_tell(edit, saving, finished, err);
}

/* --- pages ------------------------------------------------------------------------------------------------------------------------------- */

static bool order_show(struct visit *visit, const struct work_case *work, const struct order_form *order, bool older,
                       struct err *err)
{
    struct work_form_view view = {.count = 0};
    if (!work_form_fill(visit, &order->form, &view, err) || !work_form_stamp(visit, work, older, &view, err))
        return false;
    if (!work_technicians(visit, &view.fields[ORDER_RESOURCE], err))
        return false;
    for (size_t i = 0; i < view.count; i++)
        view.inputs[i].field = view.fields[i];
    if (order->overlap.n && !older) {
        view.overlap = order->overlap;
        view.refusal = tr_fill(
            visit->arena, visit->view.lang,
            _("{1} is booked at that time already: {2}. Nothing is saved yet. Save again to book all the same."),
            (struct str[]){order->form.values[ORDER_RESOURCE], order->overlap}, 2);
    }
    view.title = order->id
                     ? tr_fill(visit->arena, visit->view.lang, _("Work order {1}"), (struct str[]){order->number}, 1)
                     : visit_tr(visit, _("New work order"));
    view.action = order->id ? work_part_url(visit->arena, work, "work-orders", order->number)
                            : arena_printf(visit->arena, "%.*s/work-orders/new", STR_FMT(work->url));
    if (order->id) {
        view.status = visit_tr(visit, work_order_status_labels[order->status]);
        view.status_kind = order->status;
    }
    if (order->id && order->status == WORK_ORDER_NOT_STARTED)
        view.buttons[view.button_count++] = (struct work_button_view){STR("start"), visit_tr(visit, _("Start now"))};
    if (order->id && order->status < WORK_ORDER_FINISHED)
        view.buttons[view.button_count++] = (struct work_button_view){STR("finish"), visit_tr(visit, _("Finish now"))};
    page_begin(visit, view.title);
    work_form_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

/* Booking the same technician twice is warned of once; what was told already is meant. */
static bool order_check_overlap(struct visit *visit, const struct order_form *before, struct order_form *order,
                                struct err *err)
{
    const struct work_booking booking = {order->form.values[ORDER_RESOURCE], order->times[0], order->times[1],
                                         order->id};
    bool same = str_eq(before->form.values[ORDER_RESOURCE], booking.resource) && before->times[0] == booking.from &&
                before->times[1] == booking.to;
    if (same || order->status == WORK_ORDER_FINISHED)
        return true;
    if (!work_overlaps(visit, &booking, &order->overlap, err))
        return false;
    if (str_eq(order->overlap, http_param(&visit->request->form, "overlap")))
        order->overlap = STR_NONE;
    return true;
}

static bool order_save(struct visit *visit, struct work_case *work, const struct order_form *before,
                       struct order_form *order, struct err *err)
{
    bool older = false;
    struct order_saving saving = {before, order};
    struct case_edit edit = {.write = order_write,
                             .context = &saving,
                             .action = order->id ? "work_order_changed" : "work_order_added",
                             .subject = order->number};
    if (!order_read(visit, before, order, err))
        return false;
    if (!work_form_sound(&order->form)) {
        visit->response->status = 400;
        order->status = before->status;
        return order_show(visit, work, order, false, err);
    }
    if (order->id && order->status == before->status && !work_form_differs(&before->form, &order->form))
        return visit_redirect(visit, work_page_url(visit->arena, work));
    if (!order_check_overlap(visit, before, order, err))
        return false;
    if (order->overlap.n) {
        visit->response->status = 409;
        order->status = before->status;
        return order_show(visit, work, order, false, err);
    }
    if (!work_edit_run(visit, work, &edit, &older, err))
        return false;
    if (older) {
        order->status = before->status;
        return work_case_load(visit, work->number, work, err) && order_show(visit, work, order, true, err);
    }
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, work_page_url(visit->arena, work));
}

static bool order_find_case(struct visit *visit, struct work_case *work, struct err *err)
{
    return work_case_load(visit, address_number(visit->arena, visit->path_value[0]), work, err);
}

bool order_new_page(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct order_form order = {.form = {.fields = FIELDS, .count = ORDER_FIELDS}};
    return order_find_case(visit, &work, err) && order_show(visit, &work, &order, false, err);
}

bool order_new_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct order_form before = {.form = {.fields = FIELDS, .count = ORDER_FIELDS}}, order = before;
    return order_find_case(visit, &work, err) && order_save(visit, &work, &before, &order, err);
}

bool order_page(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct order_form order;
    return order_find_case(visit, &work, err) && order_load(visit, &work, &order, err) &&
           order_show(visit, &work, &order, false, err);
}

bool order_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct order_form before, order;
    if (!order_find_case(visit, &work, err) || !order_load(visit, &work, &before, err))
        return false;
    order = before;
    return order_save(visit, &work, &before, &order, err);
}
