/* Contacts: their addresses, by which accounts are linked to them (domain 3), and what is theirs as a person. */
#ifndef KP_MODEL_CONTACT_H
#define KP_MODEL_CONTACT_H

#include "db/row_set.h"

/*
 * SQL over the contact $1. Its logins: those whose address it has and no other contact; an address that several share
 * is nobody's alone.
 */
#define CONTACT_LOGINS                                                                                                 \
    "SELECT l.id FROM contact_address m JOIN login l ON l.name = m.address AND l.kind = 'contact'"                     \
    " WHERE m.contact_id = $1 AND NOT EXISTS (SELECT 1 FROM contact_address other"                                     \
    " WHERE other.address = m.address AND other.contact_id <> m.contact_id)"
/* The cases that it is a contact of. */
#define CONTACT_CASES "SELECT case_id FROM case_contact WHERE contact_id = $1"
#define CONTACT_NAME "(SELECT first_name || ' ' || last_name FROM contact WHERE id = $1)"
/* Whether it wrote the message m: with a login of its own, or under its name with a login of many people. */
#define CONTACT_MESSAGES                                                                                               \
    "(m.login_id IN (" CONTACT_LOGINS ") OR (m.from_staff = 0 AND m.case_id IN (" CONTACT_CASES                        \
    ") AND m.who = " CONTACT_NAME "))"
/* Name and telephones of the contact as they may stand in the fields of the reporter in the history x of a case. */
#define CONTACT_TEXTS                                                                                                  \
    "(SELECT first_name || ' ' || last_name FROM contact WHERE id = $1"                                                \
    " UNION SELECT phone FROM contact WHERE id = $1 AND phone <> ''"                                                   \
    " UNION SELECT mobile FROM contact WHERE id = $1 AND mobile <> ''"                                                 \
    " UNION SELECT c.reporter_phone FROM cases c WHERE c.id = x.case_id AND c.reporter_phone <> '' AND (c.reporter "   \
    "= " CONTACT_NAME " OR c.created_by IN (" CONTACT_LOGINS ")))"

/* The name of a contact that was erased. */
#define CONTACT_ERASED_FIRST "Borttagen"
#define CONTACT_ERASED_LAST "person"

/* Which mails nobody wants to send to a contact: bits of notices. */
bool contact_set_mails_off(struct db_conn *conn, int64_t id, int64_t off, struct err *err)
    __attribute__((warn_unused_result));
/* Takes name, addresses, telephones and links of a contact away; number and cases stay. */
bool contact_erase(struct db_conn *conn, int64_t id, struct err *err) __attribute__((warn_unused_result));

/* The addresses that a stored contact is found by; empty ones are passed over. */
bool contact_set_addresses(struct db_conn *conn, struct arena *arena, int64_t id, const struct str emails[3],
                           struct err *err) __attribute__((warn_unused_result));
/* Its customers and objects: their numbers, one a line; numbers that nobody has are passed over. */
bool contact_set_customers(struct db_conn *conn, int64_t id, struct str numbers, struct err *err)
    __attribute__((warn_unused_result));
bool contact_set_objects(struct db_conn *conn, int64_t id, struct str numbers, struct err *err)
    __attribute__((warn_unused_result));

/*
 * Derives the addresses that contacts are found by, which were dropped before. The literal delivers id, email, email_2,
 * email_3 ascending by id and takes $1 = the id to start after and $2 = how many.
 */
bool contacts_derive_addresses(struct db_conn *conn, const char *contacts_literal, struct err *err)
    __attribute__((warn_unused_result));
bool contacts_drop_addresses(struct db_conn *conn, struct row_set contacts, struct err *err)
    __attribute__((warn_unused_result));

#endif
