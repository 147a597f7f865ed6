#include "model/picklist_item.h"

#include "model/picklist_item_fields.h"

bool picklist_items_load(struct db_conn *conn, struct arena *arena, struct str list, struct picklist_item **items,
                         size_t *count, struct err *err)
{
    *items = ARENA_ARRAY(arena, struct picklist_item, PICKLIST_ITEMS_MAX);
    *count = 0;
    struct db_rows *rows =
        db_query(conn, arena,
                 "SELECT id, key, label_sv, label_en, position, active FROM picklist_item WHERE list = $1"
                 " ORDER BY position, label_sv COLLATE \"sv-natural\", key LIMIT $2",
                 DB_ARGS(DB_TEXT(list), DB_INT(PICKLIST_ITEMS_MAX)), err);
    while (db_next(rows)) {
        struct picklist_item *item = &(*items)[(*count)++];
        db_read(rows, TO(&item->id), TO(&item->key), TO(&item->sv), TO(&item->en), TO(&item->position),
                TO(&item->active));
    }
    return db_done(rows, err);
}

bool picklist_item_save(struct db_conn *conn, struct arena *arena, const struct record_column *columns, size_t count,
                        int64_t *id, struct err *err)
{
    return record_save(conn, arena, &picklist_item_entity, columns, count, id, err);
}
