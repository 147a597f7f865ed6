/* The pages of article rows, and the actions that attest them, take the attestation back, or cancel them. */
#include "model/article_row.h"
#include "portal/address.h"
#include "staff/work/rows.h"
#include "staff/work/work.html.h"

static struct str row_name(struct arena *arena, struct str number)
{
    return tr_fill(arena, LANG_SV, _("Article row {1}"), &number, 1);
}

static const struct msgid *row_label(struct str status)
{
    return code_label_of(&row_statuses, status);
}

static bool row_is(const struct work_row *row, const char *status)
{
    return str_eqz(row->status, status);
}

static bool row_may_change(const struct work_row *row)
{
    return row_is(row, "editable") && !row->held;
}

static struct str row_held_text(struct visit *visit, const struct work_row *row)
{
    const struct str values[] = {row->number, row->specification,
                                 visit_tr(visit, code_label_of(&specification_statuses, row->specification_state))};
    bool invoiced = str_eqz(row->specification_state, "invoiced");
    return tr_fill(visit->arena, visit->view.lang,
                   invoiced ? _("Row {1} stands on invoice specification {2} ({3}), so it cannot be changed any more.")
                            : _("Row {1} stands on invoice specification {2} ({3}). Withdraw that first."),
                   values, 3);
}

static bool row_find(struct visit *visit, struct work_case *work, struct work_row *row, struct err *err)
{
    return work_case_find(visit, work, err) &&
           row_load(visit, work->id, address_number(visit->arena, visit->path_value[1]), row, err);
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static bool row_fill_orders(struct visit *visit, const struct work_case *work, struct field *field, struct err *err)
{
    size_t cap = 200;
    bool listed = !field->value.n;
    struct option *options = ARENA_ARRAY(visit->arena, struct option, cap + 1);
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT number, title FROM work_order WHERE case_id = $1"
                                    " ORDER BY created, number COLLATE \"sv-natural\" LIMIT $2",
                                    DB_ARGS(DB_INT(work->id), DB_INT(cap)), err);
    struct str number, title;
    while (field->option_count < cap && db_read_next(rows, TO(&number), TO_LENT(&title)))
        options[field->option_count++] =
            (struct option){number, arena_printf(visit->arena, "%.*s %.*s", STR_FMT(number), STR_FMT(title)),
                            str_eq(number, field->value)};
    for (size_t i = 0; i < field->option_count; i++)
        listed = listed || options[i].selected;
    if (!listed) /* the row's own work order, when the list was too long to contain it */
        options[field->option_count++] = (struct option){field->value, field->value, true};
    field->options = options;
    field->empty_label = visit_tr(visit, _("None"));
    return db_done(rows, err);
}

/*
 * Fills the hint of the article number: with what a new article did not change; after a fault, with the articles that
 * the typed text may mean.
 */
static bool row_tell_articles(struct visit *visit, const struct work_row *row, struct field *field, struct err *err)
{
    struct str like = STR_NONE;
    field->hint = visit_tr(visit, _("Fills in what is left empty below. Leave it empty for a row of text alone."));
    if (row->kept.n)
        field->hint = tr_fill(visit->arena, visit->view.lang, _("Typed by hand, so not taken from the article: {1}."),
                              &row->kept, 1);
    if (!row->form.errors[ROW_ARTICLE].n)
        return true;
    if (!row_articles_like(visit, field->value, &like, err))
        return false;
    if (like.n)
        field->hint = tr_fill(visit->arena, visit->view.lang, _("Did you mean one of these: {1}?"), &like, 1);
    return true;
}

static bool row_fill_inputs(struct visit *visit, const struct work_case *work, struct work_row *row,
                            struct work_form_view *view, struct err *err)
{
    struct form_page *page = &view->form;
    if (!form_fill(&row->form, page, err) || !row_fill_orders(visit, work, form_page_field(page, ROW_ORDER), err) ||
        !row_tell_articles(visit, row, form_page_field(page, ROW_ARTICLE), err))
        return false;
    form_page_field(page, ROW_TYPE)->empty_label = visit_tr(visit, _("As the article"));
    for (size_t i = 0; i < page->count; i++) {
        if (page->places[i] == ROW_ORDER)
            page->inputs[i].control = FORM_SELECT;
    }
    view->buttons[view->button_count++] =
        (struct work_button_view){STR("fetch"), visit_tr(visit, _("Fill in from the article"))};
    return true;
}

static void row_fill_stored(struct visit *visit, const struct work_case *work, const struct work_row *row,
                            struct work_form_view *view)
{
    struct arena *arena = visit->arena;
    struct str total = fmt_money(arena, visit->view.lang, row->total);
    view->row_number = row->number;
    view->status = visit_tr(visit, row_label(row->status));
    view->status_kind = row_is(row, "attested") ? 1 : row_is(row, "invoiced") ? 2 : 0;
    view->note = tr_fill(arena, visit->view.lang, _("Total (excl. VAT): {1}"), &total, 1);
    view->specification = row->specification;
    view->specification_state = row->specification_state;
    bool open = row_is(row, "editable") || row_is(row, "attested");
    if (open && row->held)
        view->held = row_held_text(visit, row);
    if (open && !row->held)
        view->cancel_url = arena_printf(arena, "%.*s/cancel", STR_FMT(view->action));
    if (row_is(row, "editable") || (row_is(row, "attested") && !row->held)) {
        view->attest_url = arena_printf(arena, "%.*s/rows/attest", STR_FMT(work->url));
        view->attest_act = row_is(row, "editable") ? STR("attest") : STR("unattest");
        view->attest_label = visit_tr(visit, row_is(row, "editable") ? _("Attest") : _("Take back the attestation"));
    }
}

/* fresh: the row as it is stored now, when somebody else changed it meanwhile; else NULL. */
static bool row_show(struct visit *visit, const struct work_case *work, struct work_row *row, const struct form *fresh,
                     struct err *err)
{
    struct work_form_view view = {.title = STR_NONE};
    view.of_name = STR("values_of");
    view.of = row->values_of;
    view.title = row->id ? tr_fill(visit->arena, visit->view.lang, _("Article row {1}"), &row->number, 1)
                         : visit_tr(visit, _("New article row"));
    view.action = row->id ? work_part_url(visit->arena, work, "rows", row->number)
                          : arena_printf(visit->arena, "%.*s/rows/new", STR_FMT(work->url));
    if (fresh && !form_merge(&row->form, fresh, &view.form, err))
        return false;
    if (row->id)
        row_fill_stored(visit, work, row, &view);
    if (visit->response->status == 409)
        view.form.refusal =
            view.held.n ? view.held : visit_tr(visit, _("This row can no longer be changed as it stands."));
    bool ok =
        row_may_change(row) ? row_fill_inputs(visit, work, row, &view, err) : work_form_facts(&row->form, &view, err);
    if (!ok || !work_form_stamp(visit, work, fresh != NULL, &view, err))
        return false;
    return page_show(visit, view.title, work_form_page_html, &view);
}

bool row_new_page(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct work_row row;
    row_blank(visit, &row);
    return work_case_find(visit, &work, err) && row_show(visit, &work, &row, NULL, err);
}

bool row_page(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct work_row row;
    return row_find(visit, &work, &row, err) && row_show(visit, &work, &row, NULL, err);
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

static bool row_save_body(struct case_edit *edit, struct err *err)
{
    struct work_row *row = edit->context;
    if (!row_write(edit, row, err))
        return false;
    struct str of = row_name(edit->visit->arena, row->number);
    if (!row->id && !case_edit_note(edit, of, STR_NONE, tr(LANG_SV, row_label(row->status)), err))
        return false;
    return work_form_note(edit, &row->form, of, err);
}

/*
 * Shows the page when somebody else changed the case meanwhile: the stored row when it can no longer be edited, else
 * the typed row.
 */
static bool row_show_older(struct visit *visit, struct work_case *work, struct work_row *typed, struct err *err)
{
    struct work_row now;
    row_blank(visit, &now);
    if (!work_case_load(visit, work->number, work, err) ||
        (typed->id && !row_load(visit, work->id, typed->number, &now, err)))
        return false;
    return row_show(visit, work, row_may_change(&now) ? typed : &now, &now.form, err);
}

static bool row_save(struct visit *visit, struct work_case *work, struct work_row *row, struct err *err)
{
    bool older = false;
    struct case_edit edit = {.write = row_save_body,
                             .context = row,
                             .action = row->id ? "article_row_changed" : "article_row_added",
                             .subject = row->number};
    bool fetch = str_eqz(http_param(&visit->request->form, "act"), "fetch");
    if (!row_read(visit, work, fetch, row, err))
        return false;
    if (fetch || form_refused(&row->form)) {
        visit->response->status = form_refused(&row->form) ? 400 : 200;
        return row_show(visit, work, row, NULL, err);
    }
    if (row->id && !form_differs(&row->form))
        return visit_redirect(visit, work_page_url(visit->arena, work));
    if (!work_edit_run(visit, work, &edit, &older, err))
        return false;
    if (older)
        return row_show_older(visit, work, row, err);
    if (row->kept.n)
        page_notice_text_next(visit,
                              tr_fill(visit->arena, visit->view.lang,
                                      _("Saved. Typed by hand, so not taken from the article: {1}."), &row->kept, 1));
    else
        page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, work_page_url(visit->arena, work));
}

bool row_new_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct work_row row;
    row_blank(visit, &row);
    return work_case_find(visit, &work, err) && row_save(visit, &work, &row, err);
}

bool row_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct work_row row;
    if (!row_find(visit, &work, &row, err))
        return false;
    if (!row_may_change(&row)) {
        visit->response->status = 409;
        return row_show(visit, &work, &row, NULL, err);
    }
    return row_save(visit, &work, &row, err);
}

/* --- states ------------------------------------------------------------------------------------------------------- */

/* A change of state for several rows at once. */
struct rows_moving {
    const struct str *numbers;
    size_t count;
    const char *from, *other_from, *to; /* other_from may be NULL */
    struct str held;                    /* why nothing was moved, or empty */
};

static bool row_move(struct case_edit *edit, struct rows_moving *moving, struct str number, struct err *err)
{
    struct visit *visit = edit->visit;
    struct work_row row;
    if (!row_load(visit, edit->case_id, number, &row, err))
        return false;
    if (!row_is(&row, moving->from) && !(moving->other_from && row_is(&row, moving->other_from)))
        return true; /* the row is in the new state already, or may not change */
    if (row.held && !str_eqz(str_of(moving->to), "attested")) {
        moving->held = row_held_text(visit, &row);
        return err_set(err, ERR_CONFLICT, NULL, "the row stands on a specification that is not a draft");
    }
    return article_row_move(edit, row.id, row.status, str_of(moving->to), err) &&
           case_edit_note(edit, row_name(visit->arena, number), tr(LANG_SV, row_label(row.status)),
                          tr(LANG_SV, row_label(str_of(moving->to))), err);
}

static bool rows_move_body(struct case_edit *edit, struct err *err)
{
    struct rows_moving *moving = edit->context;
    moving->held = STR_NONE;
    for (size_t i = 0; i < moving->count; i++) {
        if (!row_move(edit, moving, moving->numbers[i], err))
            return false;
    }
    return true;
}

static bool rows_move(struct visit *visit, struct work_case *work, struct rows_moving *moving, const char *action,
                      const struct msgid *notice, struct err *err)
{
    bool older = false;
    struct case_edit edit = {.write = rows_move_body,
                             .context = moving,
                             .action = action,
                             .subject = moving->count == 1 ? moving->numbers[0] : STR("article rows")};
    if (!work_edit_run(visit, work, &edit, &older, err))
        return false;
    if (older)
        return work_page_refuse(visit, moving->held, err);
    page_notice_next(visit, notice);
    return visit_redirect(visit, work_page_url(visit->arena, work));
}

bool row_cancel_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    struct work_row row;
    if (!row_find(visit, &work, &row, err))
        return false;
    struct rows_moving moving = {&row.number, 1, "editable", "attested", "cancelled", STR_NONE};
    if (row.held || (!row_is(&row, "editable") && !row_is(&row, "attested"))) {
        visit->response->status = 409;
        return row_show(visit, &work, &row, NULL, err);
    }
    return rows_move(visit, &work, &moving, "article_row_cancelled", _("The row is cancelled."), err);
}

bool rows_attest_send(struct visit *visit, struct err *err)
{
    struct work_case work;
    const struct http_params *form = &visit->request->form;
    struct str *numbers = ARENA_ARRAY(visit->arena, struct str, form->count + 1);
    struct rows_moving moving = {.numbers = numbers, .from = "editable", .to = "attested"};
    bool back = str_eqz(http_param(form, "act"), "unattest");
    if (!work_case_find(visit, &work, err))
        return false;
    for (size_t at = 0; http_param_next(form, "row", &at, &numbers[moving.count]);)
        moving.count++;
    if (back) {
        moving.from = "attested";
        moving.to = "editable";
    }
    if (!moving.count) {
        page_notice_next(visit, _("Choose rows first."));
        return visit_redirect(visit, work_page_url(visit->arena, &work));
    }
    return rows_move(visit, &work, &moving, back ? "article_rows_taken_back" : "article_rows_attested",
                     back ? _("The attestation is taken back.") : _("The rows are attested."), err);
}
