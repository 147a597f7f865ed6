/* What people answer to the questions of a check: what words mean, and in which order dates are. */
#include "bulk/imports/pages.h"
#include "bulk/imports/views.h"
#include "i18n/fold.h"
#include "model/picklist_item.h"

#include <inttypes.h>

/* --- the form ----------------------------------------------------------------------------------------------------- */

static struct str answer_name(struct arena *arena, const struct run_question *question)
{
    return arena_printf(arena, "answer_%" PRId64, question->position);
}

static bool answers_options_of_list(struct visit *visit, struct str list, struct field *field, struct err *err)
{
    struct picklist_item *items;
    size_t count;
    if (!picklist_items_load(visit->db, visit->arena, list, &items, &count, err))
        return false;
    struct option *options = ARENA_ARRAY(visit->arena, struct option, count);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct option){items[i].key,
                                     visit->view.lang == LANG_EN && items[i].en.n ? items[i].en : items[i].sv, false};
    field->options = options;
    field->option_count = count;
    return true;
}

static void answers_options_of_codes(struct visit *visit, const struct code_list *codes, struct field *field)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, codes->count);
    for (size_t i = 0; i < codes->count; i++)
        options[i] = (struct option){str_of(codes->codes[i].name), visit_tr(visit, codes->codes[i].label), false};
    field->options = options;
    field->option_count = codes->count;
}

static const struct msgid *const ORDERS[LOAD_DATE_ORDERS] = {_("Year, month, day"), _("Day, month, year"),
                                                             _("Month, day, year")};

static void answers_options_of_dates(struct visit *visit, struct str orders, struct field *field)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, LOAD_DATE_ORDERS);
    for (struct str order; str_cut(&orders, ' ', &order);) {
        for (int i = LOAD_YMD; i < LOAD_DATE_ORDERS; i++) {
            if (str_eqz(order, load_date_orders[i]))
                options[field->option_count++] = (struct option){order, visit_tr(visit, ORDERS[i]), false};
        }
    }
    field->options = options;
}

/* Makes the field of a question; a question that the check answered itself has no field. */
static bool answer_field(struct visit *visit, const struct run_question *question, struct field *field, struct err *err)
{
    enum lang lang = visit->view.lang;
    struct str values[] = {question->field, question->text, fmt_int(visit->arena, lang, question->count)};
    bool word = str_eqz(question->kind, "word");
    *field = (struct field){.name = answer_name(visit->arena, question),
                            .label = word ? tr_fill(visit->arena, lang, _("{1}: {2} ({3} rows)"), values, 3)
                                          : tr_fill(visit->arena, lang, _("{1}: {2} is"), values, 2),
                            .empty_label = visit_tr(visit, _("Choose"))};
    if (!word) {
        answers_options_of_dates(visit, question->options, field);
        return true;
    }
    const struct code_list *codes = load_word_codes(question->options);
    if (!codes)
        return answers_options_of_list(visit, question->options, field, err);
    answers_options_of_codes(visit, codes, field);
    return true;
}

static bool answer_is_open(const struct run_question *question)
{
    return !question->answer.n && question->options.n;
}

bool answers_fill(struct visit *visit, struct import_view *view, struct err *err)
{
    struct run_question *questions;
    size_t count;
    if (!run_questions_load(visit->db, visit->arena, view->run.id, &questions, &count, err))
        return false;
    struct field *fields = ARENA_ARRAY(visit->arena, struct field, count);
    struct str *dates = ARENA_ARRAY(visit->arena, struct str, count);
    for (size_t i = 0; i < count; i++) {
        struct str values[] = {questions[i].field, questions[i].text, questions[i].answer};
        if (!answer_is_open(&questions[i]))
            dates[view->date_count++] =
                tr_fill(visit->arena, visit->view.lang, _("{1}: {2} is read as {3}."), values, 3);
        else if (!answer_field(visit, &questions[i], &fields[view->question_count++], err))
            return false;
    }
    view->questions = fields;
    view->dates = dates;
    return true;
}

/* --- the answers -------------------------------------------------------------------------------------------------- */

static bool answer_word(struct db_conn *conn, struct arena *arena, const struct run_question *question,
                        struct str value, struct err *err)
{
    return db_exec(conn,
                   "INSERT INTO import_word (field, word, value) VALUES ($1, $2, $3)"
                   " ON CONFLICT (field, word) DO UPDATE SET value = excluded.value",
                   DB_ARGS(DB_TEXT(question->options), DB_TEXT(fold_case(arena, question->text)), DB_TEXT(value)), err);
}

/* The order of dates belongs to the mapping of the file, which is kept for the next file with these headings. */
static bool answer_dates(struct db_conn *conn, struct visit *visit, int64_t run, const struct run_question *question,
                         struct str value, struct err *err)
{
    struct arena *arena = visit->arena;
    struct run_heading *headings;
    struct str file, text, names[CSV_COLUMNS];
    size_t count;
    bool found;
    if (!db_find(conn, arena, "SELECT file, mapping FROM import_file WHERE run_id = $1 AND position = $2",
                 DB_ARGS(DB_INT(run), DB_INT(question->file)), DB_TARGETS(TO(&file), TO(&text)), &found, err) ||
        !run_headings_load(conn, arena, run, question->file, &headings, &count, err))
        return false;
    struct load_mapping *mapping = run_mapping(arena, text, load_file_of_name(file));
    if (!mapping_set_dates(mapping, question->field, value))
        return true;
    for (size_t i = 0; i < count; i++)
        names[i] = headings[i].name;
    text = mapping_text(arena, mapping);
    return db_exec(conn, "UPDATE import_file SET mapping = $3 WHERE run_id = $1 AND position = $2",
                   DB_ARGS(DB_INT(run), DB_INT(question->file), DB_TEXT(text)), err) &&
           mapping_remember(conn, arena, names, count, mapping->file, text, visit->now_us, err);
}

/* Whether the form offered this answer. */
static bool answer_is_offered(const struct field *field, struct str value)
{
    for (size_t i = 0; i < field->option_count; i++) {
        if (str_eq(field->options[i].value, value))
            return true;
    }
    return false;
}

bool answers_save(struct visit *visit, struct db_conn *conn, int64_t run, struct err *err)
{
    struct run_question *questions;
    size_t count;
    if (!run_questions_load(conn, visit->arena, run, &questions, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct field field;
        struct str value = http_param(&visit->request->form, answer_name(visit->arena, &questions[i]).p);
        if (!value.n || !answer_is_open(&questions[i]))
            continue;
        if (!answer_field(visit, &questions[i], &field, err))
            return false;
        if (!answer_is_offered(&field, value))
            continue;
        if (!(str_eqz(questions[i].kind, "word") ? answer_word(conn, visit->arena, &questions[i], value, err)
                                                 : answer_dates(conn, visit, run, &questions[i], value, err)))
            return false;
    }
    return true;
}
