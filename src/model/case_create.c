#include "model/case_create.h"

#include "access/scope.h"
#include "base/clock.h"
#include "base/random.h"
#include "model/case_rules.h"
#include "model/draft.h"
#include "model/file.h"
#include "model/submission.h"
#include "model/upload.h"

enum { KEY_BYTES = 16 };

bool case_find_submitted(struct db_conn *conn, struct arena *arena, struct str submission, int64_t since,
                         struct made_case *made, bool *found, struct err *err)
{
    struct db_rows *rows =
        db_query(conn, arena,
                 "SELECT c.id, c.number, s.receipt FROM submission s JOIN cases c ON c.id = s.case_id"
                 " WHERE s.key = $1 AND s.created >= $2",
                 DB_ARGS(DB_TEXT(submission), DB_INT(since)), err);
    *found = db_next(rows);
    if (*found)
        *made = (struct made_case){db_int(rows, 0), db_text_copy(rows, 1, arena), db_text_copy(rows, 2, arena)};
    return db_done(rows, err);
}

struct creation {
    struct arena *arena;
    const struct new_case *wanted;
    struct made_case *made;
};

/* Tries numbers until one is free: imported cases may have taken numbers of the day. */
static bool case_take_number(struct db_conn *conn, const struct creation *creation, struct err *err)
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

static bool case_insert(struct db_conn *conn, const struct creation *creation, struct err *err)
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

static bool case_insert_extras(struct db_conn *conn, const struct creation *creation, struct err *err)
{
    const struct new_case *c = creation->wanted;
    for (size_t i = 0; i < c->extra_count; i++) {
        if (!db_exec(conn, "INSERT INTO case_extra (case_id, key, value) VALUES ($1, $2, $3)",
                     DB_ARGS(DB_INT(creation->made->id), DB_TEXT(c->extras[i].key), DB_TEXT(c->extras[i].value)), err))
            return false;
    }
    return true;
}

static bool case_insert_files(struct db_conn *conn, const struct creation *creation, struct err *err)
{
    const struct new_case *c = creation->wanted;
    for (size_t i = 0; i < c->file_count; i++) {
        const struct new_case_file *file = &c->files[i];
        const struct new_file_row row = {.owner_kind = OWNER_CASE,
                                         .owner_id = creation->made->id,
                                         .name = file->name,
                                         .media_type = file->media_type,
                                         .digest = file->digest,
                                         .size = file->size,
                                         .created = c->now_us,
                                         .visible = true};
        if (!file_insert(conn, creation->arena, &row, err))
            return false;
        if (file->upload.n && !upload_forget(conn, c->owner, file->upload, err))
            return false;
    }
    return true;
}

static bool case_insert_submission(struct db_conn *conn, const struct creation *creation, struct err *err)
{
    const struct new_case *c = creation->wanted;
    if (!c->submission.n)
        return true;
    creation->made->receipt = random_token(creation->arena, KEY_BYTES);
    const struct submission submission = {
        c->submission, creation->made->receipt, creation->made->id, c->created_by, c->now_us, c->same_since};
    return submission_add(conn, &submission, err);
}

static bool case_end_draft(struct db_conn *conn, const struct new_case *wanted, struct err *err)
{
    return !wanted->owner.n || draft_drop(conn, wanted->owner, DRAFT_NEW_CASE, err);
}

static bool case_link_contact(struct db_conn *conn, const struct creation *creation, struct err *err)
{
    int64_t contact = creation->wanted->contact_id;
    return !contact || db_exec(conn, "INSERT INTO case_contact (case_id, contact_id) VALUES ($1, $2)",
                               DB_ARGS(DB_INT(creation->made->id), DB_INT(contact)), err);
}

static bool case_create_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct creation *creation = context;
    return case_take_number(conn, creation, err) && case_insert(conn, creation, err) &&
           case_insert_submission(conn, creation, err) && case_link_contact(conn, creation, err) &&
           case_insert_extras(conn, creation, err) && case_insert_files(conn, creation, err) &&
           case_end_draft(conn, creation->wanted, err) &&
           (!creation->wanted->also ||
            creation->wanted->also(conn, creation->wanted->also_context, creation->made, err)) &&
           scope_refresh_case(conn, creation->arena, creation->made->id, err) &&
           (!creation->wanted->tell || creation->wanted->tell(creation->wanted->visit, creation->made->id, err)) &&
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
    if (db_transaction(conn, case_create_body, &creation, &cause))
        return true;
    if (keyed && cause.kind == ERR_CONFLICT) {
        if (!case_find_submitted(conn, arena, wanted->submission, wanted->same_since, made, &found, err) || found)
            return found;
    }
    if (err)
        *err = cause;
    return false;
}
