#include "model/case_write.h"

#include "model/case_fields.h"
#include "model/contact.h"

bool case_update(struct db_conn *conn, struct arena *arena, int64_t case_id, const struct record_column *columns,
                 size_t count, struct err *err)
{
    return record_save(conn, arena, &case_entity, columns, count, &case_id, err);
}

bool case_contacts_add(struct db_conn *conn, int64_t case_id, const int64_t *contacts, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!db_exec(conn, "INSERT INTO case_contact (case_id, contact_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                     DB_ARGS(DB_INT(case_id), DB_INT(contacts[i])), err))
            return false;
    }
    return true;
}

bool case_contacts_set(struct db_conn *conn, int64_t case_id, const int64_t *contacts, size_t count, struct err *err)
{
    return db_exec(conn, "DELETE FROM case_contact WHERE case_id = $1", DB_ARGS(DB_INT(case_id)), err) &&
           case_contacts_add(conn, case_id, contacts, count, err);
}

bool case_extra_set(struct db_conn *conn, int64_t case_id, struct str key, struct str value, struct err *err)
{
    if (!value.n)
        return db_exec(conn, "DELETE FROM case_extra WHERE case_id = $1 AND key = $2",
                       DB_ARGS(DB_INT(case_id), DB_TEXT(key)), err);
    return db_exec(conn,
                   "INSERT INTO case_extra (case_id, key, value) VALUES ($1, $2, $3)"
                   " ON CONFLICT (case_id, key) DO UPDATE SET value = excluded.value",
                   DB_ARGS(DB_INT(case_id), DB_TEXT(key), DB_TEXT(value)), err);
}

bool case_note_add(struct visit *visit, int64_t case_id, struct str case_number, struct str body, struct err *err)
{
    return db_exec(visit->db, "INSERT INTO case_note (case_id, at, staff_id, who, body) VALUES ($1, $2, $3, $4, $5)",
                   DB_ARGS(DB_INT(case_id), DB_INT(visit->now_us), DB_INT(visit->staff.id), DB_TEXT(visit->staff.email),
                           DB_TEXT(body)),
                   err) &&
           visit_audit(visit, "case_note_added", arena_printf(visit->arena, "case %.*s", STR_FMT(case_number)),
                       STR_NONE, err);
}

/* --- many cases at once ------------------------------------------------------------------------------------------- */

#define CASE_STATE_STARTED                                                                                             \
    "CASE WHEN w.status = " CASE_NOT_STARTED_SQL " THEN w.started ELSE COALESCE(w.started, t.started) END"
#define CASE_STATE_FINISHED "CASE WHEN w.status = " CASE_FINISHED_SQL " THEN COALESCE(w.finished, t.finished) END"
#define CASE_STATE_BEFORE                                                                                              \
    "UPDATE cases AS t SET status = w.status, started = " CASE_STATE_STARTED ", finished = " CASE_STATE_FINISHED       \
    " FROM (SELECT o.case_id, CASE WHEN MAX(o.status) = " WORK_ORDER_NOT_STARTED_SQL " THEN " CASE_NOT_STARTED_SQL     \
    " WHEN MIN(o.status) = " WORK_ORDER_FINISHED_SQL " THEN " CASE_FINISHED_SQL " ELSE " CASE_STARTED_SQL              \
    " END AS status,"                                                                                                  \
    " MIN(o.started) AS started, MAX(o.finished) AS finished FROM work_order o"                                        \
    " WHERE o.status <> " WORK_ORDER_CANCELLED_SQL " AND o.case_id IN ("
#define CASE_STATE_BEHIND                                                                                              \
    ") GROUP BY o.case_id) w"                                                                                          \
    " WHERE t.id = w.case_id AND t.status <> " CASE_CANCELLED_SQL " AND (t.status IS DISTINCT FROM w.status"           \
    " OR t.started IS DISTINCT FROM " CASE_STATE_STARTED " OR t.finished IS DISTINCT FROM " CASE_STATE_FINISHED ")"

/* The work order that tells when somebody comes, or came last; nobody comes to a cancelled case. */
#define CASE_VISIT_COMES "o.status < " WORK_ORDER_FINISHED_SQL " AND kc.status <> " CASE_CANCELLED_SQL
#define CASE_VISIT_BEFORE "WITH k (id) AS ("
#define CASE_VISIT_BEHIND                                                                                              \
    ") UPDATE cases AS t SET booked = w.booked, booked_to = w.booked_to, technician = w.technician FROM (SELECT k.id," \
    " CASE WHEN " CASE_VISIT_COMES " THEN COALESCE(o.booked_from, o.booked_to) END AS booked,"                         \
    " CASE WHEN " CASE_VISIT_COMES " THEN o.booked_to END AS booked_to, COALESCE(o.resource, '') AS technician"        \
    " FROM k CROSS JOIN cases kc LEFT JOIN work_order o ON o.id ="                                                     \
    " (SELECT x.id FROM work_order x WHERE x.case_id = kc.id AND x.status <> " WORK_ORDER_CANCELLED_SQL                \
    " ORDER BY CASE WHEN x.status = " WORK_ORDER_FINISHED_SQL                                                          \
    " THEN 2 WHEN COALESCE(x.booked_from, x.booked_to) IS NULL THEN 1 ELSE 0 END,"                                     \
    " CASE WHEN x.status = " WORK_ORDER_FINISHED_SQL " THEN -COALESCE(x.finished, 0) ELSE COALESCE(x.booked_from, "    \
    "x.booked_to, 0) END, x.id LIMIT 1) WHERE kc.id = k.id) w"                                                         \
    " WHERE t.id = w.id AND (t.booked IS DISTINCT FROM w.booked OR t.booked_to IS DISTINCT FROM w.booked_to"           \
    " OR t.technician <> w.technician)"

/*
 * What lists of cases show of the work and the messages of a case: see migration 0011. The texts are long enough for
 * the sentence that lists make of them.
 */
#define CASE_TEXTS_BEFORE "WITH k (id) AS ("
#define CASE_TEXTS_BEHIND                                                                                              \
    ") UPDATE cases AS t SET done_row = w.done_row, done_order = w.done_order, staff_message = w.staff_message"        \
    " FROM (SELECT k.id, COALESCE((SELECT substr(COALESCE(NULLIF(r.description, ''), r.title), 1, 250)"                \
    " FROM article_row r WHERE r.case_id = k.id AND r.status <> 'cancelled'"                                           \
    " AND (r.description <> '' OR r.title <> '')"                                                                      \
    " ORDER BY CASE WHEN r.article_type = 'time' THEN 0 ELSE 1 END, r.row_date DESC, r.id DESC LIMIT 1), '')"          \
    " AS done_row,"                                                                                                    \
    " COALESCE((SELECT substr(o.title, 1, 250) FROM work_order o WHERE o.case_id = k.id AND o.title <> ''"             \
    " AND o.status <> " WORK_ORDER_CANCELLED_SQL                                                                       \
    " ORDER BY COALESCE(o.finished, 0) DESC, o.id DESC LIMIT 1), '') AS done_order,"                                   \
    " (SELECT CASE WHEN m.from_staff = 1 THEN m.id END FROM case_message m WHERE m.case_id = k.id"                     \
    " ORDER BY m.id DESC LIMIT 1) AS staff_message FROM k) w"                                                          \
    " WHERE t.id = w.id AND (t.done_row <> w.done_row OR t.done_order <> w.done_order"                                 \
    " OR t.staff_message IS DISTINCT FROM w.staff_message)"

bool cases_move_versions(struct db_conn *conn, struct row_set cases, struct err *err)
{
    return db_exec_rows(conn, "UPDATE cases SET version = version + 1 WHERE id IN (", cases, ")", err);
}

bool cases_derive_states(struct db_conn *conn, struct row_set cases, struct err *err)
{
    return db_exec_rows(conn, CASE_STATE_BEFORE, cases, CASE_STATE_BEHIND, err) &&
           db_exec_rows(conn, CASE_VISIT_BEFORE, cases, CASE_VISIT_BEHIND, err);
}

bool cases_derive_texts(struct db_conn *conn, struct row_set cases, struct err *err)
{
    return db_exec_rows(conn, CASE_TEXTS_BEFORE, cases, CASE_TEXTS_BEHIND, err);
}

bool case_counter_pass(struct db_conn *conn, struct str day, int64_t last, struct err *err)
{
    return db_exec(conn,
                   "INSERT INTO case_counter (day, last) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET last ="
                   " CASE WHEN excluded.last > case_counter.last THEN excluded.last ELSE case_counter.last END",
                   DB_ARGS(DB_TEXT(day), DB_INT(last)), err);
}

bool cases_link_contacts(struct db_conn *conn, struct row_set links, struct err *err)
{
    return db_exec_rows(conn, "INSERT INTO case_contact (case_id, contact_id) ", links, " ON CONFLICT DO NOTHING", err);
}

bool cases_drop_extras(struct db_conn *conn, struct row_set extras, struct err *err)
{
    return db_exec_rows(conn, "DELETE FROM case_extra WHERE (case_id, key) IN (", extras, ")", err);
}

bool cases_add_extras(struct db_conn *conn, struct row_set extras, struct err *err)
{
    return db_exec_rows(conn, "INSERT INTO case_extra (case_id, key, value) ", extras, "", err);
}

/* --- deleted logins and erased contacts --------------------------------------------------------------------------- */

bool cases_forget_logins(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "UPDATE cases SET created_by = NULL WHERE created_by IN (", logins, ")", err);
}

bool cases_restore_logins(struct db_conn *conn, struct row_set logins, struct err *err)
{
    return db_exec_rows(conn, "UPDATE cases AS t SET created_by = p.login_id FROM (", logins,
                        ") p WHERE t.id = p.case_id", err);
}

/* Reporters are texts. Clears those that the contact wrote, and those that are the name of the contact. */
bool cases_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err)
{
    static const char *const statement_literals[] = {
        "UPDATE case_change AS x SET before = '" CONTACT_ERASED_FIRST " " CONTACT_ERASED_LAST
        "' WHERE x.case_id IN (" CONTACT_CASES ") AND x.before IN " CONTACT_TEXTS,
        "UPDATE case_change AS x SET after = '" CONTACT_ERASED_FIRST " " CONTACT_ERASED_LAST
        "' WHERE x.case_id IN (" CONTACT_CASES ") AND x.after IN " CONTACT_TEXTS,
        "UPDATE case_change AS x SET who = '" CONTACT_ERASED_FIRST " " CONTACT_ERASED_LAST
        "' WHERE x.case_id IN (" CONTACT_CASES ") AND x.who IN " CONTACT_TEXTS,
        "UPDATE cases SET reporter = '', reporter_phone = '' WHERE id IN (" CONTACT_CASES
        ") AND created_by IN (" CONTACT_LOGINS ")",
        "UPDATE cases SET reporter = '', reporter_phone = '' WHERE id IN (" CONTACT_CASES
        ") AND reporter = " CONTACT_NAME,
    };
    for (size_t i = 0; i < sizeof statement_literals / sizeof *statement_literals; i++) {
        if (!db_exec(conn, statement_literals[i], DB_ARGS(DB_INT(contact_id)), err))
            return false;
    }
    return true;
}
