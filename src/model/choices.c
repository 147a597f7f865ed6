#include "model/choices.h"

#include "portal/kept.h"

/* A list is kept as `key US label_sv US label_en RS` for each item. */
#define ITEM_END '\x1e'
#define LABEL_END '\x1f'

/* Reads the active items of a picklist, and the one with the key `chosen`. */
static bool picklist_read(struct visit *visit, const char *list, struct str chosen, struct buf *items, struct err *err)
{
    struct str key, swedish, english;
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT key, label_sv, label_en FROM picklist_item"
                                    " WHERE list = $1 AND (active = 1 OR key = $2)"
                                    " ORDER BY position, label_sv COLLATE \"sv-natural\", key",
                                    DB_ARGS(DB_TEXT(str_of(list)), DB_TEXT(chosen)), err);
    while (db_read_next(rows, TO_LENT(&key), TO_LENT(&swedish), TO_LENT(&english))) {
        buf_str(items, key);
        buf_char(items, LABEL_END);
        buf_str(items, swedish);
        buf_char(items, LABEL_END);
        buf_str(items, english);
        buf_char(items, ITEM_END);
    }
    return db_done(rows, err);
}

/* Picklists stand in most forms and change seldom. A chosen item may be inactive, so then the list is read. */
static bool picklist_items(struct visit *visit, const char *list, struct str chosen, struct str *items, struct err *err)
{
    struct buf read;
    struct str key = arena_printf(visit->arena, "picklist %s", list);
    if (!kept_generations(visit, err))
        return false;
    const struct generations generations = {.cases = visit->generations.cases};
    if (!chosen.n && kept_text_find(visit->arena, key, generations, items))
        return true;
    buf_init(&read, visit->arena);
    if (!picklist_read(visit, list, chosen, &read, err))
        return false;
    *items = buf_text(&read);
    if (!chosen.n)
        kept_text_put(key, generations, *items);
    return true;
}

bool choices_picklist(struct visit *visit, const char *list, struct str chosen, struct option **options, size_t *count,
                      struct err *err)
{
    size_t cap = 0;
    struct str rest, item, swedish;
    *options = NULL;
    *count = 0;
    if (!picklist_items(visit, list, chosen, &rest, err))
        return false;
    while (str_cut(&rest, ITEM_END, &item) && item.n) {
        *options = arena_grow(visit->arena, *options, *count, &cap, sizeof **options);
        struct option *option = &(*options)[(*count)++];
        (void)str_cut(&item, LABEL_END, &option->value);
        (void)str_cut(&item, LABEL_END, &swedish);
        option->label = visit->view.lang == LANG_EN && item.n ? item : swedish;
        option->selected = str_eq(option->value, chosen);
    }
    return true;
}

void choices_keep(struct arena *arena, struct str chosen, struct option **options, size_t *count)
{
    bool known = !chosen.n;
    for (size_t i = 0; i < *count; i++)
        known = known || (*options)[i].selected;
    if (known)
        return;
    struct option *grown = ARENA_ARRAY(arena, struct option, *count + 1);
    for (size_t i = 0; i < *count; i++)
        grown[i] = (*options)[i];
    grown[(*count)++] = (struct option){chosen, chosen, true};
    *options = grown;
}
