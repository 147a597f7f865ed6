/* Items of picklists: case types, priorities and other choices (table picklist_item). */
#pragma once

#include "db/db.h"

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
MUST_CHECK bool picklist_item_add(struct db_conn *conn, struct str list, struct str key, struct str sv, struct str en,
                                  struct err *err);
/* Changes an item if it is still as in `before`. Fails with ERR_CONFLICT when it is not. */
MUST_CHECK bool picklist_item_update(struct db_conn *conn, const struct picklist_item *before,
                                     const struct picklist_item *item, struct err *err);
