#include "staff/privacy/person.h"

#include "access/scope.h"
#include "base/clock.h"

#include <inttypes.h>

/* Logins whose address this contact ($1) has and no other; an address that several share is nobody's alone. */
#define OWN_LOGINS                                                                                                     \
    "SELECT l.id FROM contact_address m JOIN login l ON l.name = m.address AND l.kind = 'contact'"                     \
    " WHERE m.contact_id = $1 AND NOT EXISTS (SELECT 1 FROM contact_address other"                                     \
    " WHERE other.address = m.address AND other.contact_id <> m.contact_id)"
/* His cases: those he is a contact of. */
#define OWN_CASES "SELECT case_id FROM case_contact WHERE contact_id = $1"
#define HIS_NAME "(SELECT first_name || ' ' || last_name FROM contact WHERE id = $1)"
/* What he wrote: with a login of his own, or under his name with one of many people. */
#define OWN_MESSAGES                                                                                                   \
    "m.login_id IN (" OWN_LOGINS ") OR (m.from_staff = 0 AND m.case_id IN (" OWN_CASES ") AND m.who = " HIS_NAME ")"

/* What the history of a case (x) may keep of him in the fields of the reporter: his name, and telephones. */
#define HIS_TEXTS                                                                                                      \
    "(SELECT first_name || ' ' || last_name FROM contact WHERE id = $1"                                                \
    " UNION SELECT phone FROM contact WHERE id = $1 AND phone <> ''"                                                   \
    " UNION SELECT mobile FROM contact WHERE id = $1 AND mobile <> ''"                                                 \
    " UNION SELECT c.reporter_phone FROM cases c WHERE c.id = x.case_id AND c.reporter_phone <> '' AND (c.reporter "   \
    "= " HIS_NAME " OR c.created_by IN (" OWN_LOGINS ")))"

/* What stands where his name stood. */
#define NOBODY_FIRST "Borttagen"
#define NOBODY_LAST "person"

bool person_find(struct visit *visit, struct str number, struct person *person, struct err *err)
{
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT k.id, k.number, k.first_name, k.last_name,"
                 " (SELECT COUNT(*) FROM contact_address m JOIN login l ON l.name = m.address AND l.kind = 'contact'"
                 " WHERE m.contact_id = k.id),"
                 " (SELECT COUNT(*) FROM case_contact c WHERE c.contact_id = k.id),"
                 " (SELECT COUNT(*) FROM specification_decision d WHERE d.contact = k.number)"
                 " FROM contact k WHERE k.number = $1",
                 DB_ARGS(DB_TEXT(number)), err);
    bool found = rows && db_next(rows);
    if (found) {
        struct str first = db_text(rows, 2), last = db_text(rows, 3);
        *person = (struct person){.id = db_int(rows, 0),
                                  .number = db_text_copy(rows, 1, visit->arena),
                                  .name = arena_printf(visit->arena, "%.*s %.*s", STR_FMT(first), STR_FMT(last)),
                                  .erased = str_eqz(first, NOBODY_FIRST) && str_eqz(last, NOBODY_LAST),
                                  .account_count = db_int(rows, 4),
                                  .case_count = db_int(rows, 5),
                                  .decision_count = db_int(rows, 6)};
    }
    if (!db_done(rows, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such contact");
}

/* --- all that is kept of him ----------------------------------------------------------------------------------------------------------- */

struct part {
    const char *name;
    const char *literal; /* $1 the id of the contact */
    const char *heads[10];
};

static const struct part PARTS[] = {
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
     "SELECT c.number, c.title, c.reporter, c.reporter_phone, c.created FROM cases c WHERE c.id IN (" OWN_CASES
     ") ORDER BY c.id",
     {"number", "title", "reporter", "reporter_phone", "*created"}},
    {"history",
     "SELECT c.number, x.field, x.before, x.after, x.at FROM case_change x JOIN cases c ON c.id = x.case_id"
     " WHERE x.case_id IN (" OWN_CASES ") AND (x.before IN " HIS_TEXTS " OR x.after IN " HIS_TEXTS ") ORDER BY x.id",
     {"case", "field", "before", "after", "*at"}},
    {"messages",
     "SELECT c.number, m.who, m.body, m.at FROM case_message m JOIN cases c ON c.id = m.case_id WHERE " OWN_MESSAGES
     " ORDER BY m.id",
     {"case", "who", "body", "*at"}},
    {"decisions",
     "SELECT d.number, d.decision, d.name, d.login, d.your_reference, d.comment, d.decided_at"
     " FROM specification_decision d WHERE d.contact = (SELECT number FROM contact WHERE id = $1) ORDER BY d.seq",
     {"number", "decision", "name", "login", "your_reference", "comment", "*decided_at"}},
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

/* Heads with a star are instants. */
static void write_row(struct visit *visit, const struct part *part, const struct db_rows *rows, struct buf *out)
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

static bool write_part(struct visit *visit, const struct person *person, const struct part *part, struct buf *out,
                       struct err *err)
{
    bool first = true;
    struct db_rows *rows = db_query(visit->db, visit->arena, part->literal, DB_ARGS(DB_INT(person->id)), err);
    buf_printf(out, "  \"%s\": [", part->name);
    while (rows && db_next(rows)) {
        buf_z(out, first ? "\n    " : ",\n    ");
        write_row(visit, part, rows, out);
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
        if (!write_part(visit, person, &PARTS[i], out, err))
            return false;
        buf_z(out, i + 1 < count ? ",\n" : "\n");
    }
    buf_z(out, "}\n");
    return true;
}

/* --- taking him out ------------------------------------------------------------------------------------------------------------------ */

static bool run_all(struct visit *visit, const struct person *person, const char *const literals[], size_t count,
                    struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!db_exec(visit->db, literals[i], DB_ARGS(DB_INT(person->id)), err))
            return false;
    }
    return true;
}

/* Before the logins go. Reporters are texts: those that he wrote himself, and those that are his name. */
static bool erase_from_cases(struct visit *visit, const struct person *person, struct err *err)
{
    static const char *const literals[] = {
        "UPDATE case_change AS x SET before = '" NOBODY_FIRST " " NOBODY_LAST "' WHERE x.case_id IN (" OWN_CASES
        ") AND x.before IN " HIS_TEXTS,
        "UPDATE case_change AS x SET after = '" NOBODY_FIRST " " NOBODY_LAST "' WHERE x.case_id IN (" OWN_CASES
        ") AND x.after IN " HIS_TEXTS,
        "UPDATE cases SET reporter = '', reporter_phone = '' WHERE id IN (" OWN_CASES ") AND created_by IN (" OWN_LOGINS
        ")",
        "UPDATE cases SET reporter = '', reporter_phone = '' WHERE id IN (" OWN_CASES ") AND reporter = " HIS_NAME,
        "UPDATE case_message AS m SET who = '" NOBODY_FIRST " " NOBODY_LAST "', login_id = NULL WHERE " OWN_MESSAGES,
        "UPDATE cases SET created_by = NULL WHERE created_by IN (" OWN_LOGINS ")",
    };
    return run_all(visit, person, literals, sizeof literals / sizeof *literals, err);
}

/* What is kept to undo imports holds him too: those that touched him, his accounts or his cases can be undone no more, and it is removed. */
#define KEPT_OF "EXISTS (SELECT 1 FROM import_image i WHERE i.run_id = import_run.id AND i.moment = 1 AND i.file = "
#define NO_MORE "UPDATE import_run SET layout = '' WHERE layout <> '' AND "

static bool erase_from_imports(struct visit *visit, const struct person *person, struct err *err)
{
    static const char *const literals[] = {
        NO_MORE KEPT_OF "'contacts.csv' AND i.row_id = $1)",
        NO_MORE KEPT_OF "'cases.csv' AND i.row_id IN (" OWN_CASES "))",
        NO_MORE KEPT_OF "'accounts.csv' AND i.row_id IN (SELECT owner_id FROM login WHERE id IN (" OWN_LOGINS ")))",
    };
    return run_all(visit, person, literals, sizeof literals / sizeof *literals, err);
}

static bool erase_logins(struct visit *visit, const struct person *person, struct err *err)
{
    static const char *const literals[] = {
        "DELETE FROM mail WHERE recipient IN (SELECT a.email FROM account a JOIN login l ON l.owner_id = a.id"
        " AND l.kind = 'contact' WHERE l.id IN (" OWN_LOGINS "))",
        "DELETE FROM mail WHERE contact_id = $1",
        "DELETE FROM draft WHERE owner IN (SELECT 'login:' || o.id FROM (" OWN_LOGINS ") o)",
        "DELETE FROM upload WHERE owner IN (SELECT 'login:' || o.id FROM (" OWN_LOGINS ") o)",
        "DELETE FROM submission WHERE login_id IN (" OWN_LOGINS ")",
        "DELETE FROM view_as WHERE login_id IN (" OWN_LOGINS ")",
        "DELETE FROM known_device WHERE login_id IN (" OWN_LOGINS ")",
        "DELETE FROM mail_token WHERE login_id IN (" OWN_LOGINS ")",
        "DELETE FROM session WHERE login_id IN (" OWN_LOGINS ")",
        "DELETE FROM account WHERE id IN (SELECT owner_id FROM login WHERE id IN (" OWN_LOGINS "))",
        "DELETE FROM login WHERE id IN (" OWN_LOGINS ")",
    };
    return run_all(visit, person, literals, sizeof literals / sizeof *literals, err);
}

static bool erase_contact(struct visit *visit, const struct person *person, struct err *err)
{
    static const char *const literals[] = {
        "DELETE FROM contact_customer WHERE contact_id = $1",
        "DELETE FROM contact_object WHERE contact_id = $1",
        "DELETE FROM contact_address WHERE contact_id = $1",
        "UPDATE contact SET first_name = '" NOBODY_FIRST "', last_name = '" NOBODY_LAST "', email = '', email_2 = '',"
        " email_3 = '', phone = '', mobile = '', active = 0, mails_off = 0 WHERE id = $1",
    };
    return run_all(visit, person, literals, sizeof literals / sizeof *literals, err);
}

bool person_erase(struct visit *visit, const struct person *person, struct err *err)
{
    return erase_from_imports(visit, person, err) && erase_from_cases(visit, person, err) &&
           erase_logins(visit, person, err) && erase_contact(visit, person, err) &&
           visit_audit(visit, "contact_erased", person->number, STR_NONE, err) && generation_bump(visit->db, err);
}
