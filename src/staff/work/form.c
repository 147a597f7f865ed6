/*
 * Functions for the forms of cases, work orders and article rows: what others changed meanwhile, and lines of history.
 */
#include "staff/work/internal.h"

#include <inttypes.h>

/* How many changes of others an outdated form lists. */
#define CHANGES_MAX 20

static bool work_form_load_changes(struct visit *visit, const struct work_case *work, int64_t seen,
                                   struct form_page *page, struct err *err)
{
    struct arena *arena = visit->arena;
    struct form_change *made = ARENA_ARRAY(arena, struct form_change, CHANGES_MAX);
    struct db_rows *rows = db_query(visit->db, arena,
                                    "SELECT at, who, field, before, after FROM case_change WHERE case_id = $1"
                                    " AND id > $2 ORDER BY id LIMIT $3",
                                    DB_ARGS(DB_INT(work->id), DB_INT(seen), DB_INT(CHANGES_MAX)), err);
    struct form_change *one = made;
    struct str who, field;
    for (int64_t at; one < made + CHANGES_MAX &&
                     db_read_next(rows, TO(&at), TO_LENT(&who), TO_LENT(&field), TO(&one->before), TO(&one->now));
         one++)
        one->label = arena_printf(arena, "%.*s %.*s: %.*s", STR_FMT(instant_format_local(arena, at)), STR_FMT(who),
                                  STR_FMT(field));
    page->change_count = (size_t)(one - made);
    page->changes = made;
    return db_done(rows, err);
}

bool work_form_stamp(struct visit *visit, const struct work_case *work, bool older, struct work_form_view *view,
                     struct err *err)
{
    int64_t seen = work->last_change;
    view->case_number = work->number;
    view->case_url = work_page_url(visit->arena, work);
    view->version = arena_printf(visit->arena, "%" PRId64, work->version);
    view->seen = arena_printf(visit->arena, "%" PRId64, work->last_change);
    if (!older)
        return true;
    visit->response->status = 409;
    view->form.refusal =
        visit_tr(visit, _("Somebody has changed the case since you opened it. Nothing of yours is saved yet,"
                          " and nothing that you typed is lost: look at what changed, then save again."));
    if (!str_to_int(http_param(&visit->request->form, "seen"), &seen))
        seen = work->last_change;
    return work_form_load_changes(visit, work, seen, &view->form, err);
}

struct noting {
    struct case_edit *edit;
    struct str of;
};

static bool note_line(void *context, struct str label, struct str before, struct str after, struct err *err)
{
    const struct noting *noting = context;
    struct arena *arena = noting->edit->visit->arena;
    struct str field = noting->of.n ? arena_printf(arena, "%.*s: %.*s", STR_FMT(noting->of), STR_FMT(label)) : label;
    return case_edit_note(noting->edit, field, before, after, err);
}

bool work_form_note(struct case_edit *edit, struct form *form, struct str of, struct err *err)
{
    struct noting noting = {edit, of};
    return form_history(form, note_line, &noting, err);
}

bool work_form_facts(struct form *form, struct work_form_view *view, struct err *err)
{
    struct visit *visit = form->visit;
    struct work_fact_view *made = ARENA_ARRAY(visit->arena, struct work_fact_view, form->count);
    for (size_t i = 0; i < form->count; i++) {
        if (!form->fields[i].shown || !form->values[i].n)
            continue;
        struct work_fact_view *fact = &made[view->fact_count++];
        fact->label = visit_tr(visit, form->fields[i].label_msgid);
        if (!form_text(form, visit->view.lang, i, form->values[i], &fact->text, err))
            return false;
    }
    view->facts = made;
    view->locked = true;
    return true;
}
