#include "base/clock.h"
#include "bulk/exchange/export.h"
#include "bulk/exchange/stage.h"
#include "service/csv.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Number of rows that are read together with their lists. */
#define CHUNK 500
#define EXTRA_KEYS_MAX 200

struct line {
    struct str cells[FORMAT_COLUMNS_MAX];
    struct str *extras; /* in the order of the keys */
};

struct writer {
    struct db_conn *conn;
    const struct format *format;
    FILE *out;
    struct arena *kept, *arena; /* kept: for the whole file; arena: for one chunk */
    struct str *extra_keys;
    size_t extra_count;
    struct buf
        after[2];    /* the key of the last row; in files.csv the last path, and the last key of files without a path */
    struct str data; /* the data folder, which has the store */
    int folder;      /* the open export folder, for the contents of files */
    struct line *lines;
    size_t count;
};

/* Selects each column at its position in the format, with NULL for columns that are stored elsewhere. */
static void add_select(struct sql *sql, const struct format *format)
{
    for (size_t i = 0; i < format->column_count; i++) {
        const struct column *column = &format->columns[i];
        sql_put(sql, i ? ", " : "SELECT ");
        if (!column_target_literal(column))
            sql_put(sql, "NULL");
        else if (column->shown_literal)
            sql_put(sql, column->shown_literal);
        else
            sql_stored(sql, column);
    }
}

/*
 * Files are ordered by path, and files without a path by the path that the export gives them. Both orders are merged
 * into one.
 */
static void add_files_page(struct sql *sql, const struct writer *writer)
{
    sql_put(sql,
            " FROM (SELECT * FROM (SELECT f.id, f.path AS shown FROM file f WHERE f.path > ?"
            " ORDER BY f.path LIMIT ?) a UNION ALL SELECT * FROM (SELECT f.id, '" PORTAL_FOLDER
            "' || f.key AS shown FROM file f WHERE f.path IS NULL AND f.key > ? ORDER BY f.key LIMIT ?) b) p"
            " JOIN file t ON t.id = p.id ORDER BY p.shown LIMIT ?",
            DB_TEXT(buf_text(&writer->after[0])), DB_INT(CHUNK), DB_TEXT(buf_text(&writer->after[1])), DB_INT(CHUNK),
            DB_INT(CHUNK));
}

/* Rows are ordered by bytes: every table has a unique index in that order, whatever its size. */
static void add_page(struct sql *sql, const struct writer *writer)
{
    if (writer->format == &formats[FORMAT_FILES]) {
        add_files_page(sql, writer);
        return;
    }
    sql_put(sql, " FROM {}", SQL(writer->format->table_literal));
    if (writer->format == &formats[FORMAT_PICKLISTS]) {
        sql_put(sql, " t WHERE (t.list, t.key) > (?, ?) ORDER BY t.list, t.key LIMIT ?",
                DB_TEXT(buf_text(&writer->after[0])), DB_TEXT(buf_text(&writer->after[1])), DB_INT(CHUNK));
    } else {
        sql_put(sql, " t WHERE t.number > ? ORDER BY t.number LIMIT ?", DB_TEXT(buf_text(&writer->after[0])),
                DB_INT(CHUNK));
    }
}

static struct str *export_file_cell_of(const struct writer *writer, struct line *line, const char *name)
{
    size_t at = 0;
    while (strcmp(column_name_literal(&writer->format->columns[at]), name) != 0)
        at++;
    return &line->cells[at];
}

/* Remembers where the page ends, and gives paths to files without one. */
static void name_files(struct writer *writer)
{
    for (size_t i = 0; i < writer->count; i++) {
        struct line *line = &writer->lines[i];
        struct str *path = export_file_cell_of(writer, line, "path"), key = *export_file_cell_of(writer, line, "key");
        bool named = path->n > 0;
        buf_clear(&writer->after[!named]);
        buf_str(&writer->after[!named], named ? *path : key);
        if (!named)
            *path = export_portal_path(writer->arena, key, *export_file_cell_of(writer, line, "name"));
    }
}

static bool write_contents(struct writer *writer, struct err *err)
{
    for (size_t i = 0; i < writer->count; i++) {
        struct line *line = &writer->lines[i];
        if (!export_content(writer->arena, writer->data, writer->folder, *export_file_cell_of(writer, line, "path"),
                            *export_file_cell_of(writer, line, "digest"), err))
            return false;
    }
    return true;
}

static bool read_lines(struct writer *writer, struct err *err)
{
    struct sql sql = sql_start(writer->arena, "");
    add_select(&sql, writer->format);
    add_page(&sql, writer);
    writer->lines = ARENA_ARRAY(writer->arena, struct line, CHUNK);
    writer->count = 0;
    struct db_rows *rows = db_query_sql(writer->conn, writer->arena, &sql, err);
    while (db_next(rows)) {
        struct line *line = &writer->lines[writer->count++];
        line->extras = ARENA_ARRAY(writer->arena, struct str, writer->extra_count);
        for (size_t i = 0; i < writer->format->column_count; i++)
            line->cells[i] = column_text(writer->arena, &writer->format->columns[i], rows, (int)i, instant_format_utc);
    }
    return db_done(rows, err);
}

/* Finds the line with this key. Lines and requested keys come in the same order. */
static struct line *export_file_find_line(struct writer *writer, size_t *at, struct str number)
{
    while (*at < writer->count && str_cmp(writer->lines[*at].cells[0], number) < 0)
        (*at)++;
    return *at < writer->count && str_eq(writer->lines[*at].cells[0], number) ? &writer->lines[*at] : NULL;
}

static void export_file_add_range(struct sql *sql, const struct writer *writer)
{
    sql_put(sql, " WHERE t.number >= ? AND t.number <= ?", DB_TEXT(writer->lines[0].cells[0]),
            DB_TEXT(writer->lines[writer->count - 1].cells[0]));
}

static bool read_links(struct writer *writer, const struct link *link, struct err *err)
{
    const struct column *column = format_column(writer->format, str_of(link->column));
    size_t position = (size_t)(column - writer->format->columns), at = 0;
    struct buf *lists = ARENA_ARRAY(writer->arena, struct buf, writer->count);
    struct sql sql = sql_start(writer->arena,
                               "SELECT t.number, r.number FROM {} t JOIN {} k ON k.{} = t.id JOIN {} r ON r.id = k.{}",
                               SQL(writer->format->table_literal), SQL(link->table_literal), SQL(link->own_literal),
                               SQL(column_refers_literal(column)), SQL(link->other_literal));
    export_file_add_range(&sql, writer);
    sql_put(&sql, " ORDER BY t.number, r.number");
    for (size_t i = 0; i < writer->count; i++)
        buf_init(&lists[i], writer->arena);
    struct db_rows *rows = db_query_sql(writer->conn, writer->arena, &sql, err);
    for (struct str own, other; db_read_next(rows, TO_LENT(&own), TO_LENT(&other));) {
        struct line *line = export_file_find_line(writer, &at, own);
        if (!line)
            continue;
        struct buf *list = &lists[line - writer->lines];
        if (list->n)
            buf_char(list, '|');
        buf_str(list, other);
        line->cells[position] = buf_text(list);
    }
    return db_done(rows, err);
}

static bool read_extras(struct writer *writer, struct err *err)
{
    size_t at = 0;
    struct sql sql =
        sql_start(writer->arena, "SELECT t.number, e.key, e.value FROM cases t JOIN case_extra e ON e.case_id = t.id");
    export_file_add_range(&sql, writer);
    sql_put(&sql, " ORDER BY t.number, e.key");
    struct db_rows *rows = db_query_sql(writer->conn, writer->arena, &sql, err);
    for (struct str number, key, value; db_read_next(rows, TO_LENT(&number), TO_LENT(&key), TO(&value));) {
        struct line *line = export_file_find_line(writer, &at, number);
        for (size_t i = 0; line && i < writer->extra_count; i++) {
            if (str_eq(writer->extra_keys[i], key))
                line->extras[i] = value;
        }
    }
    return db_done(rows, err);
}

static bool read_extra_keys(struct writer *writer, struct err *err)
{
    if (!writer->format->extra)
        return true;
    writer->extra_keys = ARENA_ARRAY(writer->kept, struct str, EXTRA_KEYS_MAX);
    struct db_rows *rows =
        db_query(writer->conn, writer->kept, "SELECT DISTINCT key FROM case_extra ORDER BY key", DB_NO_ARGS, err);
    bool fits = true;
    for (struct str key; db_read_next(rows, TO(&key));) {
        fits = writer->extra_count < EXTRA_KEYS_MAX;
        if (fits)
            writer->extra_keys[writer->extra_count++] = key;
    }
    return db_done(rows, err) &&
           (fits || err_set(err, ERR_TOO_LARGE, NULL, "more than %d extra fields", EXTRA_KEYS_MAX));
}

static bool export_file_put(struct writer *writer, const struct buf *text, struct err *err)
{
    return fwrite(text->p, 1, text->n, writer->out) == text->n || err_errno(err, writer->format->file);
}

static bool write_header(struct writer *writer, struct err *err)
{
    struct buf text;
    buf_init(&text, writer->kept);
    for (size_t i = 0; i < writer->format->column_count; i++) {
        if (column_kind(&writer->format->columns[i]) != CELL_MADE)
            csv_cell(&text, i == 0, str_of(column_name_literal(&writer->format->columns[i])), CSV_EXACT);
    }
    for (size_t i = 0; i < writer->extra_count; i++)
        csv_cell(&text, false, arena_printf(writer->kept, EXTRA_PREFIX "%.*s", STR_FMT(writer->extra_keys[i])),
                 CSV_EXACT);
    csv_end_line(&text);
    return export_file_put(writer, &text, err);
}

static bool export_file_write_lines(struct writer *writer, struct err *err)
{
    struct buf text;
    buf_init(&text, writer->arena);
    if (!writer->count)
        return true;
    for (size_t i = 0; i < writer->count; i++) {
        for (size_t k = 0; k < writer->format->column_count; k++) {
            if (column_kind(&writer->format->columns[k]) != CELL_MADE)
                csv_cell(&text, k == 0, writer->lines[i].cells[k], CSV_EXACT);
        }
        for (size_t k = 0; k < writer->extra_count; k++)
            csv_cell(&text, false, writer->lines[i].extras[k], CSV_EXACT);
        csv_end_line(&text);
    }
    return export_file_put(writer, &text, err);
}

static bool export_file_read_chunk(struct writer *writer, struct err *err)
{
    if (!read_lines(writer, err))
        return false;
    if (writer->format == &formats[FORMAT_FILES]) {
        name_files(writer);
        return write_contents(writer, err);
    }
    for (size_t i = 0; writer->count && i < writer->format->link_count; i++) {
        if (!read_links(writer, &writer->format->links[i], err))
            return false;
    }
    return !writer->count || !writer->extra_count || read_extras(writer, err);
}

static void remember_key(struct writer *writer)
{
    const struct line *last = &writer->lines[writer->count - 1];
    for (int i = 0; i < 2; i++) {
        buf_clear(&writer->after[i]);
        buf_str(&writer->after[i], last->cells[i]);
    }
}

static bool export_file_write_rows(struct writer *writer, struct err *err)
{
    do {
        arena_reset(writer->arena);
        if (!export_file_read_chunk(writer, err) || !export_file_write_lines(writer, err))
            return false;
        if (writer->count && writer->format != &formats[FORMAT_FILES])
            remember_key(writer);
    } while (writer->count);
    return true;
}

static bool close_file(struct writer *writer, bool ok, struct err *err)
{
    ok = ok && ((fflush(writer->out) == 0 && fsync(fileno(writer->out)) == 0) || err_errno(err, writer->format->file));
    return (fclose(writer->out) == 0 || (ok && err_errno(err, writer->format->file))) && ok;
}

bool export_file(struct db_conn *conn, const struct format *format, const char *folder, struct str data,
                 struct err *err)
{
    struct writer writer = {
        .conn = conn, .format = format, .kept = arena_create(), .arena = arena_create(), .data = data};
    const char *path = arena_printf(writer.kept, "%s/%s", folder, format->file).p;
    buf_init(&writer.after[0], writer.kept);
    buf_init(&writer.after[1], writer.kept);
    writer.out = fopen(path, "wxe");
    writer.folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    bool ok = (writer.out && writer.folder >= 0) || err_errno(err, path);
    if (writer.out)
        ok = close_file(&writer,
                        ok && read_extra_keys(&writer, err) && write_header(&writer, err) &&
                            export_file_write_rows(&writer, err),
                        err);
    if (writer.folder >= 0)
        (void)close(writer.folder); /* read only, so closing cannot lose data */
    arena_destroy(writer.arena);
    arena_destroy(writer.kept);
    return ok;
}
