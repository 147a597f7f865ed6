/* Items of picklists: case types, priorities and other choices (table picklist_item). */
#pragma once

#include "model/record.h"

struct picklist_item {
    int64_t id, position;
    struct str key, sv, en; /* sv, en: labels */
    bool active;
};

/* The largest number of items shown of one list. */
#define PICKLIST_ITEMS_MAX 500

/* Loads the items of a list in their order, at most PICKLIST_ITEMS_MAX. */
MUST_CHECK bool picklist_items_load(struct db_conn *conn, struct arena *arena, struct str list,
                                    struct picklist_item **items, size_t *count, struct err *err);
/* Writes a row: a new one when *id is 0, which it sets. Call it in a transaction. */
MUST_CHECK bool picklist_item_save(struct db_conn *conn, struct arena *arena, const struct record_column *columns,
                                   size_t count, int64_t *id, struct err *err);
