/* Sends a mail in one of two ways: by SMTP, or into a file for developers. */
#pragma once

#include "service/config.h"

/* An SMTP connection, kept open from one mail to the next. */
struct mail_smtp;
struct mail_smtp *mail_smtp_open(const struct config *config, struct err *err);
void mail_smtp_close(struct mail_smtp *smtp); /* NULL is allowed */
/*
 * Sends one mail. TLS with a valid certificate is required unless the server is this machine. err->detail says what the
 * server or the network reported. *unreachable: no other mail would get through now either.
 */
MUST_CHECK bool mail_smtp_send(struct mail_smtp *smtp, struct str from, struct str to, struct str message,
                               bool *unreachable, struct err *err);

/* Writes DATA/mail/ID.eml, whole or not at all, readable by the file owner only. */
MUST_CHECK bool mail_file_write(struct arena *arena, struct str data, int64_t id, struct str message, struct err *err);
