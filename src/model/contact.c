#include "model/contact.h"

#include "access/actor.h"

/* Contacts whose addresses are derived before the arena is emptied. */
#define CHUNK 500

bool contact_set_mails_off(struct db_conn *conn, int64_t id, int64_t off, struct err *err)
{
    return db_exec(conn, "UPDATE contact SET mails_off = $2 WHERE id = $1", DB_ARGS(DB_INT(id), DB_INT(off)), err);
}

bool contact_erase(struct db_conn *conn, int64_t id, struct err *err)
{
    static const char *const statement_literals[] = {
        "DELETE FROM contact_customer WHERE contact_id = $1",
        "DELETE FROM contact_object WHERE contact_id = $1",
        "DELETE FROM contact_address WHERE contact_id = $1",
        "UPDATE contact SET first_name = '" CONTACT_ERASED_FIRST "', last_name = '" CONTACT_ERASED_LAST
        "', email = '', email_2 = '',"
        " email_3 = '', phone = '', mobile = '', active = 0, mails_off = 0 WHERE id = $1",
    };
    for (size_t i = 0; i < sizeof statement_literals / sizeof *statement_literals; i++) {
        if (!db_exec(conn, statement_literals[i], DB_ARGS(DB_INT(id)), err))
            return false;
    }
    return true;
}

bool contact_set_addresses(struct db_conn *conn, struct arena *arena, int64_t id, const struct str emails[3],
                           struct err *err)
{
    if (!db_exec(conn, "DELETE FROM contact_address WHERE contact_id = $1", DB_ARGS(DB_INT(id)), err))
        return false;
    for (int i = 0; i < 3; i++) {
        struct str address = actor_fold_name(arena, emails[i]);
        if (address.n &&
            !db_exec(conn, "INSERT INTO contact_address (address, contact_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                     DB_ARGS(DB_TEXT(address), DB_INT(id)), err))
            return false;
    }
    return true;
}

static bool contact_set_links(struct db_conn *conn, int64_t id, struct str numbers, const char *delete_literal,
                              const char *insert_literal, struct err *err)
{
    struct str rest = numbers, number;
    if (!db_exec(conn, delete_literal, DB_ARGS(DB_INT(id)), err))
        return false;
    while (str_cut(&rest, '\n', &number)) {
        number = str_trim(number);
        if (number.n && !db_exec(conn, insert_literal, DB_ARGS(DB_INT(id), DB_TEXT(number)), err))
            return false;
    }
    return true;
}

bool contact_set_customers(struct db_conn *conn, int64_t id, struct str numbers, struct err *err)
{
    return contact_set_links(
        conn, id, numbers, "DELETE FROM contact_customer WHERE contact_id = $1",
        "INSERT INTO contact_customer (contact_id, customer_id) SELECT CAST($1 AS BIGINT), id FROM customer"
        " WHERE number = $2 ON CONFLICT DO NOTHING",
        err);
}

bool contact_set_objects(struct db_conn *conn, int64_t id, struct str numbers, struct err *err)
{
    return contact_set_links(
        conn, id, numbers, "DELETE FROM contact_object WHERE contact_id = $1",
        "INSERT INTO contact_object (contact_id, object_id) SELECT CAST($1 AS BIGINT), id FROM object"
        " WHERE number = $2 ON CONFLICT DO NOTHING",
        err);
}

bool contacts_drop_addresses(struct db_conn *conn, struct row_set contacts, struct err *err)
{
    return db_exec_rows(conn, "DELETE FROM contact_address WHERE contact_id IN (", contacts, ")", err);
}

/* Reads the addresses of the next contacts. *after moves past them; *more: there were contacts. */
static bool contact_read_addresses(struct db_conn *conn, struct arena *arena, const char *literal, int64_t *after,
                                   bool *more, struct db_value (*pairs)[2], size_t *count, struct err *err)
{
    struct db_rows *rows = db_query(conn, arena, literal, DB_ARGS(DB_INT(*after), DB_INT(CHUNK)), err);
    *more = false;
    *count = 0;
    while (db_next(rows)) {
        *more = true;
        *after = db_int(rows, 0);
        for (int field = 1; field <= 3; field++) {
            struct str address = actor_fold_name(arena, db_text(rows, field));
            if (!address.n)
                continue;
            pairs[*count][0] = DB_TEXT(arena_str(arena, address));
            pairs[(*count)++][1] = DB_INT(*after);
        }
    }
    return db_done(rows, err);
}

static bool contact_write_addresses(struct db_conn *conn, struct arena *arena, struct db_value (*pairs)[2],
                                    size_t count, struct err *err)
{
    struct db_batch *batch = db_batch_begin(
        conn, arena, "INSERT INTO contact_address (address, contact_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", err);
    bool ok = batch != NULL;
    for (size_t i = 0; ok && i < count; i++)
        ok = db_batch_add(batch, pairs[i], 2, err);
    return db_batch_end(batch, err) && ok;
}

bool contacts_derive_addresses(struct db_conn *conn, const char *contacts_literal, struct err *err)
{
    struct arena *arena = arena_create();
    int64_t after = 0;
    bool more = true, ok = true;
    while (ok && more) {
        struct db_value(*pairs)[2] = arena_array(arena, (size_t)CHUNK * 3, sizeof *pairs);
        size_t count = 0;
        ok = contact_read_addresses(conn, arena, contacts_literal, &after, &more, pairs, &count, err) &&
             contact_write_addresses(conn, arena, pairs, count, err);
        arena_reset(arena);
    }
    arena_destroy(arena);
    return ok;
}
