/* What the template of this folder is given. */
#ifndef KP_PARTS_MESSAGES_VIEWS_H
#define KP_PARTS_MESSAGES_VIEWS_H

#include "view/template.h"
#include "view/view.h"

struct message_view {
    struct str who, login; /* login: for staff, whose login it was written with; empty: not told */
    struct str at, machine, body;
    bool from_staff, waiting;
};

struct thread_view {
    struct str title, lead, empty;
    struct str older_url, newest_url; /* empty: there are none, these are they */
    const struct message_view *messages;
    size_t count;
    struct str action, seen;
    struct str read_action; /* staff: where waiting messages are marked as read, empty: none wait */
    bool has_form, has_name;
    struct field fields[2]; /* the message, and the name of who writes with a login of many people */
    struct str button;
};

#endif
