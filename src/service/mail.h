/*
 * Mail. mail_queue writes into the table `mail` in the caller's transaction; the job process sends it by SMTP with
 * retries and back-off, or writes it as a file under DATA/mail when no server is configured. Plain text, UTF-8.
 */
#ifndef KP_SERVICE_MAIL_H
#define KP_SERVICE_MAIL_H

#include "base/mail_address.h"
#include "db/row_set.h"
#include "service/config.h"

/* ERR_INVALID when the recipient is no valid address. Line breaks in the subject become blanks. */
bool mail_queue(struct db_conn *conn, struct str recipient, struct str subject, struct str body, struct err *err)
    __attribute__((warn_unused_result));
/* A mail that may wait, and takes the place of one to the same recipient on the same topic that waits still. */
struct mail_order {
    struct str recipient, subject, body;
    int64_t wait_us;
    struct str topic;   /* empty: none */
    int64_t contact_id; /* whom of the contacts it is written to, 0: none of them */
};
bool mail_queue_order(struct db_conn *conn, const struct mail_order *order, struct err *err)
    __attribute__((warn_unused_result));
/* Takes back what waits on a topic, whoever it is to. */
bool mail_drop_waiting(struct db_conn *conn, struct str topic, struct err *err) __attribute__((warn_unused_result));
/*
 * Sends what is due, one after the other, at most a hundred. For the job process. A mail that cannot be sent waits
 * longer after each attempt, from a minute to a day, and is then given up; that is no failure of this function. Several
 * processes may run it: each mail is claimed by one of them.
 */
bool mail_send_due(struct db *db, const struct config *config, struct err *err) __attribute__((warn_unused_result));
/* Forgets mails that were sent or given up a month ago. Their texts, which may hold one-time links, went at once. */
bool mail_upkeep(struct db_conn *conn, int64_t now_us, struct err *err) __attribute__((warn_unused_result));

/* Deletes mails to addresses (a query of texts), and those about cases to a contact. */
bool mail_drop_recipients(struct db_conn *conn, struct row_set addresses, struct err *err)
    __attribute__((warn_unused_result));
bool mail_drop_contact(struct db_conn *conn, int64_t contact_id, struct err *err) __attribute__((warn_unused_result));

#endif
