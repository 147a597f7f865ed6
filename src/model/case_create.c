#include "model/case_create.h"

#include "access/scope.h"
#include "base/clock.h"
#include "base/random.h"
#include "model/case_fields.h"
#include "model/case_rules.h"
#include "model/case_write.h"
#include "model/draft.h"
#include "model/file.h"
#include "model/submission.h"
#include "model/upload.h"

enum { KEY_BYTES = 16 };

bool case_find_submitted(struct db_conn *conn, struct arena *arena, struct str submission, int64_t since,
                         struct made_case *made, bool *found, struct err *err)
{
    return db_find(conn, arena,
                   "SELECT c.id, c.number, s.receipt FROM submission s JOIN cases c ON c.id = s.case_id"
                   " WHERE s.key = $1 AND s.created >= $2",
                   DB_ARGS(DB_TEXT(submission), DB_INT(since)),
                   DB_TARGETS(TO(&made->id), TO(&made->number), TO(&made->receipt)), found, err);
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
    struct record_column *columns = ARENA_ARRAY(creation->arena, struct record_column, c->column_count + 3);
    size_t count = 0;
    for (size_t i = 0; i < c->column_count; i++)
        columns[count++] = c->columns[i];
    columns[count++] = (struct record_column){"number", DB_TEXT(creation->made->number)};
    columns[count++] = (struct record_column){"created", DB_INT(c->now_us)};
    columns[count++] = (struct record_column){"created_by", DB_ID_OR_NULL(c->created_by)};
    creation->made->id = 0;
    return record_save(conn, creation->arena, &case_entity, columns, count, &creation->made->id, err);
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

static bool case_create_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct creation *creation = context;
    const struct new_case *wanted = creation->wanted;
    return case_take_number(conn, creation, err) && case_insert(conn, creation, err) &&
           case_insert_submission(conn, creation, err) &&
           case_contacts_add(conn, creation->made->id, wanted->contacts, wanted->contact_count, err) &&
           case_insert_extras(conn, creation, err) && case_insert_files(conn, creation, err) &&
           (!wanted->owner.n || draft_drop(conn, wanted->owner, DRAFT_NEW_CASE, err)) &&
           (!wanted->also || wanted->also(conn, wanted->also_context, creation->made, err)) &&
           scope_refresh_case(conn, creation->arena, creation->made->id, err) &&
           (!wanted->tell || wanted->tell(wanted->visit, creation->made->id, err)) && generation_bump(conn, err);
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
