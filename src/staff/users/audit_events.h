/* The events of the audit in the words of people. */
#ifndef KP_STAFF_USERS_AUDIT_EVENTS_H
#define KP_STAFF_USERS_AUDIT_EVENTS_H

#include "db/sql.h"
#include "i18n/i18n.h"

/* Codes that nobody knows any more are shown as they are. */
struct str audit_event_text(enum lang lang, struct str code);
struct str audit_who_text(enum lang lang, struct str kind, struct str who);
/* Appends a table in brackets to search in: code (column1) and text (column2) of every event. */
void audit_event_values(struct sql *sql, enum lang lang);

#endif
