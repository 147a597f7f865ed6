/* What the files of an import are: by their names, else by their headers, else somebody has to say so. */
#include "features/staff_imports/runs.h"
#include "features/staff_imports/vault.h"

/* A file that cannot be read is told of when it is checked, under a name of its own. */
static const char *guess(struct arena *arena, const struct config *config, const struct run_file *file)
{
    const char *named = load_file_of_name(file->name);
    struct load_source source;
    struct err err = {.kind = ERR_NONE};
    int64_t line = 0;
    const char *broken = NULL;
    if (named)
        return named;
    FILE *stream = vault_open(arena, config->data, file->stored, &err);
    if (!stream || !load_csv_open(arena, stream, &source, &line, &broken))
        return NULL;
    return load_file_of_header(source.header, source.header_count);
}

bool plan_files(struct db_conn *conn, struct arena *arena, const struct config *config, int64_t id, bool *settled,
                struct err *err)
{
    struct run_file *files;
    size_t count = 0;
    *settled = true;
    if (!run_files_load(conn, arena, id, &files, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (files[i].file.n)
            continue;
        struct arena *own = arena_create();
        const char *file = guess(own, config, &files[i]);
        arena_destroy(own);
        *settled = *settled && file;
        if (file && !db_exec(conn, "UPDATE import_file SET file = $3 WHERE run_id = $1 AND position = $2",
                             DB_ARGS(DB_INT(id), DB_INT(files[i].position), DB_TEXT(str_of(file))), err))
            return false;
    }
    return true;
}
