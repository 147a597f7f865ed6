#include "access/visibility.h"

static bool sees_nothing(const struct actor *actor)
{
    return actor->kind == ACTOR_NOBODY || (actor->kind == ACTOR_CONTACT && !actor->contact_id);
}

/*
 * Domain 5, contact logins: cases where contact K is a contact, and cases on O, of C and on OC. Customer and object
 * logins see their own cases (domain 3). The scopes of cancelled cases are negative: `side` is -1.
 */
static void scopes_add(struct sql *sql, const struct actor *actor, int side)
{
    const char *side_literal = side < 0 ? "-" : "";
    if (actor->kind == ACTOR_CUSTOMER) {
        sql_put(sql, "?", DB_INT(side * scope_key(actor->customer_id, SCOPE_CUSTOMER)));
    } else if (actor->kind == ACTOR_OBJECT) {
        sql_put(sql, "?", DB_INT(side * scope_key(actor->object_id, SCOPE_OBJECT)));
    } else {
        sql_put(sql,
                "? UNION ALL SELECT {}(customer_id * 4 + 1) FROM contact_customer WHERE contact_id = ? UNION ALL"
                " SELECT {}(customer_id * 4 + 3) FROM contact_customer WHERE contact_id = ? UNION ALL"
                " SELECT {}(object_id * 4 + 2) FROM contact_object WHERE contact_id = ?",
                DB_INT(side * scope_key(actor->contact_id, SCOPE_CONTACT)), SQL(side_literal),
                DB_INT(actor->contact_id), SQL(side_literal), DB_INT(actor->contact_id), SQL(side_literal),
                DB_INT(actor->contact_id));
    }
}

void visible_scopes(struct sql *sql, const struct actor *actor)
{
    if (sees_nothing(actor)) {
        sql_put(sql, "(SELECT 0 WHERE 1 = 0)");
        return;
    }
    sql_put(sql, "(SELECT ");
    scopes_add(sql, actor, 1);
    if (actor->sees_cancelled) {
        sql_put(sql, " UNION ALL SELECT ");
        scopes_add(sql, actor, -1);
    }
    sql_put(sql, ")");
}

void visible_case(struct sql *sql, const struct actor *actor, const char *case_literal)
{
    sql_put(sql, "EXISTS (SELECT 1 FROM case_scope visible WHERE visible.case_id = {} AND visible.scope IN ",
            SQL(case_literal));
    visible_scopes(sql, actor);
    sql_put(sql, ")");
}

void visible_cases_of_object(struct sql *sql, const struct actor *actor, int64_t object_id)
{
    sql_put(sql, "case_scope s CROSS JOIN cases c WHERE c.id = s.case_id AND s.scope = ? AND ",
            DB_INT(scope_key(object_id, SCOPE_OBJECT)));
    visible_case(sql, actor, "s.case_id");
}

void visible_own_cases(struct sql *sql, const struct actor *actor)
{
    bool contact = actor->kind == ACTOR_CONTACT;
    sql_put(
        sql, "case_scope s WHERE s.scope = ?",
        DB_INT(scope_key(contact ? actor->contact_id : actor->customer_id, contact ? SCOPE_CONTACT : SCOPE_CUSTOMER)));
}

bool visible_case_ways(struct db_conn *conn, struct arena *arena, const struct actor *actor, int64_t case_id,
                       bool ways[SCOPE_KINDS], struct err *err)
{
    struct sql sql =
        sql_start(arena, "SELECT s.scope FROM case_scope s WHERE s.case_id = ? AND s.scope IN ", DB_INT(case_id));
    visible_scopes(&sql, actor);
    for (size_t i = 0; i < SCOPE_KINDS; i++)
        ways[i] = false;
    struct db_rows *rows = db_query_sql(conn, arena, &sql, err);
    while (db_next(rows))
        ways[scope_key_kind(db_int(rows, 0))] = true;
    return db_done(rows, err);
}

bool visible_scope_list(struct db_conn *conn, struct arena *arena, const struct actor *actor, size_t cap,
                        int64_t **scopes, size_t *count, bool *more, struct err *err)
{
    struct sql sql = sql_start(arena, "SELECT * FROM ");
    visible_scopes(&sql, actor);
    sql_put(&sql, " AS scopes LIMIT ?", DB_INT((int64_t)cap + 1));
    *scopes = ARENA_ARRAY(arena, int64_t, cap + 1);
    bool ok = db_read_numbers(db_query_sql(conn, arena, &sql, err), *scopes, cap + 1, count, err);
    *more = *count > cap;
    *count -= *more;
    return ok;
}

void visible_events(struct sql *sql, const struct actor *actor, enum scope_event_kind kind)
{
    sql_put(sql, "e.kind = ? AND e.scope IN ", DB_INT(kind));
    visible_scopes(sql, actor);
}

void visible_newest(struct sql *sql, const struct actor *actor, enum scope_event_kind kind, int64_t depth)
{
    sql_put(sql, "(WITH k (scope) AS ");
    visible_scopes(sql, actor);
    sql_put(sql,
            " SELECT DISTINCT e.at, e.case_id FROM k CROSS JOIN scope_event e WHERE e.scope = k.scope AND e.kind = ?"
            " AND e.at >= COALESCE((SELECT x.at FROM scope_event x WHERE x.scope = k.scope AND x.kind = ?"
            " ORDER BY x.at DESC LIMIT 1 OFFSET ?), 0))",
            DB_INT(kind), DB_INT(kind), DB_INT(depth));
}

void visible_message(struct sql *sql, const struct actor *actor)
{
    visible_case(sql, actor, "m.case_id");
}

void visible_attachment(struct sql *sql, const struct actor *actor)
{
    sql_put(sql, "(f.visible = 1 AND f.case_id IS NOT NULL AND ");
    visible_case(sql, actor, "f.case_id");
    sql_put(sql, ")");
}

/* The union of C and CO. */
static void customers_of_contact(struct sql *sql, const struct actor *actor)
{
    sql_put(sql,
            "cu.id IN (SELECT customer_id FROM contact_customer WHERE contact_id = ? UNION ALL"
            " SELECT own.customer_id FROM contact_object link JOIN object own ON own.id = link.object_id"
            " WHERE link.contact_id = ? AND own.customer_id IS NOT NULL)",
            DB_INT(actor->contact_id), DB_INT(actor->contact_id));
}

/* The union of O and OC. */
static void objects_of_contact(struct sql *sql, const struct actor *actor)
{
    sql_put(sql,
            "o.id IN (SELECT object_id FROM contact_object WHERE contact_id = ? UNION ALL SELECT own.id"
            " FROM contact_customer link JOIN object own ON own.customer_id = link.customer_id"
            " WHERE link.contact_id = ?)",
            DB_INT(actor->contact_id), DB_INT(actor->contact_id));
}

static void visibility_nothing(struct sql *sql)
{
    sql_put(sql, "1 = 0");
}

void visible_customer(struct sql *sql, const struct actor *actor)
{
    if (sees_nothing(actor)) {
        visibility_nothing(sql);
    } else if (actor->kind == ACTOR_CONTACT) {
        customers_of_contact(sql, actor);
    } else {
        sql_put(sql, "cu.id = ?", DB_INT(actor->customer_id));
    }
}

void visible_object(struct sql *sql, const struct actor *actor)
{
    if (sees_nothing(actor)) {
        visibility_nothing(sql);
    } else if (actor->kind == ACTOR_CONTACT) {
        objects_of_contact(sql, actor);
    } else if (actor->kind == ACTOR_CUSTOMER) {
        sql_put(sql, "o.customer_id = ?", DB_INT(actor->customer_id));
    } else {
        sql_put(sql, "o.id = ?", DB_INT(actor->object_id));
    }
}

void visible_object_each(struct sql *sql, const struct actor *actor, const char *alias_literal)
{
    if (sees_nothing(actor))
        visibility_nothing(sql);
    else if (actor->kind == ACTOR_CONTACT)
        sql_put(sql,
                "(EXISTS (SELECT 1 FROM contact_object link WHERE link.contact_id = ? AND link.object_id = {}.id)"
                " OR EXISTS (SELECT 1 FROM contact_customer link WHERE link.contact_id = ?"
                " AND link.customer_id = {}.customer_id))",
                DB_INT(actor->contact_id), SQL(alias_literal), DB_INT(actor->contact_id), SQL(alias_literal));
    else if (actor->kind == ACTOR_CUSTOMER)
        sql_put(sql, "{}.customer_id = ?", SQL(alias_literal), DB_INT(actor->customer_id));
    else
        sql_put(sql, "{}.id = ?", SQL(alias_literal), DB_INT(actor->object_id));
}

void visible_seen_object(struct sql *sql, const struct actor *actor)
{
    sql_put(sql, " LEFT JOIN object seen ON seen.id = c.object_id AND ");
    visible_object_each(sql, actor, "seen");
}

/*
 * The condition is written so that the engine does not use the index of active rows for it: the few rows that the actor
 * sees are the cheaper way.
 */
void choosable_customer(struct sql *sql, const struct actor *actor)
{
    sql_put(sql, "(cu.active <> 0 AND ");
    visible_customer(sql, actor);
    sql_put(sql, ")");
}

void choosable_object(struct sql *sql, const struct actor *actor)
{
    sql_put(sql, "(o.active <> 0 AND ");
    visible_object(sql, actor);
    sql_put(sql, ")");
}

static void few_end(struct sql *sql, bool active, size_t cap)
{
    sql_put(sql, active ? " AND own.active = 1 LIMIT ?" : " LIMIT ?", DB_INT((int64_t)cap + 1));
}

void visible_few_objects(struct sql *sql, const struct actor *actor, bool active, size_t cap)
{
    if (actor->kind != ACTOR_CONTACT || sees_nothing(actor)) {
        sql_put(sql, "(SELECT o.id FROM object o WHERE ");
        if (active)
            choosable_object(sql, actor);
        else
            visible_object(sql, actor);
        sql_put(sql, " LIMIT ?)", DB_INT((int64_t)cap + 1));
        return;
    }
    sql_put(sql,
            "(SELECT id FROM (SELECT own.id FROM contact_customer link JOIN object own ON own.customer_id ="
            " link.customer_id WHERE link.contact_id = ?",
            DB_INT(actor->contact_id));
    few_end(sql, active, cap);
    sql_put(sql,
            ") AS by_customer UNION SELECT id FROM (SELECT own.id FROM contact_object link"
            " JOIN object own ON own.id = link.object_id WHERE link.contact_id = ?",
            DB_INT(actor->contact_id));
    few_end(sql, active, cap);
    sql_put(sql, ") AS by_link)");
}

bool may_choose_customer(const struct actor *actor)
{
    return actor->kind == ACTOR_CONTACT && actor->contact_id && (actor->has_customers || actor->has_objects);
}

bool may_choose_object(const struct actor *actor)
{
    return actor->kind == ACTOR_CUSTOMER || may_choose_customer(actor);
}

/*
 * Domain 5: prices show only if the case's own customer is one of the actor's; seeing the case through an object is not
 * enough.
 */
static bool is_own_customer(struct db_conn *conn, const struct actor *actor, int64_t case_id, bool *own,
                            struct err *err)
{
    int64_t ignored = 0;
    *own = false;
    if (actor->kind == ACTOR_CUSTOMER)
        return db_query_int(conn, "SELECT 1 FROM cases WHERE id = $1 AND customer_id = $2",
                            DB_ARGS(DB_INT(case_id), DB_INT(actor->customer_id)), own, &ignored, err);
    if (actor->kind == ACTOR_CONTACT && actor->contact_id)
        return db_query_int(conn,
                            "SELECT 1 FROM cases c JOIN contact_customer link ON link.customer_id = c.customer_id"
                            " WHERE c.id = $1 AND link.contact_id = $2",
                            DB_ARGS(DB_INT(case_id), DB_INT(actor->contact_id)), own, &ignored, err);
    return true;
}

bool visible_prices(struct db_conn *conn, const struct actor *actor, enum price_rule rule, int64_t case_id,
                    bool *visible, struct err *err)
{
    *visible = false;
    if (rule == PRICE_NEVER || sees_nothing(actor))
        return true;
    if (rule == PRICE_ALWAYS) {
        *visible = true;
        return true;
    }
    return is_own_customer(conn, actor, case_id, visible, err);
}

void visible_price(struct sql *sql, const struct actor *actor, enum price_rule rule)
{
    if (rule == PRICE_NEVER || sees_nothing(actor)) {
        visibility_nothing(sql);
    } else if (rule == PRICE_ALWAYS) {
        sql_put(sql, "1 = 1");
    } else if (actor->kind == ACTOR_CONTACT) {
        sql_put(sql,
                "(c.customer_id IS NOT NULL AND c.customer_id IN (SELECT customer_id FROM contact_customer"
                " WHERE contact_id = ?))",
                DB_INT(actor->contact_id));
    } else if (actor->kind == ACTOR_CUSTOMER) {
        sql_put(sql, "(c.customer_id IS NOT NULL AND c.customer_id = ?)", DB_INT(actor->customer_id));
    } else {
        visibility_nothing(sql);
    }
}

bool may_see_specifications(const struct actor *actor)
{
    return actor->kind == ACTOR_CONTACT && actor->contact_id && actor->has_customers;
}

bool may_see_dashboards(const struct actor *actor)
{
    return actor->kind == ACTOR_CONTACT && actor->contact_id;
}

void visible_specification(struct sql *sql, const struct actor *actor)
{
    if (!may_see_specifications(actor)) {
        visibility_nothing(sql);
        return;
    }
    sql_put(sql,
            "(s.status <> 'draft' AND s.customer_id IN (SELECT customer_id FROM contact_customer"
            " WHERE contact_id = ?))",
            DB_INT(actor->contact_id));
}

void visible_file(struct sql *sql, const struct actor *actor)
{
    if (actor->kind != ACTOR_CONTACT || sees_nothing(actor)) {
        visibility_nothing(sql);
        return;
    }
    sql_put(sql,
            "(f.visible = 1 AND (f.customer_id IN (SELECT customer_id FROM contact_customer"
            " WHERE contact_id = ?) OR f.object_id IN (SELECT o.id FROM object o WHERE ",
            DB_INT(actor->contact_id));
    objects_of_contact(sql, actor);
    sql_put(sql, ") OR (f.case_id IS NOT NULL AND ");
    visible_case(sql, actor, "f.case_id");
    sql_put(sql, ")))");
}

/*
 * Follows the three ways of visible_file, each from the owner of the files to the files. DISTINCT, because several
 * scopes may reach the same case.
 */
void visible_files(struct sql *sql, const struct actor *actor)
{
    if (actor->kind != ACTOR_CONTACT || sees_nothing(actor)) {
        sql_put(sql, "(SELECT 0 AS id WHERE 1 = 0)");
        return;
    }
    sql_put(sql,
            "(SELECT of_customer.id FROM contact_customer link CROSS JOIN file of_customer"
            " WHERE of_customer.customer_id = link.customer_id AND of_customer.visible = 1"
            " AND link.contact_id = ? UNION ALL SELECT of_object.id FROM object o CROSS JOIN file of_object"
            " WHERE of_object.object_id = o.id AND of_object.visible = 1 AND ",
            DB_INT(actor->contact_id));
    objects_of_contact(sql, actor);
    sql_put(sql, " UNION ALL SELECT of_case.id FROM (SELECT DISTINCT s.case_id FROM case_scope s WHERE s.scope IN ");
    visible_scopes(sql, actor);
    sql_put(sql, ") visible CROSS JOIN file of_case WHERE of_case.case_id = visible.case_id AND of_case.visible = 1)");
}
