/* What customers and staff have written to each other about the newest open cases. */
#ifndef KP_BULK_DEMO_LETTERS_H
#define KP_BULK_DEMO_LETTERS_H

#include "db/db.h"

/* In a transaction, behind the cases. */
bool letters_add(struct db_conn *conn, struct arena *arena, struct err *err) __attribute__((warn_unused_result));

#endif
