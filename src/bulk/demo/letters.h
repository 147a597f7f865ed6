/* Messages between customers and staff about the newest open cases. */
#pragma once

#include "db/db.h"

/* Adds the messages. Call it in a transaction, after the cases are added. */
MUST_CHECK bool letters_add(struct db_conn *conn, struct arena *arena, struct err *err);
