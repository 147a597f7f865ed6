/* Adds a few photos and protocols to the newest cases of the demonstration company. */
#ifndef KP_BULK_DEMO_ATTACHMENTS_H
#define KP_BULK_DEMO_ATTACHMENTS_H

#include "db/db.h"

/* Stores the contents under the data folder, and their rows in the database. */
bool attachments_add(struct db_conn *conn, struct arena *arena, struct str data, struct err *err)
    __attribute__((warn_unused_result));

#endif
