/*
 * Contacts: their e-mail addresses, which link accounts to them (domain 3), and the personal data that belongs to them.
 */
#pragma once

#include "db/row_set.h"
#include "model/record.h"
#include "portal/visit.h"

/*
 * SQL about the contact $1: its logins. A login belongs to the contact when its name is one of the addresses of the
 * contact and no other contact has that address.
 */
#define CONTACT_LOGINS                                                                                                 \
    "SELECT l.id FROM contact_address m JOIN login l ON l.name = m.address AND l.kind = 'contact'"                     \
    " WHERE m.contact_id = $1 AND NOT EXISTS (SELECT 1 FROM contact_address other"                                     \
    " WHERE other.address = m.address AND other.contact_id <> m.contact_id)"
/* SQL: the cases that have this contact. */
#define CONTACT_CASES "SELECT case_id FROM case_contact WHERE contact_id = $1"
#define CONTACT_NAME "(SELECT first_name || ' ' || last_name FROM contact WHERE id = $1)"
/* SQL: whether the contact wrote the message m, with a personal login, or under its name with a shared login. */
#define CONTACT_MESSAGES                                                                                               \
    "(m.login_id IN (" CONTACT_LOGINS ") OR (m.from_staff = 0 AND m.case_id IN (" CONTACT_CASES                        \
    ") AND m.who = " CONTACT_NAME "))"
/* SQL: the name and phone numbers of the contact, as the reporter fields in the history x of a case may have them. */
#define CONTACT_TEXTS                                                                                                  \
    "(SELECT first_name || ' ' || last_name FROM contact WHERE id = $1"                                                \
    " UNION SELECT phone FROM contact WHERE id = $1 AND phone <> ''"                                                   \
    " UNION SELECT mobile FROM contact WHERE id = $1 AND mobile <> ''"                                                 \
    " UNION SELECT c.reporter_phone FROM cases c WHERE c.id = x.case_id AND c.reporter_phone <> '' AND (c.reporter "   \
    "= " CONTACT_NAME " OR c.created_by IN (" CONTACT_LOGINS ")))"

/* The name that an erased contact gets. */
#define CONTACT_ERASED_FIRST "Borttagen"
#define CONTACT_ERASED_LAST "person"

/* Writes a row: a new one when *id is 0, which it sets. Call it in a transaction. */
MUST_CHECK bool contact_save(struct db_conn *conn, struct arena *arena, const struct record_column *columns,
                             size_t count, int64_t *id, struct err *err);
/* Sets the mails that a contact must not get, as bits of notices. */
MUST_CHECK bool contact_set_mails_off(struct db_conn *conn, int64_t id, int64_t off, struct err *err);
/* Deletes the name, addresses, phone numbers and links of a contact. Its number and its cases stay. */
MUST_CHECK bool contact_erase(struct db_conn *conn, int64_t id, struct err *err);

/* Sets the addresses by which a stored contact is found. Empty addresses are skipped. */
MUST_CHECK bool contact_set_addresses(struct db_conn *conn, struct arena *arena, int64_t id, const struct str emails[3],
                                      struct err *err);
/*
 * Set the customers and the objects of a contact. `numbers` has their numbers, one per line; unknown numbers are
 * skipped.
 */
MUST_CHECK bool contact_set_customers(struct db_conn *conn, int64_t id, struct str numbers, struct err *err);
MUST_CHECK bool contact_set_objects(struct db_conn *conn, int64_t id, struct str numbers, struct err *err);

/*
 * Gives an address to a contact, or takes it from all its address fields; accounts are linked by addresses (domain 3).
 * Runs in a transaction of its own, with the audit. *full: the contact has three other addresses already, and nothing
 * was done. Fails with ERR_NOT_FOUND.
 */
MUST_CHECK bool contact_give_address(struct visit *visit, struct str number, struct str address, bool *full,
                                     struct err *err);
MUST_CHECK bool contact_take_address(struct visit *visit, struct str number, struct str address, struct err *err);

/*
 * Derives the addresses by which contacts are found. The caller has dropped the old ones before. The SQL literal
 * returns id, email, email_2 and email_3 in ascending order of id, and takes $1 = the id to start after and $2 = how
 * many rows.
 */
MUST_CHECK bool contacts_derive_addresses(struct db_conn *conn, const char *contacts_literal, struct err *err);
MUST_CHECK bool contacts_drop_addresses(struct db_conn *conn, struct row_set contacts, struct err *err);
