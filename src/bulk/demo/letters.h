/* Messages between customers and staff about the newest open cases. */
#ifndef KP_BULK_DEMO_LETTERS_H
#define KP_BULK_DEMO_LETTERS_H

#include "db/db.h"

/* Adds the messages. Call it in a transaction, after the cases are added. */
bool letters_add(struct db_conn *conn, struct arena *arena, struct err *err) __attribute__((warn_unused_result));

#endif
