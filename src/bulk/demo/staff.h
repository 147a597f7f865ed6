/* The staff of the demonstration company. */
#ifndef KP_BULK_DEMO_STAFF_H
#define KP_BULK_DEMO_STAFF_H

#include "db/db.h"

#define DEMO_HANDLER "jonas.lind@bjorkshiss.example"

/* Adds a handler and an administrator, with the same password as all other logins. */
bool demo_staff_add(struct db_conn *conn, struct arena *arena, struct err *err) __attribute__((warn_unused_result));
/* Appends a line for each of them to the list of logins. */
void demo_staff_text(struct buf *text);

#endif
