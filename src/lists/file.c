/*
 * Sends a list as CSV or XLSX: all matching rows, with code names in CSV (for programs) and labels in XLSX (for
 * people).
 */
#include "base/clock.h"
#include "base/decimal.h"
#include "lists/internal.h"

/* Two cells for each column, since a pair may have its name beside it. */
#define CELLS_MAX (2 * LIST_COLUMNS_MAX)

struct list_file {
    struct list_query query;
    struct list_shown shown[LIST_COLUMNS_MAX];
    size_t column_count;
    struct sheet *sheet;
    bool csv;
    struct arena *scratch; /* cleared after each row */
    struct sheet_cell cells[CELLS_MAX];
    size_t cell_count;
};

static bool has_name_beside(const struct list_file *file, const struct list_column *column)
{
    return file->csv && (column->flags & LIST_WITH_NAME);
}

static bool heads_write(struct list_file *file, struct err *err)
{
    struct str heads[CELLS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < file->column_count; i++) {
        const struct list_shown *shown = &file->shown[i];
        heads[count++] = file->csv ? shown->file_name : shown->label;
        if (has_name_beside(file, &shown->column))
            heads[count++] = arena_printf(file->query.visit->arena, "%.*s_name", STR_FMT(shown->file_name));
    }
    return sheet_head(file->sheet, heads, count, err);
}

static void text_put(struct list_file *file, struct str code, struct str text)
{
    file->cells[file->cell_count++] = (struct sheet_cell){SHEET_TEXT, code, text, 0, !text.n};
}

static void code_put(struct list_file *file, const struct code_list *codes, int64_t at, struct str stored)
{
    bool known = at >= 0 && at < (int64_t)codes->count;
    text_put(file, known ? str_of(codes->codes[at].name) : stored,
             known ? visit_tr(file->query.visit, codes->codes[at].label) : stored);
}

static void yes_no_put(struct list_file *file, const struct list_column *column, int64_t value)
{
    text_put(file, str_of(code_name(column->codes ? column->codes : &yes_no_codes, value)),
             visit_tr(file->query.visit, code_label(&yes_no_codes, value)));
}

static void instant_put(struct list_file *file, int64_t instant)
{
    struct str code = instant ? instant_format_utc(file->scratch, instant) : STR_NONE;
    file->cells[file->cell_count++] = (struct sheet_cell){SHEET_INSTANT, code, code, instant, !instant};
}

static void number_put(struct list_file *file, enum list_kind kind, int64_t value, bool none)
{
    struct sheet_cell cell = {.kind = SHEET_DECIMAL, .value = value, .empty = none};
    if (kind == LIST_COUNT || kind == LIST_SIZE) {
        cell.code = none ? STR_NONE : arena_printf(file->scratch, "%lld", (long long)value);
        cell.value = value * DECIMAL_ONE;
    } else if (kind == LIST_MONEY) {
        cell.code = none ? STR_NONE : ore_format(file->scratch, value);
        cell.value = value * (DECIMAL_ONE / 100);
    } else if (kind == LIST_DURATION) {
        cell.code = none ? STR_NONE : hours_format(file->scratch, value);
        cell.value = value / (3600 * US_PER_SECOND / DECIMAL_ONE);
    } else {
        cell.code = none ? STR_NONE : decimal_format(file->scratch, value);
    }
    file->cells[file->cell_count++] = cell;
}

static void cell_put(struct list_file *file, const struct list_shown *shown, const struct db_rows *rows)
{
    const struct list_column *column = &shown->column;
    const struct list_row row = {file->query.visit, &file->query, rows, shown->at, shown->label};
    struct str text, name;
    switch (column->kind) {
    case LIST_TEXT:
        text = db_text(rows, shown->at);
        text_put(file, text, text.n && column->text ? column->text(column, &row) : text);
        break;
    case LIST_LINK:
    case LIST_DATE:
        text = db_text(rows, shown->at);
        text_put(file, text, text);
        break;
    case LIST_PAIR:
        name = db_text(rows, shown->at + 1);
        text_put(file, db_text(rows, shown->at), name);
        if (has_name_beside(file, column))
            text_put(file, name, name);
        break;
    case LIST_CODE:
    case LIST_STATUS:
        text = db_text(rows, shown->at);
        code_put(file, column->codes, code_find(column->codes, text), text);
        break;
    case LIST_STATE:
        code_put(file, column->codes, db_int(rows, shown->at), STR_NONE);
        break;
    case LIST_YES_NO:
        yes_no_put(file, column, db_int(rows, shown->at));
        break;
    case LIST_INSTANT:
        instant_put(file, db_int(rows, shown->at));
        break;
    case LIST_PERIOD:
    case LIST_OWN:
        break;
    default:
        number_put(file, column->kind, db_int(rows, shown->at), db_null(rows, shown->at));
        break;
    }
}

static bool rows_write(struct list_file *file, struct err *err)
{
    bool nothing = false, ok = true;
    struct db_rows *rows = list_rows(&file->query, file->shown, file->column_count, 0, &nothing, err);
    if (nothing)
        return true;
    while (ok && db_next(rows)) {
        file->cell_count = 0;
        for (size_t i = 0; i < file->column_count; i++)
            cell_put(file, &file->shown[i], rows);
        ok = sheet_row(file->sheet, file->cells, file->cell_count, err);
        arena_reset(file->scratch);
    }
    struct err ended = {.kind = ERR_NONE};
    bool done = db_done(rows, ok ? err : &ended);
    return ok && done;
}

bool list_file_send(struct visit *visit, const struct list *list, const void *context, enum sheet_kind kind,
                    struct err *err)
{
    struct list_file *file = ARENA_NEW(visit->arena, struct list_file);
    file->csv = kind == SHEET_CSV;
    file->query.context = context;
    if (!list_query_read(&file->query, visit, list))
        return err_set(err, ERR_INVALID, _("Something in the search must be corrected. Open the list to see what."),
                       "bad criteria of a file");
    file->query.place.set = false;
    file->column_count = list_columns_filed(visit, list, file->shown);
    file->sheet = sheet_begin(visit->arena, kind, visit->config->data,
                              visit_tr(visit, list->rows_title ? list->rows_title : list->title), err);
    file->scratch = arena_create();
    bool ok = file->sheet && heads_write(file, err) && rows_write(file, err) &&
              sheet_finish(file->sheet, &visit->response->fd, &visit->response->fd_size, err);
    arena_destroy(file->scratch);
    if (ok)
        visit_download(visit, sheet_media_types[kind],
                       arena_printf(visit->arena, "%s.%s", list->name, file->csv ? "csv" : "xlsx").p);
    return ok;
}

bool list_csv(struct visit *visit, const struct list *list, struct err *err)
{
    return list_file_send(visit, list, NULL, SHEET_CSV, err);
}

bool list_xlsx(struct visit *visit, const struct list *list, struct err *err)
{
    return list_file_send(visit, list, NULL, SHEET_XLSX, err);
}
