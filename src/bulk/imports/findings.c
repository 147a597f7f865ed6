/* What a check found out: mistakes by column and kind, words that mean nothing here, the order of dates. */
#include "bulk/imports/runs.h"

#include <inttypes.h>

/* --- writing ------------------------------------------------------------------------------------------------------ */

static struct str findings_lines(struct arena *arena, const struct load_group *group)
{
    struct buf out;
    buf_init(&out, arena);
    buf_z(&out, "");
    for (size_t i = 0; i < group->line_count; i++)
        buf_printf(&out, "%s%" PRId64, i ? " " : "", group->lines[i]);
    return buf_text(&out);
}

static bool groups_write(struct db_conn *conn, struct arena *arena, int64_t id, const struct load_result *result,
                         const int64_t *positions, struct err *err)
{
    struct db_batch *batch =
        db_batch_begin(conn, arena,
                       "INSERT INTO import_group (run_id, position, file, field, what, found, count, lines)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                       err);
    bool ok = batch != NULL;
    for (size_t i = 0; ok && i < result->group_count; i++) {
        const struct load_group *one = &result->groups[i];
        ok = db_batch_add(batch,
                          DB_ARGS(DB_INT(id), DB_INT(i), DB_INT(positions[one->source]), DB_TEXT(one->column),
                                  DB_TEXT(one->what), DB_TEXT(one->found.n ? one->found : STR("")), DB_INT(one->count),
                                  DB_TEXT(findings_lines(arena, one))),
                          err);
    }
    return db_batch_end(batch, err) && ok;
}

/* Returns the orders as people would choose from them: `dmy mdy`. */
static struct str findings_orders(struct arena *arena, unsigned possible)
{
    struct buf out;
    buf_init(&out, arena);
    buf_z(&out, "");
    for (int order = LOAD_YMD; order < LOAD_DATE_ORDERS; order++) {
        if (possible & 1U << order)
            buf_printf(&out, "%s%s", out.n ? " " : "", load_date_orders[order]);
    }
    return buf_text(&out);
}

static bool questions_write(struct db_conn *conn, struct arena *arena, int64_t id, const struct load_result *result,
                            const int64_t *positions, struct err *err)
{
    struct db_batch *batch =
        db_batch_begin(conn, arena,
                       "INSERT INTO import_question (run_id, position, kind, file, field, text, options, answer, count)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                       err);
    bool ok = batch != NULL;
    size_t at = 0;
    for (size_t i = 0; ok && i < result->date_count; i++) {
        const struct load_dates *one = &result->dates[i];
        ok = db_batch_add(batch,
                          DB_ARGS(DB_INT(id), DB_INT(at++), DB_TEXT(STR("dates")), DB_INT(positions[one->source]),
                                  DB_TEXT(one->column), DB_TEXT(one->found),
                                  DB_TEXT(findings_orders(arena, one->possible)),
                                  DB_TEXT(one->read.n ? one->read : STR("")), DB_INT(0)),
                          err);
    }
    for (size_t i = 0; ok && i < result->word_count; i++) {
        const struct load_word *one = &result->words[i];
        ok = db_batch_add(batch,
                          DB_ARGS(DB_INT(id), DB_INT(at++), DB_TEXT(STR("word")), DB_INT(positions[one->source]),
                                  DB_TEXT(one->column), DB_TEXT(one->word), DB_TEXT(one->field), DB_TEXT(STR("")),
                                  DB_INT(one->count)),
                          err);
    }
    return db_batch_end(batch, err) && ok;
}

bool run_findings_write(struct db_conn *conn, struct arena *arena, int64_t id, const struct load_result *result,
                        const int64_t *positions, struct err *err)
{
    return db_exec(conn, "DELETE FROM import_group WHERE run_id = $1", DB_ARGS(DB_INT(id)), err) &&
           db_exec(conn, "DELETE FROM import_question WHERE run_id = $1", DB_ARGS(DB_INT(id)), err) &&
           groups_write(conn, arena, id, result, positions, err) &&
           questions_write(conn, arena, id, result, positions, err);
}

struct headings {
    struct arena *arena;
    int64_t run, position;
    const struct load_source *source;
};

static bool headings_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct headings *of = context;
    const struct load_source *source = of->source;
    if (!db_exec(conn, "DELETE FROM import_sample WHERE run_id = $1 AND file = $2 AND line = 0",
                 DB_ARGS(DB_INT(of->run), DB_INT(of->position)), err))
        return false;
    struct db_batch *batch =
        db_batch_begin(conn, of->arena,
                       "INSERT INTO import_sample (run_id, position, file, line, key, field, before, after)"
                       " VALUES ($1, $2, $3, 0, '', $4, '', $5)",
                       err);
    bool ok = batch != NULL;
    for (size_t i = 0; ok && i < source->found_count; i++) {
        struct str first = i < source->first_count ? utf8_prefix(source->first[i], HEADING_SHOWN_CHARS) : STR("");
        ok = db_batch_add(batch,
                          DB_ARGS(DB_INT(of->run), DB_INT(HEADINGS_FROM + of->position * CSV_COLUMNS + (int64_t)i),
                                  DB_INT(of->position), DB_TEXT(source->found[i]), DB_TEXT(first.n ? first : STR(""))),
                          err);
    }
    return db_batch_end(batch, err) && ok;
}

bool run_headings_write(struct db_conn *conn, struct arena *arena, int64_t id, int64_t position,
                        const struct load_source *source, struct err *err)
{
    struct headings headings = {arena, id, position, source};
    return db_transaction(conn, headings_body, &headings, err);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

bool run_groups_load(struct db_conn *conn, struct arena *arena, int64_t id, struct run_group **groups, size_t *count,
                     struct err *err)
{
    *groups = ARENA_ARRAY(arena, struct run_group, RUN_GROUPS_MAX);
    struct db_rows *rows = db_query(conn, arena,
                                    "SELECT file, field, what, found, count, lines FROM import_group"
                                    " WHERE run_id = $1 ORDER BY count DESC, position LIMIT $2",
                                    DB_ARGS(DB_INT(id), DB_INT(RUN_GROUPS_MAX)), err);
    for (*count = 0; *count < RUN_GROUPS_MAX && db_next(rows); (*count)++) {
        struct run_group *one = &(*groups)[*count];
        db_read(rows, TO(&one->file), TO(&one->field), TO(&one->what), TO(&one->found), TO(&one->count),
                TO(&one->lines));
    }
    return db_done(rows, err);
}

bool run_questions_load(struct db_conn *conn, struct arena *arena, int64_t id, struct run_question **questions,
                        size_t *count, struct err *err)
{
    *questions = ARENA_ARRAY(arena, struct run_question, RUN_QUESTIONS_MAX);
    struct db_rows *rows = db_query(conn, arena,
                                    "SELECT position, kind, file, field, text, options, answer, count FROM"
                                    " import_question WHERE run_id = $1 ORDER BY position LIMIT $2",
                                    DB_ARGS(DB_INT(id), DB_INT(RUN_QUESTIONS_MAX)), err);
    for (*count = 0; *count < RUN_QUESTIONS_MAX && db_next(rows); (*count)++) {
        struct run_question *one = &(*questions)[*count];
        db_read(rows, TO(&one->position), TO(&one->kind), TO(&one->file), TO(&one->field), TO(&one->text),
                TO(&one->options), TO(&one->answer), TO(&one->count));
    }
    return db_done(rows, err);
}

bool run_headings_load(struct db_conn *conn, struct arena *arena, int64_t id, int64_t position,
                       struct run_heading **headings, size_t *count, struct err *err)
{
    *headings = ARENA_ARRAY(arena, struct run_heading, CSV_COLUMNS);
    struct db_rows *rows = db_query(conn, arena,
                                    "SELECT field, after FROM import_sample WHERE run_id = $1 AND file = $2"
                                    " AND line = 0 ORDER BY position LIMIT $3",
                                    DB_ARGS(DB_INT(id), DB_INT(position), DB_INT(CSV_COLUMNS)), err);
    for (*count = 0; *count < CSV_COLUMNS && db_next(rows); (*count)++)
        db_read(rows, TO(&(*headings)[*count].name), TO(&(*headings)[*count].first));
    return db_done(rows, err);
}

/* --- mappings ----------------------------------------------------------------------------------------------------- */

struct load_mapping *run_mapping(struct arena *arena, struct str text, const char *file)
{
    struct load_mapping *mapping;
    struct mapping_fault fault;
    size_t count;
    bool read = mapping_read(arena, text, file, &mapping, &count, &fault);
    if (!read)
        *mapping = (struct load_mapping){.file = file};
    return mapping;
}

static struct str headings_digest(struct arena *arena, const struct str *headings, size_t count)
{
    struct buf out;
    buf_init(&out, arena);
    buf_z(&out, "");
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "%.*s\n", STR_FMT(str_trim(headings[i])));
    return digest_hex(arena, buf_text(&out));
}

bool mapping_remember(struct db_conn *conn, struct arena *arena, const struct str *headings, size_t count,
                      const char *file, struct str text, int64_t now_us, struct err *err)
{
    return db_exec(
        conn,
        "INSERT INTO import_mapping (headings, file, mapping, used) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (headings) DO UPDATE SET file = excluded.file, mapping = excluded.mapping,"
        " used = excluded.used",
        DB_ARGS(DB_TEXT(headings_digest(arena, headings, count)), DB_TEXT(str_of(file)), DB_TEXT(text), DB_INT(now_us)),
        err);
}

bool mapping_recall(struct db_conn *conn, struct arena *arena, const struct load_source *source, struct str *file,
                    struct str *text, bool *found, struct err *err)
{
    return db_find(conn, arena, "SELECT file, mapping FROM import_mapping WHERE headings = $1",
                   DB_ARGS(DB_TEXT(headings_digest(arena, source->found, source->found_count))),
                   DB_TARGETS(TO(file), TO(text)), found, err);
}
