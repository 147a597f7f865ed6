/* Work orders: the form, and what it means for the case. */
#include "access/case_state.h"
#include "access/scope.h"
#include "base/clock.h"
#include "model/case.h"
#include "model/notice.h"
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

struct work_order {
    int64_t id; /* 0: new */
    struct str number;
    int64_t status;
    int64_t times[4];   /* booked from, to, started, finished; 0: none */
    struct str overlap; /* other bookings of the technician at that time */
    struct work_form form;
};

/* As the browser's field of local times writes it. */
static struct str time_text(struct arena *arena, int64_t instant_us)
{
    struct str text = instant_us ? instant_format_local(arena, instant_us) : STR_NONE;
    return text.n < 16
               ? STR_NONE
               : arena_printf(arena, "%.*sT%.*s", STR_FMT(str_slice(text, 0, 10)), STR_FMT(str_slice(text, 11, 16)));
}

static void set_times(struct arena *arena, struct work_order *order)
{
    for (size_t i = 0; i < 4; i++)
        order->form.values[ORDER_FROM + i] = time_text(arena, order->times[i]);
}

static bool load(struct visit *visit, const struct work_case *work, struct work_order *order, struct err *err)
{
    struct arena *arena = visit->arena;
    *order = (struct work_order){.form = {.fields = FIELDS, .count = ORDER_FIELDS}};
    struct db_rows *rows =
        db_query(visit->db, arena,
                 "SELECT w.id, w.number, w.status, w.booked_from, w.booked_to, w.started, w.finished, w.title,"
                 " COALESCE(p.key, ''), w.resource FROM work_order w LEFT JOIN picklist_item p ON p.id = w.type_id"
                 " WHERE w.number = $1 AND w.case_id = $2",
                 DB_ARGS(DB_TEXT(address_number(arena, visit->path_value[1])), DB_INT(work->id)), err);
    if (rows && db_next(rows)) {
        order->id = db_int(rows, 0);
        order->number = db_text_copy(rows, 1, arena);
        order->status = db_int(rows, 2);
        for (int i = 0; i < 4; i++)
            order->times[i] = db_int(rows, 3 + i);
        for (int i = 0; i < 3; i++)
            order->form.values[i] = db_text_copy(rows, 7 + i, arena);
        set_times(arena, order);
    }
    if (!db_done(rows, err))
        return false;
    return order->id || err_set(err, ERR_NOT_FOUND, NULL, "no such work order of this case");
}

/* --- what was sent ---------------------------------------------------------------------------------------------------------------------- */

/* A time that was left alone keeps its seconds. */
static void read_times(struct work_order *order, const struct work_order *before)
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

static void check_times(struct work_order *order)
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
static int64_t status_of(const struct work_order *order, const struct work_order *before)
{
    if (order->times[2] == before->times[2] && order->times[3] == before->times[3])
        return before->status;
    return order->times[3] ? 2 : order->times[2] ? 1 : 0;
}

static bool read_order(struct visit *visit, const struct work_order *before, struct work_order *order, struct err *err)
{
    struct str act = http_param(&visit->request->form, "act");
    if (!work_form_read(visit, &order->form, err))
        return false;
    read_times(order, before);
    if (str_eqz(act, "start") && !order->times[2] && !order->form.faults[ORDER_STARTED])
        order->times[2] = visit->now_us;
    if (str_eqz(act, "finish") && !order->times[3] && !order->form.faults[ORDER_FINISHED])
        order->times[3] = visit->now_us;
    check_times(order);
    if (work_form_sound(&order->form))
        set_times(visit->arena, order);
    order->status = status_of(order, before);
    return true;
}

/* --- saving ------------------------------------------------------------------------------------------------------------------------------ */

struct saving {
    const struct work_order *before;
    struct work_order *order;
};

static struct db_value time_or_null(int64_t instant_us)
{
    return instant_us ? DB_INT(instant_us) : DB_NULL;
}

static bool insert_order(struct work_edit *edit, struct work_order *order, struct err *err)
{
    const struct str *v = order->form.values;
    if (!work_order_number_make(edit, &order->number, err))
        return false;
    edit->subject = order->number;
    return db_exec(edit->visit->db,
                   "INSERT INTO work_order (number, case_id, title, type_id, resource, booked_from, booked_to, started,"
                   " finished, status, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                   DB_ARGS(DB_TEXT(order->number), DB_INT(edit->work->id), DB_TEXT(v[ORDER_TITLE]),
                           DB_ID_OR_NULL(order->form.ids[ORDER_TYPE]), DB_TEXT(v[ORDER_RESOURCE]),
                           time_or_null(order->times[0]), time_or_null(order->times[1]), time_or_null(order->times[2]),
                           time_or_null(order->times[3]), DB_INT(order->status), DB_INT(edit->visit->now_us)),
                   err);
}

static bool update_order(struct work_edit *edit, struct work_order *order, struct err *err)
{
    const struct str *v = order->form.values;
    return db_exec(edit->visit->db,
                   "UPDATE work_order SET title = $2, type_id = $3, resource = $4, booked_from = $5, booked_to = $6,"
                   " started = $7, finished = $8, status = $9 WHERE id = $1",
                   DB_ARGS(DB_INT(order->id), DB_TEXT(v[ORDER_TITLE]), DB_ID_OR_NULL(order->form.ids[ORDER_TYPE]),
                           DB_TEXT(v[ORDER_RESOURCE]), time_or_null(order->times[0]), time_or_null(order->times[1]),
                           time_or_null(order->times[2]), time_or_null(order->times[3]), DB_INT(order->status)),
                   err);
}

static struct str status_word(int64_t status)
{
    return tr(LANG_SV, work_order_status_labels[status]);
}

static bool note_order(struct work_edit *edit, const struct saving *saving, struct err *err)
{
    const struct work_order *before = saving->before, *order = saving->order;
    struct str of = tr_fill(edit->visit->arena, LANG_SV, _("Work order {1}"), (struct str[]){order->number}, 1);
    if (!order->id && !work_note(edit, of, STR_NONE, status_word(order->status), err))
        return false;
    if (order->id && order->status != before->status &&
        !work_note(edit, of, status_word(before->status), status_word(order->status), err))
        return false;
    return work_form_note(edit, &before->form, &order->form, of, err);
}

/* The state of the case is part of what changed, for its history. */
static bool read_state(struct work_edit *edit, int64_t *status, struct err *err)
{
    return db_query_int(edit->visit->db, "SELECT status FROM cases WHERE id = $1", DB_ARGS(DB_INT(edit->work->id)),
                        NULL, status, err);
}

/* Finished work is no booking to wait for. */
static bool tell(struct work_edit *edit, const struct saving *saving, bool finished, struct err *err)
{
    const int64_t *was = saving->before->times, *is = saving->order->times;
    if (finished)
        return notice_case(edit->visit, edit->work->id, NOTICE_FINISH, err);
    return saving->order->status == 2 || (was[0] == is[0] && was[1] == is[1]) ||
           notice_case(edit->visit, edit->work->id, NOTICE_BOOKING, err);
}

static bool write_order(struct work_edit *edit, struct err *err)
{
    const struct saving *saving = edit->what;
    struct work_order *order = saving->order;
    struct db_conn *conn = edit->visit->db;
    bool taken_back = (saving->before->times[2] && !order->times[2]) || (saving->before->times[3] && !order->times[3]);
    int64_t was = 0, is = 0;
    if (!read_state(edit, &was, err) ||
        !(order->id ? update_order(edit, order, err) : insert_order(edit, order, err)) ||
        !note_order(edit, saving, err) || !case_state_derive(conn, edit->work->id, taken_back, err) ||
        !read_state(edit, &is, err))
        return false;
    /* A case that staff started by hand is not, with the first work order that nobody began. */
    if (was && !is &&
        !db_exec(conn, "UPDATE cases SET started = NULL, finished = NULL WHERE id = $1",
                 DB_ARGS(DB_INT(edit->work->id)), err))
        return false;
    if (was != is && !work_note(edit, tr(LANG_SV, _("Status")), tr(LANG_SV, case_status_labels[was]),
                                tr(LANG_SV, case_status_labels[is]), err))
        return false;
    return scope_refresh_case(conn, edit->visit->arena, edit->work->id, err) &&
           tell(edit, saving, was != is && is == 2, err);
}

/* --- pages ------------------------------------------------------------------------------------------------------------------------------- */

static bool show(struct visit *visit, const struct work_case *work, const struct work_order *order, bool older,
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
    if (order->id && order->status == 0)
        view.buttons[view.button_count++] = (struct work_button_view){STR("start"), visit_tr(visit, _("Start now"))};
    if (order->id && order->status < 2)
        view.buttons[view.button_count++] = (struct work_button_view){STR("finish"), visit_tr(visit, _("Finish now"))};
    page_begin(visit, view.title);
    work_form_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

/* Booking the same technician twice is warned of once; what was told already is meant. */
static bool check_overlap(struct visit *visit, const struct work_order *before, struct work_order *order,
                          struct err *err)
{
    const struct work_booking booking = {order->form.values[ORDER_RESOURCE], order->times[0], order->times[1],
                                         order->id};
    bool same = str_eq(before->form.values[ORDER_RESOURCE], booking.resource) && before->times[0] == booking.from &&
                before->times[1] == booking.to;
    if (same || order->status == 2)
        return true;
    if (!work_overlaps(visit, &booking, &order->overlap, err))
        return false;
    if (str_eq(order->overlap, http_param(&visit->request->form, "overlap")))
        order->overlap = STR_NONE;
    return true;
}

static bool save(struct visit *visit, struct work_case *work, const struct work_order *before, struct work_order *order,
                 struct err *err)
{
    bool older = false;
    struct saving saving = {before, order};
    struct work_edit edit = {.visit = visit,
                             .work = work,
                             .write = write_order,
                             .what = &saving,
                             .action = order->id ? "work_order_changed" : "work_order_added",
                             .subject = order->number};
    if (!read_order(visit, before, order, err))
        return false;
    if (!work_form_sound(&order->form)) {
        visit->response->status = 400;
        order->status = before->status;
        return show(visit, work, order, false, err);
    }
    if (order->id && order->status == before->status && !work_form_differs(&before->form, &order->form))
        return visit_redirect(visit, work_page_url(visit->arena, work));
    if (!check_overlap(visit, before, order, err))
        return false;
    if (order->overlap.n) {
        visit->response->status = 409;
        order->status = before->status;
        return show(visit, work, order, false, err);
    }
    if (!work_edit_run(&edit, &older, err))
        return false;
    if (older) {
        order->status = before->status;
        return work_case_load(visit, work->number, work, err) && show(visit, work, order, true, err);
    }
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, work_page_url(visit->arena, work));
}

static bool find_case(struct visit *visit, struct work_case *work, struct err *err)
{
    return work_case_load(visit, address_number(visit->arena, visit->path_value[0]), work, err);
}

bool order_new_page(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct work_order order = {.form = {.fields = FIELDS, .count = ORDER_FIELDS}};
    return find_case(visit, &work, err) && show(visit, &work, &order, false, err);
}

bool order_new_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct work_order before = {.form = {.fields = FIELDS, .count = ORDER_FIELDS}}, order = before;
    return find_case(visit, &work, err) && save(visit, &work, &before, &order, err);
}

bool order_page(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct work_order order;
    return find_case(visit, &work, err) && load(visit, &work, &order, err) && show(visit, &work, &order, false, err);
}

bool order_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct work_order before, order;
    if (!find_case(visit, &work, err) || !load(visit, &work, &before, err))
        return false;
    order = before;
    return save(visit, &work, &before, &order, err);
}
