/*
 * Mail. mail_queue writes into the table `mail` in the caller's transaction. The job process sends the mail by SMTP,
 * and again at growing intervals if that fails; if no server is configured, it writes the mail as a file under
 * DATA/mail. Plain text, UTF-8.
 */
#pragma once

#include "base/mail_address.h"
#include "db/row_set.h"
#include "service/config.h"

/* Queues a mail. ERR_INVALID if the recipient is not a valid address. Line breaks in the subject become blanks. */
MUST_CHECK bool mail_queue(struct db_conn *conn, struct str recipient, struct str subject, struct str body,
                           struct err *err);
/* A mail that may wait. It replaces a mail to the same recipient on the same topic that is still waiting. */
struct mail_order {
    struct str recipient, subject, body;
    int64_t wait_us;
    struct str topic;    /* empty: no topic */
    struct str calendar; /* bookings as calendar_add writes them, attached to the mail; or empty */
    int64_t contact_id;  /* the contact to whom it is written; 0: not a contact */
};
MUST_CHECK bool mail_queue_order(struct db_conn *conn, const struct mail_order *order, struct err *err);
/* Deletes the waiting mails on a topic, to all recipients. A mail that a process has claimed stays. */
MUST_CHECK bool mail_drop_waiting(struct db_conn *conn, struct str topic, struct err *err);
/*
 * Sends the mails that are due, one after the other, at most a hundred. For the job process. A mail that cannot be sent
 * waits longer after each attempt, from a minute to a day, and is then given up; this is not a failure of the function.
 * Several processes may run it: each mail is claimed by one of them.
 */
MUST_CHECK bool mail_send_due(struct db *db, const struct config *config, struct err *err);
/*
 * Deletes mails that were sent or given up a month ago. Their texts, which may hold one-time links, were deleted at
 * once.
 */
MUST_CHECK bool mail_upkeep(struct db_conn *conn, int64_t now_us, struct err *err);

/* Delete the mails to addresses (given as a query of texts), and the mails about cases to a contact. */
MUST_CHECK bool mail_drop_recipients(struct db_conn *conn, struct row_set addresses, struct err *err);
MUST_CHECK bool mail_drop_contact(struct db_conn *conn, int64_t contact_id, struct err *err);
