/*
 * Writes bookings as iCalendar (RFC 5545, 5546), so that the reader of a mail has them in their calendar. The UID of a
 * booking stays when it is moved; SEQUENCE grows with the time of the mail, so that the newest mail counts.
 */
#pragma once

#include "base/buf.h"

struct calendar_event {
    struct str uid; /* the part before the @ of the organizer's host */
    struct str summary, location, description;
    int64_t from_us, to_us; /* to_us 0: the end is not known */
    bool cancelled;         /* takes the event out of the calendar */
};

struct calendar_people {
    struct str organizer_name, organizer, attendee; /* organizer and attendee: mail addresses */
    int64_t now_us;
};

/* Appends one object, from BEGIN:VCALENDAR to END:VCALENDAR: each has a method of its own. */
void calendar_add(struct buf *out, const struct calendar_people *people, const struct calendar_event *event);
/* Cuts the next object off *rest; false: there is no other one. */
bool calendar_cut(struct str *rest, struct str *object);
/* Returns the method of an object: REQUEST or CANCEL. */
const char *calendar_method(struct str object);
