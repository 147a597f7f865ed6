/* A mail as it goes over the wire: the one place that writes header lines, by GMime. */
#ifndef KP_SERVICE_MAIL_MESSAGE_H
#define KP_SERVICE_MAIL_MESSAGE_H

#include "base/arena.h"

struct mail_message {
    struct str from_name, from, to; /* valid addresses */
    struct str subject, body;       /* UTF-8 */
    int64_t id, created_us;         /* make the Message-ID: the same for every attempt to send it */
    bool for_reading;               /* 8bit and plain line feeds, for files that developers open */
};

struct str mail_message_write(struct arena *arena, const struct mail_message *message);

#endif
