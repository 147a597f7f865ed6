/*
 * Messages that customers and staff write to each other about a case, and which of them a login has seen. Writes the
 * tables case_message and message_seen.
 */
#pragma once

#include "portal/visit.h"

#define MESSAGE_MAX 5000 /* characters */
#define MESSAGE_NAME_MAX 100

struct message {
    int64_t id, at;
    struct str who, body;
    struct str login;      /* name of the login that wrote it; empty: staff wrote it */
    struct str staff_name; /* the name of the staff user who wrote it; empty: a customer did, or the user has no name */
    bool from_staff;
    bool asks_time; /* the customer says that the booked time does not suit them */
    bool waiting;   /* a customer wrote it, and no staff user has answered it or marked it as read */
};

struct message_thread {
    struct message *messages; /* the newest first */
    size_t count;
    bool more; /* there are older ones */
};

/*
 * Finds at most `limit` messages of a case that the visit may see, older than the message `before`. before 0: the
 * newest.
 */
MUST_CHECK bool messages_find(struct visit *visit, int64_t case_id, int64_t before, size_t limit,
                              struct message_thread *thread, struct err *err);
/* Counts the messages of a case. */
MUST_CHECK bool messages_count(struct db_conn *conn, int64_t case_id, int64_t *count, struct err *err);
/*
 * The cases in which staff wrote the newest message and this login has not seen it (domain 5.19), the newest first. Of
 * each way to reach cases the MESSAGES_DEPTH newest conversations are looked through.
 */
#define MESSAGES_DEPTH 1000
struct unread_message {
    struct str number, title; /* of the case */
    struct str body;
    int64_t at;
};
MUST_CHECK bool messages_unread(struct visit *visit, size_t limit, struct unread_message **messages, size_t *count,
                                struct err *err);
MUST_CHECK bool messages_unread_count(struct visit *visit, int64_t *count, struct err *err);

/* A message for message_insert. */
struct message_row {
    int64_t case_id, at, staff_id, login_id; /* staff_id, login_id 0: none */
    struct str who, body, submission;        /* submission: a key that no other message has */
    bool from_staff, waiting, asks_time;
};
/* Stores a message and does nothing else. A message with a known key is not stored again; *added says so. */
MUST_CHECK bool message_insert(struct db_conn *conn, const struct message_row *row, bool *added, struct err *err);

/* A message that the login or the staff user of the visit writes now. */
struct new_message {
    int64_t case_id;
    struct str case_number, who, body;
    int64_t seen; /* the newest message that the form showed; INT64_MAX: not known */
    bool asks_time;
};

/*
 * Adds a message with its mails and its audit. Call it in a transaction. The same form sent twice adds one message.
 * When staff write, the messages of customers up to `seen` no longer wait.
 */
MUST_CHECK bool message_add(struct visit *visit, const struct new_message *new, struct err *err);
/*
 * Marks the messages of customers about a case, up to the message `seen`, as read by staff, with the audit. Call it in
 * a transaction.
 */
MUST_CHECK bool messages_mark_read(struct visit *visit, int64_t case_id, struct str case_number, int64_t seen,
                                   struct err *err);
/*
 * Notes that the login of the visit has seen the messages of a case up to `message_id`. Writes nothing while the
 * database is busy.
 */
MUST_CHECK bool messages_mark_seen(struct visit *visit, int64_t case_id, int64_t message_id, struct err *err);

/* Moves the messages of a case to another case. The caller refreshes both (access/scope.h). */
MUST_CHECK bool messages_move(struct db_conn *conn, int64_t from, int64_t to, struct err *err);

/* --- deleted logins and erased contacts: the messages stay -------------------------------------------------------- */

/* Clears the login of the messages that these logins wrote. */
MUST_CHECK bool messages_forget_logins(struct db_conn *conn, struct row_set logins, struct err *err);
/* Gives messages back the logins they had. Rows are (message_id, login_id). */
MUST_CHECK bool messages_restore_logins(struct db_conn *conn, struct row_set logins, struct err *err);
/*
 * Removes the name of a contact from the messages that it wrote. Call it before the logins of the contact are deleted.
 */
MUST_CHECK bool messages_forget_contact(struct db_conn *conn, int64_t contact_id, struct err *err);
