/* The events of the audit as text for people. */
#pragma once

#include "db/sql.h"
#include "i18n/i18n.h"

/* Return the text of an event, and the name of who did it. A code that is not known any more is returned as it is. */
struct str audit_event_text(enum lang lang, struct str code);
struct str audit_who_text(enum lang lang, struct str kind, struct str who);
/* Appends a table in brackets for searching: the code (column1) and the text (column2) of every event. */
void audit_event_values(struct sql *sql, enum lang lang);
