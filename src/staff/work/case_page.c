/* /staff/cases/NUMBER: the page with everything about a case. */
#include "staff/work/case_page.h"
#include "base/clock.h"
#include "parts/messages/messages.h"
#include "portal/address.h"
#include "staff/work/case_page.html.h"
#include "staff/work/internal.h"
#include "staff/work/work.h"
#include "view/field.html.h"

/* How many notes the page shows at most. */
#define NOTES_MAX 200
#define DUPLICATES_MAX 50

static bool load_links(struct visit *visit, struct staff_case_view *view, struct err *err)
{
    int64_t orders = 0;
    bool linked = false;
    if (!db_find(visit->db, visit->arena,
                 "SELECT (SELECT COUNT(*) FROM work_order w WHERE w.case_id = c.id"
                 " AND w.status <> " WORK_ORDER_CANCELLED_SQL "),"
                 " CASE WHEN c.customer_id IS NULL AND c.object_id IS NULL THEN 0 ELSE 1 END FROM cases c"
                 " WHERE c.id = $1",
                 DB_ARGS(DB_INT(view->work.id)), DB_TARGETS(TO(&orders), TO(&linked)), NULL, err) ||
        !case_contacts_load(visit, view->work.id, &view->contacts, &view->contact_count, err))
        return false;
    view->settable = orders == 0;
    if (!linked)
        view->missing = visit_tr(visit, view->contact_count ? _("no customer, no object")
                                                            : _("no customer, no object, no contact"));
    else if (!view->contact_count)
        view->missing = visit_tr(visit, _("no contact"));
    return true;
}

static bool load_duplicates(struct visit *visit, struct staff_case_view *view, struct err *err)
{
    struct str *made = ARENA_ARRAY(visit->arena, struct str, DUPLICATES_MAX);
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT number FROM cases WHERE duplicate_of = $1 ORDER BY number COLLATE \"sv-natural\" LIMIT $2",
                 DB_ARGS(DB_INT(view->work.id), DB_INT(DUPLICATES_MAX)), err);
    while (view->duplicate_count < DUPLICATES_MAX && db_read_next(rows, TO(&made[view->duplicate_count])))
        view->duplicate_count++;
    view->duplicates = made;
    return db_done(rows, err);
}

static bool load_notes(struct visit *visit, struct staff_case_view *view, struct err *err)
{
    struct case_note *made = ARENA_ARRAY(visit->arena, struct case_note, NOTES_MAX);
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT at, who, body FROM case_note WHERE case_id = $1 ORDER BY id DESC LIMIT $2",
                                    DB_ARGS(DB_INT(view->work.id), DB_INT(NOTES_MAX)), err);
    while (db_next(rows) && view->note_count < NOTES_MAX) {
        struct case_note *note = &made[view->note_count++];
        db_read(rows, TO(&note->at), TO(&note->who), TO(&note->body));
    }
    view->notes = made;
    return db_done(rows, err);
}

bool staff_case_page_show(struct visit *visit, const struct case_page_refusal *refusal, struct err *err)
{
    struct staff_case_view view = {.missing = STR_NONE};
    const struct work_case *work = &view.work;
    size_t messages = 0;
    if (!work_case_find(visit, &view.work, err) || !case_record_load(visit, work->id, &view.record, err) ||
        !load_links(visit, &view, err) || !case_files_load(visit, work->id, &view.files, &view.file_count, err) ||
        !load_duplicates(visit, &view, err) || !load_notes(visit, &view, err) ||
        !history_load(visit, (struct history_of){"cases", work->id}, &view.history, err) ||
        !messages_section(visit, work->id, work->number, refusal->answer, &view.thread, &messages, err))
        return false;
    view.note = (struct field){.name = STR("note"),
                               .label = visit_tr(visit, _("New note")),
                               .value = refusal->note,
                               .error = visit_tr(visit, refusal->note_fault),
                               .max_length = NOTE_MAX,
                               .rows = 3};
    page_begin(visit, arena_printf(visit->arena, "%.*s %.*s", STR_FMT(work->number), STR_FMT(work->title)));
    form_errors_html(&visit->response->body, &visit->view, visit_tr(visit, refusal->message), NULL, 0);
    staff_case_head_html(&visit->response->body, &visit->view, &view);
    if (!work_section_write(visit, work, err))
        return false;
    staff_case_tail_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool case_page_staff(struct visit *visit, struct err *err)
{
    return staff_case_page_show(visit, &(struct case_page_refusal){.message = NULL}, err);
}
