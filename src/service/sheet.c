#include "service/sheet.h"
#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/decimal.h"
#include "service/csv.h"

#define XLSX_ROWS 1048576
#define XLSX_CELL_CHARS 32767
/* CSV rows are collected up to this many bytes before they are written. */
#define FLUSH_BYTES (64 * 1024)
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

const char *const sheet_media_types[2] = {"text/csv; charset=utf-8",
                                          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};

struct sheet {
    struct arena *arena;
    enum sheet_kind kind;
    int fd;
    struct arena *scratch;
    struct buf pending;
    char *path; /* path of the workbook while it is being written */
    lxw_workbook *book;
    lxw_worksheet *page;
    lxw_format *bold, *time;
    lxw_row_t row;
};

static void sheet_release(void *what)
{
    struct sheet *sheet = what;
    if (sheet->book)
        (void)workbook_close(sheet->book);
    if (sheet->path)
        (void)unlink(sheet->path);
    if (sheet->fd >= 0)
        (void)close(sheet->fd);
    arena_destroy(sheet->scratch);
}

/* Creates a file and unlinks it at once; some file systems do not support files that are unnamed from the start. */
static bool begin_csv(struct sheet *sheet, struct str data, struct err *err)
{
    char *path = arena_z(sheet->arena, arena_printf(sheet->arena, "%.*s/tmp/sheet-XXXXXX", STR_FMT(data)));
    sheet->fd = mkostemp(path, O_CLOEXEC);
    if (sheet->fd < 0 || unlink(path) != 0)
        return err_errno(err, "make a temporary file for CSV");
    buf_z(&sheet->pending, BYTE_ORDER_MARK); /* or Excel reads it in the encoding of the machine */
    return true;
}

static bool begin_xlsx(struct sheet *sheet, struct str data, struct str name, struct err *err)
{
    struct str folder = arena_printf(sheet->arena, "%.*s/tmp", STR_FMT(data));
    sheet->path = arena_z(sheet->arena, arena_printf(sheet->arena, "%s/sheet-XXXXXX", folder.p));
    int fd = mkstemp(sheet->path);
    if (fd < 0) {
        sheet->path = NULL;
        return err_errno(err, "make a temporary file for XLSX");
    }
    (void)close(fd);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = arena_z(sheet->arena, folder)};
    sheet->book = workbook_new_opt(sheet->path, &options);
    sheet->page =
        sheet->book ? workbook_add_worksheet(sheet->book, arena_z(sheet->arena, utf8_prefix(name, 31))) : NULL;
    if (!sheet->page)
        return err_set(err, ERR_INTERNAL, NULL, "cannot make a workbook");
    sheet->bold = workbook_add_format(sheet->book);
    sheet->time = workbook_add_format(sheet->book);
    format_set_bold(sheet->bold);
    format_set_num_format(sheet->time, "yyyy-mm-dd hh:mm");
    worksheet_freeze_panes(sheet->page, 1, 0);
    return true;
}

struct sheet *sheet_begin(struct arena *arena, enum sheet_kind kind, struct str data, struct str name, struct err *err)
{
    struct sheet *sheet = ARENA_NEW(arena, struct sheet);
    *sheet = (struct sheet){.arena = arena, .kind = kind, .fd = -1, .scratch = arena_create()};
    arena_on_release(arena, sheet_release, sheet);
    buf_init(&sheet->pending, arena);
    bool ok = kind == SHEET_CSV ? begin_csv(sheet, data, err) : begin_xlsx(sheet, data, name, err);
    return ok ? sheet : NULL;
}

/* --- CSV ---------------------------------------------------------------------------------------------------------- */

static bool sheet_flush(struct sheet *sheet, struct err *err)
{
    if (!io_write(sheet->fd, sheet->pending.p, sheet->pending.n))
        return err_errno(err, "write CSV");
    buf_clear(&sheet->pending);
    return true;
}

static bool end_csv_row(struct sheet *sheet, struct err *err)
{
    csv_end_line(&sheet->pending);
    return sheet->pending.n < FLUSH_BYTES || sheet_flush(sheet, err);
}

/* --- XLSX --------------------------------------------------------------------------------------------------------- */

/* XML does not allow U+FFFE and U+FFFF: one of them would make the whole workbook unreadable. */
static char *xml_text(struct arena *arena, struct str text)
{
    char *copy = arena_z(arena, text);
    for (char *at = strstr(copy, "\xEF\xBF"); at; at = strstr(at + 3, "\xEF\xBF")) {
        if (at[2] == '\xBE' || at[2] == '\xBF')
            at[2] = '\xBD';
    }
    return copy;
}

static void put_text(struct sheet *sheet, lxw_col_t column, struct str text, lxw_format *format)
{
    (void)worksheet_write_string(sheet->page, sheet->row, column,
                                 xml_text(sheet->scratch, utf8_prefix(text, XLSX_CELL_CHARS)), format);
}

static void put_instant(struct sheet *sheet, lxw_col_t column, int64_t instant)
{
    struct civil local = clock_local(instant);
    lxw_datetime time = {local.year, local.month, local.day, local.hour, local.minute, (double)local.second};
    (void)worksheet_write_datetime(sheet->page, sheet->row, column, &time, sheet->time);
}

static void put_cell(struct sheet *sheet, lxw_col_t column, const struct sheet_cell *cell)
{
    if (cell->empty)
        return;
    if (cell->kind == SHEET_TEXT)
        put_text(sheet, column, cell->text, NULL);
    else if (cell->kind == SHEET_INSTANT)
        put_instant(sheet, column, cell->value);
    else
        (void)worksheet_write_number(sheet->page, sheet->row, column, (double)cell->value / (double)DECIMAL_ONE, NULL);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

bool sheet_head(struct sheet *sheet, const struct str *labels, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (sheet->kind == SHEET_CSV)
            csv_cell(&sheet->pending, i == 0, labels[i], CSV_DEFUSED);
        else
            put_text(sheet, (lxw_col_t)i, labels[i], sheet->bold);
    }
    if (sheet->kind == SHEET_CSV)
        return end_csv_row(sheet, err);
    (void)worksheet_set_column(sheet->page, 0, (lxw_col_t)(count ? count - 1 : 0), 20, NULL);
    sheet->row++;
    return true;
}

bool sheet_row(struct sheet *sheet, const struct sheet_cell *cells, size_t count, struct err *err)
{
    if (sheet->kind == SHEET_XLSX && sheet->row >= XLSX_ROWS)
        return err_set(err, ERR_TOO_LARGE,
                       _("There are too many rows for an Excel file. Narrow the search or take CSV."),
                       "workbook is full");
    for (size_t i = 0; i < count; i++) {
        if (sheet->kind == SHEET_CSV)
            csv_cell(&sheet->pending, i == 0, cells[i].code, CSV_DEFUSED);
        else
            put_cell(sheet, (lxw_col_t)i, &cells[i]);
    }
    arena_reset(sheet->scratch);
    if (sheet->kind == SHEET_CSV)
        return end_csv_row(sheet, err);
    sheet->row++;
    return true;
}

/* Checks that all rows reached the disk, because the library does not. */
static bool rows_are_whole(const struct sheet *sheet)
{
    FILE *rows = sheet->page->optimize_tmpfile;
    return !rows || (fflush(rows) == 0 && !ferror(rows));
}

static bool finish_xlsx(struct sheet *sheet, struct err *err)
{
    bool whole = rows_are_whole(sheet);
    errno = 0;
    lxw_error failure = workbook_close(sheet->book);
    sheet->book = NULL;
    if (!whole || errno == ENOSPC || errno == EDQUOT)
        return err_set(err, ERR_FULL, NULL, "no room for a workbook");
    if (failure != LXW_NO_ERROR)
        return err_set(err, ERR_INTERNAL, NULL, "workbook: %s", lxw_strerror(failure));
    sheet->fd = open(sheet->path, O_RDONLY | O_CLOEXEC);
    return sheet->fd >= 0 || err_errno(err, "open the workbook");
}

bool sheet_finish(struct sheet *sheet, int *fd, int64_t *size, struct err *err)
{
    struct stat info;
    if (!(sheet->kind == SHEET_CSV ? sheet_flush(sheet, err) : finish_xlsx(sheet, err)))
        return false;
    if (fstat(sheet->fd, &info) != 0 || lseek(sheet->fd, 0, SEEK_SET) != 0)
        return err_errno(err, "read back a sheet");
    *fd = sheet->fd;
    *size = info.st_size;
    sheet->fd = -1;
    return true;
}
