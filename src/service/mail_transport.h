/* Two ways for a mail to leave: SMTP, or a file for developers. */
#ifndef KP_SERVICE_MAIL_TRANSPORT_H
#define KP_SERVICE_MAIL_TRANSPORT_H

#include "service/config.h"

/* A connection that is kept from one mail to the next. */
struct mail_smtp;
struct mail_smtp *mail_smtp_open(const struct config *config, struct err *err);
void mail_smtp_close(struct mail_smtp *smtp); /* NULL is allowed */
/*
 * TLS with a certificate that holds is required unless the server is this machine. err->detail: what the server or the
 * network said. *unreachable: no mail would get through now.
 */
bool mail_smtp_send(struct mail_smtp *smtp, struct str from, struct str to, struct str message, bool *unreachable,
                    struct err *err) __attribute__((warn_unused_result));

/* DATA/mail/ID.eml, whole or not at all, readable by the owner alone. */
bool mail_file_write(struct arena *arena, struct str data, int64_t id, struct str message, struct err *err)
    __attribute__((warn_unused_result));

#endif
