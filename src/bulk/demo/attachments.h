/* Adds a few photos and protocols to the newest cases of the demonstration company. */
#pragma once

#include "db/db.h"

/* Stores the contents under the data folder, and their rows in the database. */
MUST_CHECK bool attachments_add(struct db_conn *conn, struct arena *arena, struct str data, struct err *err);
