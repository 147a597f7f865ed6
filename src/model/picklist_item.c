#include "model/picklist_item.h"

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
    while (db_next(rows) && *count < PICKLIST_ITEMS_MAX)
        (*items)[(*count)++] = (struct picklist_item){.id = db_int(rows, 0),
                                                      .key = db_text_copy(rows, 1, arena),
                                                      .sv = db_text_copy(rows, 2, arena),
                                                      .en = db_text_copy(rows, 3, arena),
                                                      .position = db_int(rows, 4),
                                                      .active = db_int(rows, 5) != 0};
    return db_done(rows, err);
}

bool picklist_item_add(struct db_conn *conn, struct str list, struct str key, struct str sv, struct str en,
                       struct err *err)
{
    return db_exec(conn, "INSERT INTO picklist_item (list, key, label_sv, label_en) VALUES ($1, $2, $3, $4)",
                   DB_ARGS(DB_TEXT(list), DB_TEXT(key), DB_TEXT(sv), DB_TEXT(en)), err);
}

bool picklist_item_update(struct db_conn *conn, const struct picklist_item *before, const struct picklist_item *item,
                          struct err *err)
{
    return db_exec(conn,
                   "UPDATE picklist_item SET label_sv = $2, label_en = $3, position = $4, active = $5 WHERE id = $1"
                   " AND label_sv = $6 AND label_en = $7 AND position = $8 AND active = $9",
                   DB_ARGS(DB_INT(item->id), DB_TEXT(item->sv), DB_TEXT(item->en), DB_INT(item->position),
                           DB_INT(item->active), DB_TEXT(before->sv), DB_TEXT(before->en), DB_INT(before->position),
                           DB_INT(before->active)),
                   err) &&
           (db_changes(conn) > 0 || err_set(err, ERR_CONFLICT, NULL, "the item is another now"));
}
