/* One mail as bytes for the wire (RFC 5322), made by GMime: encoded subject, Date, Message-ID, UTF-8 text. */
#ifndef KP_SERVICE_MAIL_MESSAGE_H
#define KP_SERVICE_MAIL_MESSAGE_H

#include "base/arena.h"
#include "base/err.h"

struct mail_message {
    struct str from, recipient, subject, body;
    int64_t created; /* microseconds */
    int64_t id;
};

/* *text has CR LF line ends. ERR_INVALID for an address GMime does not take. */
bool mail_message_write(struct arena *arena, const struct mail_message *message, struct str *text, struct err *err)
    __attribute__((warn_unused_result));

#endif
