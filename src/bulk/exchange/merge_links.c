#include "bulk/exchange/stage.h"
#include "model/case_write.h"

/* Finds the owners of the links, and the ids of the numbers. */
static bool merge_links_resolve(struct load *load, const struct input *input, const struct link *link, struct err *err)
{
    const struct column *column = format_column(input->format, str_of(link->column));
    struct sql sql =
        sql_start(load->arena,
                  "UPDATE {} AS l SET owner = (SELECT s.id FROM {} s WHERE s.line = l.line), other = (SELECT t.id"
                  " FROM {} t WHERE t.number = l.number)",
                  SQL(link->stage_literal), SQL(input->format->stage_literal), SQL(column_refers_literal(column)));
    return db_exec_sql(load->conn, &sql, err);
}

static bool add_primary(struct load *load, const struct input *input, const struct link *link, struct err *err)
{
    if (input->format != &formats[FORMAT_CASES])
        return true;
    struct sql sql = sql_start(load->arena, "INSERT INTO {}", SQL(link->stage_literal));
    /* The primary contact is always one of the contacts: the one in the file, else the stored one. */
    sql_put(&sql, input_gives(input, "primary_contact")
                      ? " (line, owner, other) SELECT s.line, s.id, s.r_primary_contact FROM stage_cases s"
                        " WHERE s.r_primary_contact IS NOT NULL"
                      : " (line, owner, other) SELECT s.line, s.id, t.primary_contact_id FROM stage_cases s"
                        " JOIN cases t ON t.id = s.id WHERE t.primary_contact_id IS NOT NULL");
    return db_exec_sql(load->conn, &sql, err);
}

static bool index_links(struct load *load, const struct link *link, struct err *err)
{
    struct sql sql = sql_start(load->arena, "CREATE INDEX {}_owner ON {} (owner, other)", SQL(link->stage_literal),
                               SQL(link->stage_literal));
    return db_exec_sql(load->conn, &sql, err) && stage_analyze(load, link->stage_literal, err);
}

/* Appends `k.own = a.owner AND k.other = a.other`, which matches the stored link k. */
static void add_same_link(struct sql *sql, const struct link *link)
{
    sql_put(sql, "k.{} = l.owner AND k.{} = l.other", SQL(link->own_literal), SQL(link->other_literal));
}

static bool mark_differing(struct load *load, const struct input *input, const struct link *link, struct err *err)
{
    struct sql sql = sql_start(load->arena,
                               "UPDATE {} AS s SET state = " STATE_CHANGED_SQL " WHERE s.state = " STATE_UNCHANGED_SQL
                               " AND (EXISTS (SELECT 1 FROM {} l"
                               " WHERE l.owner = s.id AND NOT EXISTS (SELECT 1 FROM {} k WHERE ",
                               SQL(input->format->stage_literal), SQL(link->stage_literal), SQL(link->table_literal));
    add_same_link(&sql, link);
    sql_put(&sql, ")) OR EXISTS (SELECT 1 FROM {} k WHERE k.{} = s.id AND NOT EXISTS (SELECT 1 FROM {} l WHERE ",
            SQL(link->table_literal), SQL(link->own_literal), SQL(link->stage_literal));
    add_same_link(&sql, link);
    sql_put(&sql, ")))");
    return db_exec_sql(load->conn, &sql, err);
}

bool links_mark(struct load *load, const struct input *input, struct err *err)
{
    for (size_t i = 0; i < input->format->link_count; i++) {
        const struct link *link = &input->format->links[i];
        if (input_gives(input, link->column) &&
            !(merge_links_resolve(load, input, link, err) && add_primary(load, input, link, err) &&
              index_links(load, link, err) && mark_differing(load, input, link, err)))
            return false;
    }
    return true;
}

static bool delete_surplus(struct load *load, const struct input *input, const struct link *link, struct err *err)
{
    struct sql sql = sql_start(
        load->arena,
        "DELETE FROM {} AS k WHERE k.{} IN (SELECT s.id FROM {} s WHERE s.state = " STATE_CHANGED_SQL ")"
        " AND NOT EXISTS (SELECT 1 FROM {} l WHERE ",
        SQL(link->table_literal), SQL(link->own_literal), SQL(input->format->stage_literal), SQL(link->stage_literal));
    add_same_link(&sql, link);
    sql_put(&sql, ")");
    return db_exec_sql(load->conn, &sql, err);
}

static bool insert_links(struct load *load, const struct link *link, struct err *err)
{
    struct sql sql =
        sql_start(load->arena,
                  "INSERT INTO {} ({}, {}) SELECT l.owner, l.other FROM {} l WHERE l.other IS NOT NULL"
                  " ON CONFLICT DO NOTHING",
                  SQL(link->table_literal), SQL(link->own_literal), SQL(link->other_literal), SQL(link->stage_literal));
    return db_exec_sql(load->conn, &sql, err);
}

/* When the file has no column of contacts, the stored contacts stay and the primary contact joins them. */
static bool insert_primary(struct load *load, const struct input *input, struct err *err)
{
    if (input->format != &formats[FORMAT_CASES] || input_gives(input, "contacts") ||
        !input_gives(input, "primary_contact"))
        return true;
    return cases_link_contacts(load->conn,
                               row_set("SELECT s.id, s.r_primary_contact FROM stage_cases s"
                                       " WHERE s.r_primary_contact IS NOT NULL AND s.state <> " STATE_UNCHANGED_SQL),
                               err);
}

bool links_write(struct load *load, const struct input *input, struct err *err)
{
    for (size_t i = 0; i < input->format->link_count; i++) {
        const struct link *link = &input->format->links[i];
        if (input_gives(input, link->column) &&
            !(delete_surplus(load, input, link, err) && insert_links(load, link, err)))
            return false;
    }
    return insert_primary(load, input, err);
}

static const char *const mark_literals[] = {
    "UPDATE stage_extra AS x SET owner = (SELECT s.id FROM stage_cases s WHERE s.line = x.line)",
    "CREATE INDEX stage_extra_owner ON stage_extra (owner, key)",
    "UPDATE stage_cases AS s SET state = " STATE_CHANGED_SQL " WHERE s.state = " STATE_UNCHANGED_SQL
    " AND (EXISTS (SELECT 1 FROM stage_extra x"
    " WHERE x.owner = s.id AND NOT EXISTS (SELECT 1 FROM case_extra e WHERE e.case_id = x.owner AND e.key = x.key"
    " AND e.value = x.value)) OR EXISTS (SELECT 1 FROM case_extra e JOIN stage_extra_key g ON g.key = e.key"
    " WHERE e.case_id = s.id AND NOT EXISTS (SELECT 1 FROM stage_extra x WHERE x.owner = s.id AND x.key = e.key)))",
};

static bool has_extras(const struct input *input)
{
    for (size_t i = 0; i < input->source->header_count; i++) {
        if (input->destinations[i].extra_key.n)
            return true;
    }
    return false;
}

bool extras_mark(struct load *load, const struct input *input, struct err *err)
{
    return !has_extras(input) || db_exec_each(load->conn, DB_STATEMENTS(mark_literals), DB_NO_ARGS, err);
}

bool extras_write(struct load *load, const struct input *input, struct err *err)
{
    if (!has_extras(input))
        return true;
    return cases_drop_extras(load->conn,
                             row_set("SELECT e.case_id, e.key FROM case_extra e JOIN stage_cases s ON s.id = e.case_id"
                                     " JOIN stage_extra_key g ON g.key = e.key WHERE s.state = " STATE_CHANGED_SQL),
                             err) &&
           cases_add_extras(load->conn,
                            row_set("SELECT x.owner, x.key, x.value FROM stage_extra x JOIN stage_cases s"
                                    " ON s.id = x.owner WHERE s.state <> " STATE_UNCHANGED_SQL),
                            err);
}
