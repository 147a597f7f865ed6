/* Builds a mail as it is sent over the network. This is the only code that writes header lines; it uses GMime. */
#pragma once

#include "base/arena.h"

struct mail_message {
    struct str from_name, from, to; /* valid addresses */
    struct str subject, body;       /* UTF-8 */
    struct str calendar;            /* each object in it becomes an attachment (service/calendar.h); or empty */
    int64_t id, created_us;         /* the Message-ID is made from these: the same for every attempt to send the mail */
    bool for_reading;               /* encoded as 8bit with plain line feeds, for files that developers open */
};

struct str mail_message_write(struct arena *arena, const struct mail_message *message);
