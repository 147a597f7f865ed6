#include "model/history.h"

#include "model/article_row_fields.h"
#include "model/case_fields.h"
#include "model/contact_fields.h"
#include "model/object_fields.h"
#include "model/specification_fields.h"

bool history_add(struct visit *visit, struct history_of of, struct str field, struct str before, struct str after,
                 struct err *err)
{
    return db_exec(visit->db,
                   "INSERT INTO register_change (kind, row_id, at, staff_id, who, field, before, after)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                   DB_ARGS(DB_TEXT(str_of(of.table_literal)), DB_INT(of.id), DB_INT(visit->now_us),
                           DB_ID_OR_NULL(visit->staff.id), DB_TEXT(visit->staff.email), DB_TEXT(field), DB_TEXT(before),
                           DB_TEXT(after)),
                   err);
}

/* --- names of numbers --------------------------------------------------------------------------------------------- */

/* Returns the kind of the reference that a line of this field holds; FIELD_TEXT: it holds none. */
static enum field_kind history_kind(struct str field)
{
    static const struct entity *const ENTITIES[] = {&case_entity, &article_row_entity, &object_entity, &contact_entity,
                                                    &specification_entity};
    struct str rest = field, part, label = field;
    while (str_cut(&rest, ':', &part)) /* a line about a row or work order names it first */
        label = str_trim(part);
    for (size_t e = 0; e < COUNT_OF(ENTITIES); e++) {
        for (size_t i = 0; i < ENTITIES[e]->count; i++) {
            const struct entity_field *rule = &ENTITIES[e]->fields[i];
            if (field_is_reference(rule->kind) && str_eq(label, tr(LANG_SV, rule->label)))
                return rule->kind;
        }
    }
    return FIELD_TEXT;
}

static const char *history_name_literal(enum field_kind kind)
{
    switch (kind) {
    case FIELD_CUSTOMER:
        return "SELECT name FROM customer WHERE number = $1";
    case FIELD_OBJECT:
        return "SELECT name FROM object WHERE number = $1";
    case FIELD_CONTACT:
        return "SELECT first_name || ' ' || last_name FROM contact WHERE number = $1";
    case FIELD_ARTICLE:
        return "SELECT name FROM article WHERE number = $1";
    default:
        return NULL;
    }
}

/* Writes each number of a text, one a line, as `Name (number)`. */
static bool history_name(struct visit *visit, const char *literal, struct str *text, struct err *err)
{
    struct str rest = *text, number;
    struct buf out;
    if (!text->n)
        return true;
    buf_init(&out, visit->arena);
    while (str_cut(&rest, '\n', &number)) {
        struct str name = STR_NONE;
        bool found;
        if (!db_find(visit->db, visit->arena, literal, DB_ARGS(DB_TEXT(number)), DB_TARGETS(TO(&name)), &found, err))
            return false;
        if (out.n)
            buf_z(&out, ", ");
        if (name.n)
            buf_printf(&out, "%.*s (%.*s)", STR_FMT(name), STR_FMT(number));
        else
            buf_str(&out, number);
    }
    *text = buf_text(&out);
    return true;
}

static bool history_name_all(struct visit *visit, const struct history *history, struct err *err)
{
    for (size_t s = 0; s < history->count; s++) {
        for (size_t i = 0; i < history->saves[s].count; i++) {
            struct history_line *line = &history->saves[s].lines[i];
            const char *literal = history_name_literal(history_kind(line->field));
            if (literal &&
                (!history_name(visit, literal, &line->before, err) || !history_name(visit, literal, &line->after, err)))
                return false;
        }
    }
    return true;
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

#define HISTORY_COLUMNS                                                                                                \
    "SELECT x.at, COALESCE(NULLIF((SELECT s.full_name FROM staff s WHERE s.id = x.staff_id), ''), x.who), x.field,"    \
    " x.before, x.after FROM "
#define HISTORY_REST " ORDER BY x.id DESC LIMIT $2"

static struct db_rows *history_query(struct visit *visit, struct history_of of, struct err *err)
{
    if (str_eqz(str_of(of.table_literal), "cases"))
        return db_query(visit->db, visit->arena,
                        HISTORY_COLUMNS "case_change x"
                                        " WHERE x.case_id = $1" HISTORY_REST,
                        DB_ARGS(DB_INT(of.id), DB_INT(HISTORY_MAX)), err);
    return db_query(visit->db, visit->arena,
                    HISTORY_COLUMNS "register_change x"
                                    " WHERE x.row_id = $1 AND x.kind = $3" HISTORY_REST,
                    DB_ARGS(DB_INT(of.id), DB_INT(HISTORY_MAX), DB_TEXT(str_of(of.table_literal))), err);
}

bool history_load(struct visit *visit, struct history_of of, struct history *history, struct err *err)
{
    struct history_line *lines = ARENA_ARRAY(visit->arena, struct history_line, HISTORY_MAX);
    struct history_save *save = NULL;
    struct db_rows *rows = history_query(visit, of, err);
    *history = (struct history){.saves = ARENA_ARRAY(visit->arena, struct history_save, HISTORY_MAX)};
    /* The newest line comes first: the lines are put into the array from its end, in the order of writing. */
    for (struct history_line *line = lines + HISTORY_MAX; line > lines && db_next(rows);) {
        int64_t at;
        struct str who;
        line--;
        db_read(rows, TO(&at), TO(&who), TO(&line->field), TO(&line->before), TO(&line->after));
        if (!save || save->at != at || !str_eq(save->who, who)) {
            save = &history->saves[history->count++];
            *save = (struct history_save){.at = at, .who = who};
        }
        save->lines = line;
        save->count++;
    }
    return db_done(rows, err) && history_name_all(visit, history, err);
}

bool history_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err)
{
    return db_exec(conn, "DELETE FROM register_change WHERE kind = 'contact' AND row_id = $1",
                   DB_ARGS(DB_INT(contact_id)), err);
}
