/*
 * Makes customers and objects of numbers that rows name and nobody knows, when the mapping of their file asks for it.
 * Their rows are staged like those of a file, after its rows.
 */
#include "bulk/exchange/mapping.h"
#include "bulk/exchange/stage.h"

static const struct made {
    enum format_id format;
    const char *column;
} MADE[] = {{FORMAT_CUSTOMERS, "customer"}, {FORMAT_OBJECTS, "object"}};

static bool made_asked(const struct load_mapping *mapping, const struct made *made)
{
    return mapping && (made->format == FORMAT_CUSTOMERS ? mapping->makes_customers : mapping->makes_objects);
}

bool made_names(const struct input *input, const struct column *column)
{
    for (size_t i = 0; i < sizeof MADE / sizeof *MADE; i++) {
        if (made_asked(input->source->mapping, &MADE[i]) &&
            str_eqz(str_of(column_name_literal(column)), MADE[i].column))
            return true;
    }
    return false;
}

const struct column *made_name_column(const struct column *column)
{
    return format_column(&formats[format_of_table(column_refers_literal(column))], STR("name"));
}

/* --- the sources -------------------------------------------------------------------------------------------------- */

static bool made_rewind(void *context)
{
    (void)context;
    return true;
}

static enum load_step made_next(void *context, struct load_row *row, const char **broken)
{
    (void)context;
    (void)row;
    (void)broken;
    return LOAD_END;
}

static double made_done(void *context)
{
    (void)context;
    return 1;
}

void load_files_add_made(struct load_files *files)
{
    static const struct str header[] = {STR_INIT("number"), STR_INIT("name"), STR_INIT("customer")};
    for (size_t k = 0; k < sizeof MADE / sizeof *MADE; k++) {
        const char *file = formats[MADE[k].format].file;
        bool asked = false, there = false;
        for (size_t i = 0; i < files->count; i++) {
            asked = asked || made_asked(files->sources[i].mapping, &MADE[k]);
            there = there || format_of_file(files->sources[i].file) == &formats[MADE[k].format];
        }
        if (asked && !there && files->count < LOAD_SOURCES_MAX)
            files->sources[files->count++] =
                (struct load_source){.file = file,
                                     .header = header,
                                     .header_count = MADE[k].format == FORMAT_OBJECTS ? 3 : 2,
                                     .rewind = made_rewind,
                                     .next = made_next,
                                     .done = made_done};
    }
}

/* --- the rows ----------------------------------------------------------------------------------------------------- */

static bool made_insert(struct load *load, const struct input *input, const struct made *made, struct err *err)
{
    const struct column *column = format_column(input->format, str_of(made->column));
    const struct input *to = load_input(load, made->format);
    const char *stage_literal = formats[made->format].stage_literal, *name_literal = column_name_literal(column);
    bool owned = made->format == FORMAT_OBJECTS && input_gives(to, "customer") && input_gives(input, "customer");
    struct sql sql = sql_start(load->arena, "INSERT INTO {} (line, derived, v_number, v_name{})", SQL(stage_literal),
                               SQL(owned ? ", v_customer" : NULL));
    sql_put(&sql,
            " SELECT (SELECT COALESCE(MAX(line), 1) FROM {}) + ROW_NUMBER() OVER (ORDER BY MIN(s.line)), ?, s.v_{},"
            " COALESCE(MIN(m.name), s.v_{}){} FROM {} s LEFT JOIN stage_made m ON m.source = ? AND m.line = s.line"
            " AND m.field = ? WHERE ",
            SQL(stage_literal), DB_INT(load->now), SQL(name_literal), SQL(name_literal),
            SQL(owned ? ", MIN(s.v_customer)" : NULL), SQL(input->format->stage_literal), DB_INT(input->index),
            DB_TEXT(str_of(made->column)));
    sql_unknown(&sql, load, column);
    sql_put(&sql, " GROUP BY s.v_{}", SQL(name_literal));
    return db_exec_sql(load->conn, &sql, err);
}

bool made_stage(struct load *load, struct err *err)
{
    for (size_t k = 0; k < sizeof MADE / sizeof *MADE; k++) {
        const struct input *to = load_input(load, MADE[k].format);
        if (!to || !input_gives(to, "name"))
            continue;
        for (size_t i = 0; i < load->input_count; i++) {
            const struct input *input = &load->inputs[i];
            if (!made_asked(input->source->mapping, &MADE[k]) || !input_gives(input, MADE[k].column))
                continue;
            if (!meanings_find(load, input, format_column(input->format, str_of(MADE[k].column)), err) ||
                !made_insert(load, input, &MADE[k], err))
                return false;
        }
    }
    return true;
}
