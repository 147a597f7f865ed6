#include "model/contact.h"

#include "access/actor.h"
#include "access/entity_words.h"
#include "access/scope.h"
#include "model/contact_fields.h"
#include "model/history.h"

/* Contacts whose addresses are derived before the arena is emptied. */
#define CHUNK 500

bool contact_save(struct db_conn *conn, struct arena *arena, const struct record_column *columns, size_t count,
                  int64_t *id, struct err *err)
{
    return record_save(conn, arena, &contact_entity, columns, count, id, err);
}

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
    return entity_words_refresh(conn, SEARCH_CONTACTS, id, err);
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

struct contact_readdressing {
    struct visit *visit;
    struct str number, address;
    bool give;
    bool full; /* no address field is free */
};

/* Changes the addresses. Returns their names for the audit; empty when there is nothing to change. */
static struct str contact_readdress(struct contact_readdressing *one, struct str emails[3])
{
    struct arena *arena = one->visit->arena;
    struct str address = actor_fold_name(arena, one->address);
    struct buf changed;
    buf_init(&changed, arena);
    one->full = false;
    for (int i = 0; i < 3; i++) {
        if (!str_eq(actor_fold_name(arena, emails[i]), address))
            continue;
        if (one->give)
            return STR_NONE;
        emails[i] = STR_NONE;
        buf_printf(&changed, "%s%s", changed.n ? ", " : "", contact_entity.fields[CONTACT_EMAIL + i].name);
    }
    for (int i = 0; i < 3 && one->give; i++) {
        if (emails[i].n)
            continue;
        emails[i] = one->address;
        return str_of(contact_entity.fields[CONTACT_EMAIL + i].name);
    }
    one->full = one->give;
    return buf_text(&changed);
}

static bool contact_readdress_body(struct db_conn *conn, void *context, struct err *err)
{
    struct contact_readdressing *one = context;
    struct visit *visit = one->visit;
    struct str emails[3];
    int64_t id = 0;
    bool found = false;
    /* generation_bump lets only one writer in at a time, so the row cannot change after it is read. */
    if (!generation_bump(conn, err) ||
        !db_find(conn, visit->arena, "SELECT id, email, email_2, email_3 FROM contact WHERE number = $1",
                 DB_ARGS(DB_TEXT(one->number)), DB_TARGETS(TO(&id), TO(&emails[0]), TO(&emails[1]), TO(&emails[2])),
                 &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such contact");
    struct str changed = contact_readdress(one, emails);
    return !changed.n ||
           (db_exec(conn, "UPDATE contact SET email = $2, email_2 = $3, email_3 = $4 WHERE id = $1",
                    DB_ARGS(DB_INT(id), DB_TEXT(emails[0]), DB_TEXT(emails[1]), DB_TEXT(emails[2])), err) &&
            entity_words_refresh(conn, SEARCH_CONTACTS, id, err) &&
            contact_set_addresses(conn, visit->arena, id, emails, err) &&
            history_add(visit, (struct history_of){"contact", id},
                        tr(LANG_SV, contact_entity.fields[CONTACT_EMAIL].label), one->give ? STR_NONE : one->address,
                        one->give ? one->address : STR_NONE, err) &&
            visit_audit(visit, "register_row_changed",
                        arena_printf(visit->arena, "contacts %.*s", STR_FMT(one->number)), changed, err));
}

bool contact_give_address(struct visit *visit, struct str number, struct str address, bool *full, struct err *err)
{
    struct contact_readdressing one = {.visit = visit, .number = number, .address = address, .give = true};
    bool ok = db_transaction(visit->db, contact_readdress_body, &one, err);
    *full = one.full;
    return ok;
}

bool contact_take_address(struct visit *visit, struct str number, struct str address, struct err *err)
{
    struct contact_readdressing one = {.visit = visit, .number = number, .address = address};
    return db_transaction(visit->db, contact_readdress_body, &one, err);
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
    struct str sent[3];
    *more = false;
    *count = 0;
    while (db_read_next(rows, TO(after), TO_LENT(&sent[0]), TO_LENT(&sent[1]), TO_LENT(&sent[2]))) {
        *more = true;
        for (int i = 0; i < 3; i++) {
            struct str address = actor_fold_name(arena, sent[i]);
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
