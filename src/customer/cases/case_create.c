#include "customer/cases/case_create.h"

#include "access/scope.h"
#include "base/clock.h"
#include "base/random.h"
#include "customer/cases/new_rules.h"
#include "parts/notices/notices.h"

enum { KEY_BYTES = 16 };

bool case_find_submitted(struct db_conn *conn, struct arena *arena, struct str submission, int64_t since,
                         struct made_case *made, bool *found, struct err *err)
{
    struct db_rows *rows =
        db_query(conn, arena,
                 "SELECT c.id, c.number, s.receipt FROM submission s JOIN cases c ON c.id = s.case_id"
                 " WHERE s.key = $1 AND s.created >= $2",
                 DB_ARGS(DB_TEXT(submission), DB_INT(since)), err);
    *found = rows && db_next(rows);
    if (*found)
        *made = (struct made_case){db_int(rows, 0), db_text_copy(rows, 1, arena), db_text_copy(rows, 2, arena)};
    return db_done(rows, err);
}

struct creation {
    struct arena *arena;
    const struct new_case *wanted;
    struct made_case *made;
};

/* Imported cases may have taken numbers of the day. */
static bool take_number(struct db_conn *conn, const struct creation *creation, struct err *err)
{
    int32_t day = clock_date(creation->wanted->now_us);
    struct str key = date_format(creation->arena, day);
    bool taken = true;
    while (taken) {
        int64_t counter = 0, ignored = 0;
        if (!db_query_int(conn,
                          "INSERT INTO case_counter (day, last) VALUES ($1, 1)"
                          " ON CONFLICT (day) DO UPDATE SET last = case_counter.last + 1 RETURNING last",
                          DB_ARGS(DB_TEXT(key)), NULL, &counter, err))
            return false;
        creation->made->number = rules_case_number(creation->arena, day, counter);
        if (!db_query_int(conn, "SELECT id FROM cases WHERE number = $1", DB_ARGS(DB_TEXT(creation->made->number)),
                          &taken, &ignored, err))
            return false;
    }
    return true;
}

static bool insert_case(struct db_conn *conn, const struct creation *creation, struct err *err)
{
    const struct new_case *c = creation->wanted;
    return db_query_int(
        conn,
        "INSERT INTO cases (number, title, description, type_id, priority_id, customer_id, object_id, "
        "primary_contact_id,"
        " your_reference, reporter, reporter_phone, site_street, site_postal_code, site_city, created, created_by)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id",
        DB_ARGS(DB_TEXT(creation->made->number), DB_TEXT(c->title), DB_TEXT(c->description), DB_ID_OR_NULL(c->type_id),
                DB_ID_OR_NULL(c->priority_id), DB_ID_OR_NULL(c->customer_id), DB_ID_OR_NULL(c->object_id),
                DB_ID_OR_NULL(c->contact_id), DB_TEXT(c->your_reference), DB_TEXT(c->reporter),
                DB_TEXT(c->reporter_phone), DB_TEXT(c->site_street), DB_TEXT(c->site_postal_code),
                DB_TEXT(c->site_city), DB_INT(c->now_us), DB_ID_OR_NULL(c->created_by)),
        NULL, &creation->made->id, err);
}

static bool insert_extras(struct db_conn *conn, const struct creation *creation, struct err *err)
{
    const struct new_case *c = creation->wanted;
    for (size_t i = 0; i < c->extra_count; i++) {
        if (!db_exec(conn, "INSERT INTO case_extra (case_id, key, value) VALUES ($1, $2, $3)",
                     DB_ARGS(DB_INT(creation->made->id), DB_TEXT(c->extras[i].key), DB_TEXT(c->extras[i].value)), err))
            return false;
    }
    return true;
}

static bool insert_files(struct db_conn *conn, const struct creation *creation, struct err *err)
{
    const struct new_case *c = creation->wanted;
    for (size_t i = 0; i < c->file_count; i++) {
        const struct new_case_file *file = &c->files[i];
        struct str key = random_token(creation->arena, KEY_BYTES);
        if (!db_exec(conn,
                     "INSERT INTO file (key, case_id, name, media_type, size, digest, visible, created)"
                     " VALUES ($1, $2, $3, $4, $5, $6, 1, $7)",
                     DB_ARGS(DB_TEXT(key), DB_INT(creation->made->id), DB_TEXT(file->name), DB_TEXT(file->media_type),
                             DB_INT(file->size), DB_TEXT(file->digest), DB_INT(c->now_us)),
                     err))
            return false;
        if (file->upload.n && !db_exec(conn, "DELETE FROM upload WHERE key = $1 AND owner = $2",
                                       DB_ARGS(DB_TEXT(file->upload), DB_TEXT(c->owner)), err))
            return false;
    }
    return true;
}

/* The unique key is what makes two sendings at once one case: the second waits for the first, then conflicts. */
static bool insert_submission(struct db_conn *conn, const struct creation *creation, struct err *err)
{
    const struct new_case *c = creation->wanted;
    if (!c->submission.n)
        return true;
    creation->made->receipt = random_token(creation->arena, KEY_BYTES);
    if (c->same_since &&
        !db_exec(conn, "UPDATE submission SET key = key || '.' || receipt WHERE key = $1 AND created < $2",
                 DB_ARGS(DB_TEXT(c->submission), DB_INT(c->same_since)), err))
        return false;
    return db_exec(conn,
                   "INSERT INTO submission (key, receipt, case_id, login_id, created) VALUES ($1, $2, $3, $4, $5)",
                   DB_ARGS(DB_TEXT(c->submission), DB_TEXT(creation->made->receipt), DB_INT(creation->made->id),
                           DB_INT(c->created_by), DB_INT(c->now_us)),
                   err);
}

static bool end_draft(struct db_conn *conn, const struct new_case *wanted, struct err *err)
{
    return !wanted->owner.n ||
           db_exec(conn, "DELETE FROM draft WHERE owner = $1 AND about = ''", DB_ARGS(DB_TEXT(wanted->owner)), err);
}

static bool link_contact(struct db_conn *conn, const struct creation *creation, struct err *err)
{
    int64_t contact = creation->wanted->contact_id;
    return !contact || db_exec(conn, "INSERT INTO case_contact (case_id, contact_id) VALUES ($1, $2)",
                               DB_ARGS(DB_INT(creation->made->id), DB_INT(contact)), err);
}

static bool tell(const struct creation *creation, struct err *err)
{
    return !creation->wanted->visit || notice_new_case(creation->wanted->visit, creation->made->id, err);
}

static bool create(struct db_conn *conn, void *context, struct err *err)
{
    const struct creation *creation = context;
    return take_number(conn, creation, err) && insert_case(conn, creation, err) &&
           insert_submission(conn, creation, err) && link_contact(conn, creation, err) &&
           insert_extras(conn, creation, err) && insert_files(conn, creation, err) &&
           end_draft(conn, creation->wanted, err) &&
           (!creation->wanted->also ||
            creation->wanted->also(conn, creation->wanted->also_context, creation->made, err)) &&
           scope_refresh_case(conn, creation->arena, creation->made->id, err) && tell(creation, err) &&
           generation_bump(conn, err);
}

bool case_create(struct db_conn *conn, struct arena *arena, const struct new_case *wanted, struct made_case *made,
                 struct err *err)
{
    struct creation creation = {arena, wanted, made};
    struct err cause = {.kind = ERR_NONE};
    bool found = false;
    bool keyed = wanted->submission.n > 0;
    if (keyed &&
        (!case_find_submitted(conn, arena, wanted->submission, wanted->same_since, made, &found, err) || found))
        return found;
    if (db_transaction(conn, create, &creation, &cause))
        return true;
    if (keyed && cause.kind == ERR_CONFLICT) {
        if (!case_find_submitted(conn, arena, wanted->submission, wanted->same_since, made, &found, err) || found)
            return found;
    }
    if (err)
        *err = cause;
    return false;
}
