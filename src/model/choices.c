#include "model/choices.h"

bool choices_picklist(struct visit *visit, const char *list, struct str chosen, struct option **options, size_t *count,
                      struct err *err)
{
    size_t cap = 0;
    *options = NULL;
    *count = 0;
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT key, label_sv, label_en FROM picklist_item"
                                    " WHERE list = $1 AND (active = 1 OR key = $2)"
                                    " ORDER BY position, label_sv COLLATE \"sv-natural\", key",
                                    DB_ARGS(DB_TEXT(str_of(list)), DB_TEXT(chosen)), err);
    while (db_next(rows)) {
        *options = arena_grow(visit->arena, *options, *count, &cap, sizeof **options);
        struct option *option = &(*options)[(*count)++];
        struct str english;
        db_read(rows, TO(&option->value), TO(&option->label), TO(&english));
        if (visit->view.lang == LANG_EN && english.n)
            option->label = english;
        option->selected = str_eq(option->value, chosen);
    }
    return db_done(rows, err);
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
