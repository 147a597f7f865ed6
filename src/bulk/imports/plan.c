/*
 * Finds out which file of an import each uploaded file is: by its name, else by its header, else the administrator has
 * to say so. Each sheet of a workbook counts as a file.
 */
#include "bulk/imports/runs.h"
#include "bulk/imports/vault.h"

/* --- workbooks ---------------------------------------------------------------------------------------------------- */

struct sheets {
    int64_t run;
    const struct run_file *file;
    struct str names[WORKBOOK_SHEETS];
    const char *files[WORKBOOK_SHEETS]; /* NULL: not known */
    size_t count;
};

/* Skips empty sheets. A sheet that cannot be read is reported when the import is checked. */
static void read_sheets(struct arena *arena, struct workbook *book, struct sheets *sheets)
{
    const char *guesses[WORKBOOK_SHEETS];
    for (size_t i = 0; i < workbook_count(book); i++) {
        struct workbook_fault fault;
        const struct str *header = NULL;
        size_t count = 0;
        bool sound = load_sheet_header(arena, book, i, &header, &count, &fault);
        if (sound && !count)
            continue;
        guesses[sheets->count] = sound ? load_file_of_header(arena, header, count) : NULL;
        sheets->names[sheets->count++] = workbook_sheet(book, i);
    }
    for (size_t i = 0; i < sheets->count; i++) {
        const char *named = load_file_of_sheet(sheets->file->name, sheets->names[i], sheets->count == 1);
        sheets->files[i] = named ? named : guesses[i];
    }
}

static bool expand_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct sheets *sheets = context;
    const struct run_file *file = sheets->file;
    if (!db_exec(conn, "DELETE FROM import_file WHERE run_id = $1 AND position = $2",
                 DB_ARGS(DB_INT(sheets->run), DB_INT(file->position)), err))
        return false;
    for (size_t i = 0; i < sheets->count; i++) {
        struct str known = sheets->files[i] ? str_of(sheets->files[i]) : STR("");
        if (!db_exec(conn,
                     "INSERT INTO import_file (run_id, position, name, sheet, stored, size, file)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                     DB_ARGS(DB_INT(sheets->run), DB_INT(file->position + (int64_t)i), DB_TEXT(file->name),
                             DB_TEXT(sheets->names[i]), DB_TEXT(file->stored), DB_INT(file->size), DB_TEXT(known)),
                     err))
            return false;
    }
    return true;
}

/* A workbook that cannot be opened stays as it is; checking the import reports what is wrong with it. */
static bool plan_workbook(struct db_conn *conn, struct arena *arena, const struct config *config, int64_t id,
                          const struct run_file *file, bool *settled, struct err *err)
{
    struct sheets *sheets = ARENA_NEW(arena, struct sheets);
    struct workbook_fault fault;
    struct err lost = {.kind = ERR_NONE};
    FILE *stream = vault_open(arena, config->data, file->stored, &lost);
    struct workbook *book = stream ? workbook_open(arena, fileno(stream), config->data, &fault) : NULL;
    if (!book)
        return true;
    *sheets = (struct sheets){.run = id, .file = file};
    read_sheets(arena, book, sheets);
    for (size_t i = 0; i < sheets->count; i++)
        *settled = *settled && sheets->files[i];
    return !sheets->count || db_transaction(conn, expand_body, sheets, err);
}

/* --- CSV ---------------------------------------------------------------------------------------------------------- */

/* Returns which file a CSV file is: by its name, its headings, or the mapping that was made for these headings. */
static bool guess(struct db_conn *conn, struct arena *arena, const struct config *config, const struct run_file *file,
                  const char **known, struct err *err)
{
    const char *named = load_file_of_name(file->name);
    struct load_source source = {.file = NULL};
    struct err lost = {.kind = ERR_NONE};
    struct str remembered, text;
    bool found = false;
    int64_t line = 0;
    const char *broken = NULL;
    *known = named;
    if (named)
        return true;
    FILE *stream = vault_open(arena, config->data, file->stored, &lost);
    if (!stream || !load_csv_open(arena, stream, &source, &line, &broken))
        return true;
    *known = load_file_of_header(arena, source.header, source.header_count);
    if (*known)
        return true;
    if (!mapping_recall(conn, arena, &source, &remembered, &text, &found, err))
        return false;
    *known = found ? load_file_of_name(remembered) : NULL;
    return true;
}

static bool plan_csv(struct db_conn *conn, struct arena *arena, const struct config *config, int64_t id,
                     const struct run_file *file, bool *settled, struct err *err)
{
    const char *known = NULL;
    if (!guess(conn, arena, config, file, &known, err))
        return false;
    *settled = *settled && known;
    return !known || db_exec(conn, "UPDATE import_file SET file = $3 WHERE run_id = $1 AND position = $2",
                             DB_ARGS(DB_INT(id), DB_INT(file->position), DB_TEXT(str_of(known))), err);
}

bool plan_files(struct db_conn *conn, struct arena *arena, const struct config *config, int64_t id, bool *settled,
                struct err *err)
{
    struct run_file *files;
    size_t count = 0;
    bool ok = true;
    *settled = true;
    if (!run_files_load(conn, arena, id, &files, &count, err))
        return false;
    for (size_t i = 0; ok && i < count; i++) {
        if (files[i].file.n) /* known already */
            continue;
        struct arena *own = arena_create();
        if (!load_is_workbook(files[i].name))
            ok = plan_csv(conn, own, config, id, &files[i], settled, err);
        else if (!files[i].sheet.n)
            ok = plan_workbook(conn, own, config, id, &files[i], settled, err);
        else
            *settled = false;
        arena_destroy(own);
    }
    return ok;
}
