/*
 * Mail. mail_queue writes into the table `mail` in the caller's transaction; the job process sends it by SMTP with retries
 * and back-off, or writes it as a file under DATA/mail when no server is configured. Plain text, UTF-8.
 */
#ifndef KP_SERVICE_MAIL_H
#define KP_SERVICE_MAIL_H

#include "service/config.h"

bool mail_queue(struct db_conn *conn, struct str recipient, struct str subject, struct str body, struct err *err)
    __attribute__((warn_unused_result));
/* Sends what is due, one after the other, until nothing is. For the job process. */
bool mail_send_due(struct db *db, const struct config *config, struct err *err) __attribute__((warn_unused_result));
/* One address by the rules mail servers accept; no line breaks, at most 254 bytes. */
bool mail_address_valid(struct str address);

#endif
