/* The staff of the demonstration company. */
#pragma once

#include "db/db.h"

#define DEMO_HANDLER "jonas.lind@bjorkshiss.example"

/* Adds a handler and an administrator, with the same password as all other logins. */
MUST_CHECK bool demo_staff_add(struct db_conn *conn, struct arena *arena, struct err *err);
/* Appends a line for each of them to the list of logins. */
void demo_staff_text(struct buf *text);
