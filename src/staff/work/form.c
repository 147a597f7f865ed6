/* The forms of work orders and article rows: reading, checking, showing, and what changed by them. */
#include "model/case.h"
#include "model/choice_criterion.h"
#include "staff/work/internal.h"

#include <inttypes.h>

/* So many changes of others are shown to whoever comes too late. */
#define CHANGES_MAX 20

static bool find_item(struct visit *visit, const char *list, struct str key, int64_t *id, struct err *err)
{
    bool found = false;
    if (!db_query_int(visit->db, "SELECT id FROM picklist_item WHERE list = $1 AND key = $2",
                      DB_ARGS(DB_TEXT(str_of(list)), DB_TEXT(key)), &found, id, err))
        return false;
    if (!found)
        *id = 0;
    return true;
}

/* Browsers send line ends of their own kind. */
static struct str plain_lines(struct arena *arena, struct str text)
{
    struct buf plain;
    if (str_find_char(text, '\r') < 0)
        return text;
    buf_init(&plain, arena);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '\r')
            buf_char(&plain, text.p[i]);
    }
    return buf_text(&plain);
}

bool work_form_read(struct visit *visit, struct work_form *form, struct err *err)
{
    for (size_t i = 0; i < form->count; i++) {
        const struct work_field *field = &form->fields[i];
        struct str value = str_trim(plain_lines(visit->arena, http_param(&visit->request->form, field->name)));
        form->values[i] = value;
        form->ids[i] = 0;
        form->faults[i] = field->required && !value.n                                ? _("Fill in this field.")
                          : field->max > 0 && utf8_count(value) > (size_t)field->max ? _("The text is too long.")
                                                                                     : NULL;
        if (!field->picklist || !value.n)
            continue;
        if (!find_item(visit, field->picklist, value, &form->ids[i], err))
            return false;
        if (!form->ids[i])
            form->faults[i] = _("Choose one from the list.");
    }
    return true;
}

bool work_form_sound(const struct work_form *form)
{
    for (size_t i = 0; i < form->count; i++) {
        if (form->faults[i])
            return false;
    }
    return true;
}

static bool fill_choices(struct visit *visit, const struct work_field *field, struct field *made, struct err *err)
{
    struct criterion one = {.note = STR_NONE};
    if (!cases_criterion_picklist(visit, field->picklist, made->value, &one, err))
        return false;
    made->options = one.field.options;
    made->option_count = one.field.option_count;
    made->empty_label = visit_tr(visit, _("None"));
    return true;
}

bool work_form_fill(struct visit *visit, const struct work_form *form, struct work_form_view *view, struct err *err)
{
    view->count = form->count;
    view->inputs = ARENA_ARRAY(visit->arena, struct work_input_view, form->count);
    view->fields = ARENA_ARRAY(visit->arena, struct field, form->count);
    for (size_t i = 0; i < form->count; i++) {
        const struct work_field *field = &form->fields[i];
        struct field *made = &view->fields[i];
        *made = (struct field){.name = str_of(field->name),
                               .label = visit_tr(visit, field->label),
                               .value = form->values[i],
                               .error = visit_tr(visit, form->faults[i]),
                               .required = field->required,
                               .type = field->type ? field->type : "text",
                               .max_length = field->max,
                               .lookup = field->lookup,
                               .rows = 3};
        if (field->picklist && !fill_choices(visit, field, made, err))
            return false;
        view->inputs[i].kind = field->kind;
    }
    return true;
}

static bool load_changes(struct visit *visit, const struct work_case *work, int64_t seen, struct work_form_view *view,
                         struct err *err)
{
    struct work_change_view *made = ARENA_ARRAY(visit->arena, struct work_change_view, CHANGES_MAX);
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT at, who, field, before, after FROM case_change WHERE case_id = $1"
                                    " AND id > $2 ORDER BY id LIMIT $3",
                                    DB_ARGS(DB_INT(work->id), DB_INT(seen), DB_INT(CHANGES_MAX)), err);
    while (rows && db_next(rows) && view->change_count < CHANGES_MAX)
        made[view->change_count++] =
            (struct work_change_view){fmt_instant(visit->arena, visit->view.lang, db_int(rows, 0)),
                                      db_text_copy(rows, 1, visit->arena), db_text_copy(rows, 2, visit->arena),
                                      db_text_copy(rows, 3, visit->arena), db_text_copy(rows, 4, visit->arena)};
    view->changes = made;
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
    view->refusal =
        visit_tr(visit, _("Somebody has changed the case since you opened it. Nothing of yours is saved yet,"
                          " and nothing that you typed is lost: look at what changed, then save again."));
    if (!str_to_int(http_param(&visit->request->form, "seen"), &seen))
        seen = work->last_change;
    return load_changes(visit, work, seen, view, err);
}

/* --- as people read them ------------------------------------------------------------------------------------------------------------------ */

const char *const work_article_types[5] = {"material", "travel", "time", "purchase", "other"};
const char *const work_article_type_labels[5] = {_("Material"), _("Travel"), _("Time"), _("Purchase"), _("Other")};

static bool label_of(struct visit *visit, const struct work_field *field, enum lang lang, struct str *text,
                     struct err *err)
{
    struct db_rows *rows =
        db_query(visit->db, visit->arena, "SELECT label_sv, label_en FROM picklist_item WHERE list = $1 AND key = $2",
                 DB_ARGS(DB_TEXT(str_of(field->picklist)), DB_TEXT(*text)), err);
    if (rows && db_next(rows))
        *text = db_text_copy(rows, lang == LANG_EN && db_text(rows, 1).n ? 1 : 0, visit->arena);
    return db_done(rows, err);
}

/* Choices by their labels, times with a blank between day and hour. */
static bool read_out(struct visit *visit, const struct work_field *field, enum lang lang, struct str value,
                     struct str *text, struct err *err)
{
    *text = value;
    if (field->picklist && value.n)
        return label_of(visit, field, lang, text, err);
    if (field->type && str_eqz(str_of(field->type), "datetime-local") && value.n > 10)
        *text = arena_printf(visit->arena, "%.*s %.*s", STR_FMT(str_slice(value, 0, 10)),
                             STR_FMT(str_slice(value, 11, value.n)));
    for (size_t i = 0; field->kind == WORK_SELECT && i < 5; i++) {
        if (str_eqz(value, work_article_types[i]))
            *text = tr(lang, work_article_type_labels[i]);
    }
    return true;
}

/* --- history ---------------------------------------------------------------------------------------------------------------------------- */

bool work_form_differs(const struct work_form *before, const struct work_form *after)
{
    for (size_t i = 0; i < after->count; i++) {
        if (!str_eq(before->values[i], after->values[i]))
            return true;
    }
    return false;
}

bool work_form_note(struct case_edit *edit, const struct work_form *before, const struct work_form *after,
                    struct str of, struct err *err)
{
    struct arena *arena = edit->visit->arena;
    for (size_t i = 0; i < after->count; i++) {
        if (str_eq(before->values[i], after->values[i]))
            continue;
        struct str label = tr(LANG_SV, after->fields[i].label);
        struct str field = of.n ? arena_printf(arena, "%.*s: %.*s", STR_FMT(of), STR_FMT(label)) : label;
        struct str old, now;
        if (!read_out(edit->visit, &after->fields[i], LANG_SV, before->values[i], &old, err) ||
            !read_out(edit->visit, &after->fields[i], LANG_SV, after->values[i], &now, err) ||
            !case_edit_note(edit, field, old, now, err))
            return false;
    }
    return true;
}

bool work_form_facts(struct visit *visit, const struct work_form *form, struct work_form_view *view, struct err *err)
{
    struct work_fact_view *made = ARENA_ARRAY(visit->arena, struct work_fact_view, form->count);
    for (size_t i = 0; i < form->count; i++) {
        if (!form->values[i].n)
            continue;
        struct work_fact_view *fact = &made[view->fact_count++];
        fact->label = visit_tr(visit, form->fields[i].label);
        if (!read_out(visit, &form->fields[i], visit->view.lang, form->values[i], &fact->text, err))
            return false;
    }
    view->facts = made;
    view->locked = true;
    return true;
}
