/* Data for the template of this folder. */
#pragma once

#include "view/template.h"
#include "view/view.h"

struct message_view {
    struct str who, login; /* login: shown to staff, the login that wrote it; empty: not shown */
    struct str at, machine, body;
    bool from_staff, waiting, asks_time;
};

struct thread_view {
    struct str title, lead, empty;
    struct str older_url, newest_url; /* empty: there are no older ones; these are the newest */
    const struct message_view *messages;
    size_t count;
    struct str action, seen;
    struct str read_action; /* for staff: the address that marks waiting messages as read; empty: no message waits */
    bool has_form, has_name, has_time;
    struct field time;      /* a box: the booked time does not suit */
    struct field fields[2]; /* the message, and the writer's name if many people share the login */
    struct str button;
};
