/* /staff/imports/ID: the state of an import, the changes it would make or made, and its problems. */
#include "base/clock.h"
#include "bulk/imports/imports.html.h"
#include "bulk/imports/pages.h"
#include "bulk/imports/vault.h"
#include "bulk/imports/views.h"
#include "service/sheet.h"

#include <inttypes.h>
#include <string.h>

#define PROBLEMS_SHOWN 100
#define PROBLEMS_MAX 100000
#define SAMPLES_MAX 5000

bool run_of_path(struct visit *visit, struct run *run, struct err *err)
{
    int64_t id = 0;
    bool found = str_to_int(visit->path_value[0], &id);
    return (!found || run_load(visit->db, visit->arena, id, run, &found, err)) &&
           (found || err_set(err, ERR_NOT_FOUND, NULL, "no such import"));
}

/* --- the state ---------------------------------------------------------------------------------------------------- */

static const struct {
    const char *state, *kind;
    const struct msgid *told;
    bool moves;
} TOLD[] = {
    {"uploaded", "info", _("The files are here and wait for their turn."), true},
    {"choosing", "warning", _("Say below what the files are."), false},
    {"checking", "info", _("Nothing is imported yet."), true},
    {"checked", "success",
     _("Nothing is imported yet. Below stands what the import would do as things are now; it checks everything again "
       "when it runs."),
     false},
    {"refused", "danger", _("Nothing was imported. Correct what is wrong and send the files again."), false},
    {"queued", "info", _("The import waits for its turn."), true},
    {"running", "info", _("All of it is imported, or nothing. You can leave this page."), true},
    {"done", "success", _("Everything is imported."), false},
    {"undo", "info", _("It waits for its turn to be undone."), true},
    {"undoing", "info", _("All of it is undone, or nothing. You can leave this page."), true},
    {"undone", "info", _("Everything is as it was before the import."), false},
    {"failed", "danger", NULL, false},
    {"discarded", "info", _("Nothing was imported. The files are removed."), false},
};

static void fill_state(struct visit *visit, struct import_view *view)
{
    const struct run *run = &view->run;
    size_t at = 0;
    while (at + 1 < sizeof TOLD / sizeof *TOLD && !run_is(run, TOLD[at].state))
        at++;
    view->kind = TOLD[at].kind;
    view->moves = TOLD[at].moves;
    view->state = visit_tr(visit, code_label_of(&run_states, run->state));
    view->told = visit_tr(visit, run->message.n ? _(run->message.p) : TOLD[at].told);
    view->can_undo = run_can_undo(visit->arena, run);
    view->was_imported = run_is(run, "done");
    if (view->was_imported && run->problem_total)
        view->told =
            visit_tr(visit, _("It was not undone, for what stands below is in the way. Everything is still imported."));
    if (view->was_imported && (run->problem_total || run->message.n))
        view->kind = "danger";
    view->can_run = run_is(run, "checked");
    view->chooses = run_is(run, "choosing");
    view->can_discard = view->can_run || view->chooses || run_is(run, "refused") || run_is(run, "failed");
    view->counted = run->checked && !run_is(run, "refused") && !run_is(run, "checking") && !run_is(run, "uploaded");
    struct str date = date_format(visit->arena, clock_date(run->finished) + UNDO_DAYS);
    if (view->can_undo)
        view->undo_until = tr_fill(visit->arena, visit->view.lang, _("It can be undone until {1}."), &date, 1);
    if (view->moves)
        view->state_url = arena_printf(visit->arena, "%.*s/state", STR_FMT(view->path));
}

/* Says for people what the load is doing. */
static struct str doing(struct visit *visit, struct str what)
{
    static const struct {
        const char *what;
        const struct msgid *text;
    } steps[] = {{"passwords", _("Computing passwords")},
                 {"checking", _("Comparing with what is stored")},
                 {"writing", _("Writing the rows")},
                 {"search words", _("Gathering search words")},
                 {"settling", _("Tidying up")}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (str_eqz(what, steps[i].what))
            return visit_tr(visit, steps[i].text);
    }
    return what.n ? tr_fill(visit->arena, visit->view.lang, _("Reading {1}"), &what, 1)
                  : visit_tr(visit, _("Beginning"));
}

static bool fill_progress(struct visit *visit, struct import_view *view, struct err *err)
{
    const struct run *run = &view->run;
    bool found;
    if (run_is(run, "uploaded") || run_is(run, "queued") || run_is(run, "undo"))
        return db_query_int(visit->db,
                            "SELECT id FROM import_run WHERE state IN ('checking', 'running', 'undoing') AND id <> $1"
                            " ORDER BY id LIMIT 1",
                            DB_ARGS(DB_INT(run->id)), &found, &view->waits_for, err);
    if (view->moves) {
        struct vault_progress progress = vault_progress_read(visit->arena, visit->config->data);
        bool own = progress.run == run->id;
        view->shows_progress = true;
        view->percent = own ? progress.percent : 0;
        view->doing = doing(visit, own ? progress.what : STR_NONE);
    }
    return true;
}

/* --- files -------------------------------------------------------------------------------------------------------- */

static struct field choice_field(struct visit *visit, const struct run_file *file)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, LOAD_SOURCES_MAX + 1);
    size_t count = 0;
    for (; load_file(count); count++)
        options[count] =
            (struct option){str_of(load_file(count)), str_of(load_file(count)), str_eqz(file->file, load_file(count))};
    options[count] = (struct option){STR(LEFT_OUT), visit_tr(visit, _("leave it out")), str_eqz(file->file, LEFT_OUT)};
    struct str label = file->sheet.n
                           ? arena_printf(visit->arena, "%.*s – %.*s", STR_FMT(file->name), STR_FMT(file->sheet))
                           : file->name;
    return (struct field){.name = arena_printf(visit->arena, "file_%" PRId64, file->position),
                          .label = label,
                          .required = true,
                          .options = options,
                          .option_count = count + 1,
                          .empty_label = visit_tr(visit, _("Choose"))};
}

static bool imports_page_fill_files(struct visit *visit, struct import_view *view, struct err *err)
{
    if (!run_files_load(visit->db, visit->arena, view->run.id, &view->files, &view->file_count, err))
        return false;
    struct field *choices = ARENA_ARRAY(visit->arena, struct field, view->file_count);
    for (size_t i = 0; i < view->file_count; i++)
        choices[i] = choice_field(visit, &view->files[i]);
    view->choices = choices;
    return true;
}

/* --- samples ------------------------------------------------------------------------------------------------------ */

static bool read_samples(struct visit *visit, int64_t run, struct import_sample_view *rows, size_t *count,
                         struct err *err)
{
    struct db_rows *found = db_query(visit->db, visit->arena,
                                     "SELECT file, line, key, field, before, after FROM import_sample WHERE run_id = $1"
                                     " AND line > 0 ORDER BY position LIMIT $2",
                                     DB_ARGS(DB_INT(run), DB_INT(SAMPLES_MAX)), err);
    for (; db_next(found) && *count < SAMPLES_MAX; (*count)++) {
        struct import_sample_view *row = &rows[*count];
        db_read(found, TO(&row->file), TO(&row->line), TO(&row->key), TO(&row->field), TO(&row->before),
                TO(&row->after));
    }
    return db_done(found, err);
}

static struct str imports_page_summary_of(struct visit *visit, const struct run_file *file)
{
    enum lang lang = visit->view.lang;
    struct str values[] = {fmt_int(visit->arena, lang, file->count.added),
                           fmt_int(visit->arena, lang, file->count.changed),
                           fmt_int(visit->arena, lang, file->count.unchanged)};
    return tr_fill(visit->arena, lang,
                   _("{1} new, {2} changed, {3} unchanged. The first changed and the first new rows:"), values, 3);
}

static bool fill_samples(struct visit *visit, struct import_view *view, struct err *err)
{
    if (!run_is(&view->run, "checked"))
        return true;
    struct import_sample_view *rows = ARENA_ARRAY(visit->arena, struct import_sample_view, SAMPLES_MAX);
    struct import_samples_view *made = ARENA_ARRAY(visit->arena, struct import_samples_view, view->file_count);
    size_t count = 0;
    if (!read_samples(visit, view->run.id, rows, &count, err))
        return false;
    for (size_t i = 0; i < view->file_count; i++) {
        size_t from = 0, to;
        while (from < count && rows[from].file != view->files[i].position)
            from++;
        for (to = from; to < count && rows[to].file == view->files[i].position;)
            to++;
        if (to > from)
            made[view->sample_count++] = (struct import_samples_view){
                view->files[i].file, imports_page_summary_of(visit, &view->files[i]), rows + from, to - from};
    }
    view->samples = made;
    return true;
}

/* --- problems ----------------------------------------------------------------------------------------------------- */

static bool fill_problems(struct visit *visit, struct import_view *view, struct err *err)
{
    enum lang lang = visit->view.lang;
    int64_t total = view->run.problem_total;
    struct str *made = ARENA_ARRAY(visit->arena, struct str, PROBLEMS_SHOWN);
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT text FROM import_problem WHERE run_id = $1 ORDER BY position LIMIT $2",
                                    DB_ARGS(DB_INT(view->run.id), DB_INT(PROBLEMS_SHOWN)), err);
    for (; db_next(rows) && view->problem_count < PROBLEMS_SHOWN; view->problem_count++) {
        db_read(rows, TO(&made[view->problem_count]));
        made[view->problem_count] = load_problem_text(visit->arena, lang, made[view->problem_count]);
    }
    view->problems = made;
    view->problems_url = arena_printf(visit->arena, "%.*s/problems.csv", STR_FMT(view->path));
    view->problem_title = view->was_imported ? tr_n(visit->arena, lang, _("{n} thing is in the way"),
                                                    _("{n} things are in the way"), total)
                                             : tr_n(visit->arena, lang, _("{n} mistake"), _("{n} mistakes"), total);
    if (total > (int64_t)view->problem_count) {
        struct str shown = fmt_int(visit->arena, lang, (int64_t)view->problem_count);
        struct str first = tr_fill(visit->arena, lang, _("the first {1}"), &shown, 1);
        view->problem_title = arena_printf(visit->arena, "%.*s – %.*s", STR_FMT(view->problem_title), STR_FMT(first));
    }
    return db_done(rows, err);
}

/* Splits `FILE:LINE: COLUMN: problem` into four cells. */
static void problem_cells(struct str text, struct sheet_cell cells[4])
{
    struct str rest = text, part;
    for (int i = 0; i < 3; i++) {
        bool cut = str_cut(&rest, ':', &part);
        cells[i] = (struct sheet_cell){.kind = SHEET_TEXT, .code = str_trim(cut ? part : STR_NONE)};
    }
    cells[3] = (struct sheet_cell){.kind = SHEET_TEXT, .code = str_trim(rest)};
}

static bool write_problems(struct visit *visit, const struct run *run, struct sheet *sheet, struct err *err)
{
    bool ok = true;
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT text FROM import_problem WHERE run_id = $1 ORDER BY position LIMIT $2",
                                    DB_ARGS(DB_INT(run->id), DB_INT(PROBLEMS_MAX)), err);
    for (struct str text; ok && db_read_next(rows, TO_LENT(&text));) {
        struct sheet_cell cells[4];
        problem_cells(load_problem_text(visit->arena, visit->view.lang, text), cells);
        ok = sheet_row(sheet, cells, 4, err);
    }
    struct err ended = {.kind = ERR_NONE};
    return db_done(rows, ok ? err : &ended) && ok;
}

bool import_problems_csv(struct visit *visit, struct err *err)
{
    static const struct str heads[4] = {STR_INIT("file"), STR_INIT("line"), STR_INIT("column"), STR_INIT("problem")};
    struct run run;
    if (!run_of_path(visit, &run, err))
        return false;
    struct sheet *sheet = sheet_begin(visit->arena, SHEET_CSV, visit->config->data, STR("problems"), err);
    if (!sheet || !sheet_head(sheet, heads, 4, err) || !write_problems(visit, &run, sheet, err) ||
        !sheet_finish(sheet, &visit->response->fd, &visit->response->fd_size, err))
        return false;
    visit_download(visit, sheet_media_types[SHEET_CSV], "import-problems.csv");
    return true;
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static bool imports_page_fill(struct visit *visit, struct import_view *view, struct err *err)
{
    struct run_group *groups = NULL;
    *view = (struct import_view){.run = {.id = 0}};
    if (!run_of_path(visit, &view->run, err))
        return false;
    view->number = fmt_int(visit->arena, visit->view.lang, view->run.id);
    view->path = run_path(visit->arena, view->run.id);
    fill_state(visit, view);
    view->can_answer = run_is(&view->run, "refused") || run_is(&view->run, "checked");
    view->can_map = view->can_answer;
    if (!run_groups_load(visit->db, visit->arena, view->run.id, &groups, &view->group_count, err))
        return false;
    view->groups = groups;
    return imports_page_fill_files(visit, view, err) && answers_fill(visit, view, err) &&
           fill_progress(visit, view, err) && fill_problems(visit, view, err) && fill_samples(visit, view, err);
}

bool import_page(struct visit *visit, struct err *err)
{
    struct import_view view;
    if (!imports_page_fill(visit, &view, err))
        return false;
    return page_show(visit, tr_fill(visit->arena, visit->view.lang, _("Import {1}"), &view.number, 1), import_page_html,
                     &view);
}

bool import_state(struct visit *visit, struct err *err)
{
    struct import_view view;
    if (!imports_page_fill(visit, &view, err))
        return false;
    visit->response->status = 200;
    visit->response->content_type = "text/html; charset=utf-8";
    import_state_html(&visit->response->body, &visit->view, &view);
    return true;
}
