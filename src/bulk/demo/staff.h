/* People of the demonstration company itself. */
#ifndef KP_BULK_DEMO_STAFF_H
#define KP_BULK_DEMO_STAFF_H

#include "db/db.h"

#define DEMO_HANDLER "jonas.lind@bjorkshiss.example"

/* A handler and an administrator with the password of all logins. */
bool demo_staff_add(struct db_conn *conn, struct arena *arena, struct err *err) __attribute__((warn_unused_result));
/* A line of each for the list of logins. */
void demo_staff_text(struct buf *text);

#endif
