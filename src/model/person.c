#include "model/person.h"

#include "access/scope.h"
#include "base/clock.h"
#include "model/case_write.h"
#include "model/contact.h"
#include "model/draft.h"
#include "model/history.h"
#include "model/login.h"
#include "model/message.h"
#include "model/upload.h"
#include "service/mail.h"

#include <inttypes.h>

bool person_find(struct visit *visit, struct str number, struct person *person, struct err *err)
{
    bool found = false;
    *person = (struct person){.id = 0};
    if (!db_find(visit->db, visit->arena,
                 "SELECT k.id, k.number, k.first_name || ' ' || k.last_name, CASE WHEN k.first_name ="
                 " '" CONTACT_ERASED_FIRST "' AND k.last_name = '" CONTACT_ERASED_LAST "' THEN 1 ELSE 0 END,"
                 " (SELECT COUNT(*) FROM contact_address m JOIN login l ON l.name = m.address AND l.kind = 'contact'"
                 " WHERE m.contact_id = k.id),"
                 " (SELECT COUNT(*) FROM case_contact c WHERE c.contact_id = k.id),"
                 " (SELECT COUNT(*) FROM specification_decision d WHERE d.contact = k.number)"
                 " FROM contact k WHERE k.number = $1",
                 DB_ARGS(DB_TEXT(number)),
                 DB_TARGETS(TO(&person->id), TO(&person->number), TO(&person->name), TO(&person->erased),
                            TO(&person->account_count), TO(&person->case_count), TO(&person->decision_count)),
                 &found, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such contact");
}

/* --- all data that is kept about the person ----------------------------------------------------------------------- */

struct person_part {
    const char *name;
    const char *literal; /* $1: the id of the contact */
    const char *heads[10];
};

static const struct person_part PARTS[] = {
    {"contact",
     "SELECT number, first_name, last_name, email, email_2, email_3, phone, mobile FROM contact WHERE id = $1",
     {"number", "first_name", "last_name", "email", "email_2", "email_3", "phone", "mobile"}},
    {"customers",
     "SELECT cu.number, cu.name FROM contact_customer x JOIN customer cu ON cu.id = x.customer_id"
     " WHERE x.contact_id = $1 ORDER BY cu.number COLLATE \"sv-natural\"",
     {"number", "name"}},
    {"objects",
     "SELECT o.number, o.name FROM contact_object x JOIN object o ON o.id = x.object_id WHERE x.contact_id = $1"
     " ORDER BY o.number COLLATE \"sv-natural\"",
     {"number", "name"}},
    {"accounts",
     "SELECT a.email, a.language, a.created, l.last_login FROM contact_address m"
     " JOIN login l ON l.name = m.address AND l.kind = 'contact' JOIN account a ON a.id = l.owner_id"
     " WHERE m.contact_id = $1 ORDER BY a.email COLLATE \"sv-natural\"",
     {"email", "language", "*created", "*last_login"}},
    {"cases",
     "SELECT c.number, c.title, c.reporter, c.reporter_phone, c.created FROM cases c WHERE c.id IN (" CONTACT_CASES
     ") ORDER BY c.id",
     {"number", "title", "reporter", "reporter_phone", "*created"}},
    {"history",
     "SELECT c.number, x.field, x.before, x.after, x.at FROM case_change x JOIN cases c ON c.id = x.case_id"
     " WHERE x.case_id IN (" CONTACT_CASES ") AND (x.before IN " CONTACT_TEXTS " OR x.after IN " CONTACT_TEXTS
     " OR x.who IN " CONTACT_TEXTS ") ORDER BY x.id",
     {"case", "field", "before", "after", "*at"}},
    {"register_history",
     "SELECT x.field, x.before, x.after, x.at FROM register_change x WHERE x.kind = 'contact' AND x.row_id = $1"
     " ORDER BY x.id",
     {"field", "before", "after", "*at"}},
    {"followed",
     "SELECT c.number, f.created FROM contact_address m JOIN login l ON l.name = m.address AND l.kind = 'contact'"
     " JOIN case_follower f ON f.login_id = l.id JOIN cases c ON c.id = f.case_id WHERE m.contact_id = $1"
     " ORDER BY c.id",
     {"case", "*created"}},
    {"messages",
     "SELECT c.number, m.who, m.body, m.at FROM case_message m JOIN cases c ON c.id = m.case_id WHERE " CONTACT_MESSAGES
     " ORDER BY m.id",
     {"case", "who", "body", "*at"}},
    {"decisions",
     "SELECT d.number, d.decision, d.name, d.login, d.your_reference, d.comment, d.decided_at"
     " FROM specification_decision d WHERE d.contact = (SELECT number FROM contact WHERE id = $1) ORDER BY d.seq",
     {"number", "decision", "name", "login", "your_reference", "comment", "*decided_at"}},
    {"remarks",
     "SELECT d.number, m.case_number, m.row_number, m.title, m.comment FROM specification_decision d"
     " JOIN decision_remark m ON m.seq = d.seq WHERE d.contact = (SELECT number FROM contact WHERE id = $1)"
     " ORDER BY m.seq, m.place",
     {"number", "case", "row", "title", "comment"}},
    {"mail",
     "SELECT recipient, subject, body, created FROM mail WHERE recipient IN (SELECT a.email FROM contact_address m"
     " JOIN login l ON l.name = m.address AND l.kind = 'contact' JOIN account a ON a.id = l.owner_id"
     " WHERE m.contact_id = $1) OR contact_id = $1 ORDER BY id",
     {"recipient", "subject", "body", "*created"}},
    {"audit",
     "SELECT action, subject, detail, client, at FROM audit WHERE kind = 'login'"
     " AND who IN (SELECT address FROM contact_address WHERE contact_id = $1) ORDER BY id",
     {"action", "subject", "detail", "client", "*at"}},
};

/* A name that begins with a star is an instant. */
static void person_write_row(struct visit *visit, const struct person_part *part, const struct db_rows *rows,
                             struct buf *out)
{
    buf_z(out, "{");
    for (int i = 0; part->heads[i]; i++) {
        bool instant = part->heads[i][0] == '*';
        buf_printf(out, "%s\"%s\": ", i ? ", " : "", part->heads[i] + instant);
        if (db_null(rows, i))
            buf_z(out, "null");
        else
            buf_json(out, instant ? instant_format_utc(visit->arena, db_int(rows, i)) : db_text(rows, i));
    }
    buf_z(out, "}");
}

static bool person_write_part(struct visit *visit, const struct person *person, const struct person_part *part,
                              struct buf *out, struct err *err)
{
    bool first = true;
    struct db_rows *rows = db_query(visit->db, visit->arena, part->literal, DB_ARGS(DB_INT(person->id)), err);
    buf_printf(out, "  \"%s\": [", part->name);
    while (db_next(rows)) {
        buf_z(out, first ? "\n    " : ",\n    ");
        person_write_row(visit, part, rows, out);
        first = false;
    }
    buf_z(out, first ? "]" : "\n  ]");
    return db_done(rows, err);
}

bool person_write(struct visit *visit, const struct person *person, struct buf *out, struct err *err)
{
    size_t count = sizeof PARTS / sizeof *PARTS;
    buf_z(out, "{\n");
    for (size_t i = 0; i < count; i++) {
        if (!person_write_part(visit, person, &PARTS[i], out, err))
            return false;
        buf_z(out, i + 1 < count ? ",\n" : "\n");
    }
    buf_z(out, "}\n");
    return true;
}

/* --- erasing ------------------------------------------------------------------------------------------------------ */

static bool person_erase_logins(struct db_conn *conn, int64_t contact_id, struct err *err)
{
    struct row_set logins = row_set_of(CONTACT_LOGINS, contact_id);
    return mail_drop_recipients(conn,
                                row_set_of("SELECT a.email FROM account a JOIN login l ON l.owner_id = a.id"
                                           " AND l.kind = 'contact' WHERE l.id IN (" CONTACT_LOGINS ")",
                                           contact_id),
                                err) &&
           mail_drop_contact(conn, contact_id, err) && drafts_drop_logins(conn, logins, err) &&
           uploads_drop_logins(conn, logins, err) &&
           accounts_delete(conn, row_set_of("SELECT owner_id FROM login WHERE id IN (" CONTACT_LOGINS ")", contact_id),
                           err) &&
           logins_delete(conn, logins, err);
}

struct person_erasing {
    struct visit *visit;
    const struct person *person;
};

static bool person_erase_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct person_erasing *erasing = context;
    const struct person *person = erasing->person;
    struct visit *visit = erasing->visit;
    const struct feature_list *features = &visit->app->features;
    for (size_t i = 0; i < features->count; i++) {
        if (features->items[i]->forget_contact && !features->items[i]->forget_contact(conn, person->id, err))
            return false;
    }
    return cases_forget_contact(conn, person->id, err) && history_forget_contact(conn, person->id, err) &&
           messages_forget_contact(conn, person->id, err) && person_erase_logins(conn, person->id, err) &&
           contact_erase(conn, person->id, err) &&
           visit_audit(visit, "contact_erased", person->number, STR_NONE, err) && generation_bump(conn, err);
}

bool person_erase(struct visit *visit, const struct person *person, struct err *err)
{
    struct person_erasing erasing = {visit, person};
    return db_transaction(visit->db, person_erase_body, &erasing, err);
}
