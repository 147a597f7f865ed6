#include "customer/actions/rows.h"

#include "access/visibility.h"
#include "base/clock.h"
#include "base/decimal.h"

static const struct action_column KNOWN[] = {
    {"number", _("Row number"), ACTION_TEXT, false},
    {"date", _("Date"), ACTION_DATE, false},
    {"work_order", _("Work order"), ACTION_TEXT, false},
    {"article", _("Article"), ACTION_TEXT, false},
    {"title", _("Title"), ACTION_TEXT, false},
    {"description", _("Description"), ACTION_TEXT, false},
    {"action_code", _("Action code"), ACTION_TEXT, false},
    {"article_type", _("Article type"), ACTION_TEXT, false},
    {"quantity", _("Quantity"), ACTION_DECIMAL, false},
    {"unit", _("Unit"), ACTION_TEXT, false},
    {"unit_price", _("Unit price"), ACTION_PRICE, true},
    {"discount", _("Discount"), ACTION_PERCENT, true},
    {"total", _("Total (excl. VAT)"), ACTION_MONEY, true},
    {"status", _("Row status"), ACTION_TEXT, false},
    {"resource", _("Technician"), ACTION_TEXT, false},
};

static const struct {
    const char *code;
    const struct msgid *label;
} WORDS[] = {
    {"material", _("Material")}, {"travel", _("Travel")},     {"time", _("Time")},         {"purchase", _("Purchase")},
    {"other", _("Other")},       {"editable", _("Editable")}, {"attested", _("Attested")}, {"invoiced", _("Invoiced")},
};

static struct str word(struct visit *visit, struct str code)
{
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (str_eqz(code, WORDS[i].code))
            return visit_tr(visit, WORDS[i].label);
    }
    return code;
}

static void fill_columns(struct visit *visit, struct action_table *table)
{
    const struct config *config = visit->config;
    const struct action_column **columns =
        ARENA_ARRAY(visit->arena, const struct action_column *, config->action_columns.count);
    for (size_t i = 0; i < config->action_columns.count; i++) {
        for (size_t k = 0; k < sizeof KNOWN / sizeof *KNOWN; k++) {
            if (str_eqz(config->action_columns.items[i], KNOWN[k].name) && (table->prices || !KNOWN[k].price))
                columns[table->column_count++] = &KNOWN[k];
        }
    }
    table->columns = columns;
}

static struct article_row actions_rows_read_row(struct visit *visit, const struct db_rows *rows)
{
    struct arena *arena = visit->arena;
    bool english = visit->view.lang == LANG_EN && db_text(rows, 8).n;
    return (struct article_row){
        .number = db_text_copy(rows, 0, arena),
        .work_order = db_text_copy(rows, 1, arena),
        .article = db_text_copy(rows, 2, arena),
        .date = db_text_copy(rows, 3, arena),
        .title = db_text_copy(rows, 4, arena),
        .description = db_text_copy(rows, 5, arena),
        .action_code = db_text_copy(rows, 6, arena),
        .action_code_label = db_text_copy(rows, english ? 8 : 7, arena),
        .article_type = db_text_copy(rows, 9, arena),
        .quantity = db_int(rows, 10),
        .unit = db_text_copy(rows, 11, arena),
        .unit_price = db_int(rows, 12),
        .discount = db_int(rows, 13),
        .total = db_int(rows, 14),
        .status = db_text_copy(rows, 15, arena),
        .resource = db_text_copy(rows, 16, arena),
    };
}

/* A row without its own title or unit gets those of its article, so that the row says what it is about. */
static const char ROWS_SQL[] =
    "SELECT r.number, w.number, a.number, r.row_date, COALESCE(NULLIF(r.title, ''), a.name), r.description, ac.key,"
    " ac.label_sv, ac.label_en, r.article_type, r.quantity, COALESCE(NULLIF(r.unit, ''), a.unit), r.unit_price,"
    " r.discount, r.total, r.status, r.resource"
    " FROM article_row r LEFT JOIN work_order w ON w.id = r.work_order_id LEFT JOIN article a ON a.id = r.article_id"
    " LEFT JOIN picklist_item ac ON ac.id = r.action_code_id"
    " WHERE r.case_id = $1 AND r.status <> 'cancelled' ORDER BY r.row_date, r.id";

static bool actions_rows_load_rows(struct visit *visit, int64_t case_id, struct action_table *table, struct err *err)
{
    struct article_row *made = NULL;
    size_t cap = 0;
    struct db_rows *rows = db_query(visit->db, visit->arena, ROWS_SQL, DB_ARGS(DB_INT(case_id)), err);
    while (db_next(rows)) {
        if (table->row_count == cap) {
            cap = cap ? cap * 2 : 16;
            struct article_row *grown = ARENA_ARRAY(visit->arena, struct article_row, cap);
            for (size_t i = 0; i < table->row_count; i++)
                grown[i] = made[i];
            made = grown;
        }
        made[table->row_count] = actions_rows_read_row(visit, rows);
        table->total += made[table->row_count++].total;
    }
    table->rows = made;
    return db_done(rows, err);
}

bool action_table_load(struct visit *visit, int64_t case_id, struct action_table *table, struct err *err)
{
    *table = (struct action_table){0};
    if (!visible_prices(visit->db, &visit->actor, visit->config->prices, case_id, &table->prices, err))
        return false;
    fill_columns(visit, table);
    return actions_rows_load_rows(visit, case_id, table, err);
}

/* Returns the text of a text column by its code name, for CSV. */
static struct str actions_rows_text_of(const struct action_column *column, const struct article_row *row)
{
    const struct {
        const char *name;
        struct str value;
    } texts[] = {
        {"number", row->number},
        {"work_order", row->work_order},
        {"article", row->article},
        {"title", row->title},
        {"description", row->description},
        {"action_code", row->action_code},
        {"article_type", row->article_type},
        {"unit", row->unit},
        {"status", row->status},
        {"resource", row->resource},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (str_eqz(str_of(column->name), texts[i].name))
            return texts[i].value;
    }
    return STR_NONE;
}

struct str action_cell_text(struct visit *visit, const struct action_column *column, const struct article_row *row)
{
    struct arena *arena = visit->arena;
    enum lang lang = visit->view.lang;
    int32_t date = 0;
    switch (column->kind) {
    case ACTION_DATE:
        return date_parse(row->date, &date) ? fmt_date(arena, lang, date) : row->date;
    case ACTION_DECIMAL:
        return fmt_decimal(arena, lang, row->quantity, 0);
    case ACTION_PRICE:
        return fmt_decimal(arena, lang, row->unit_price, 2);
    case ACTION_PERCENT:
        return row->discount ? fmt_percent(arena, lang, row->discount) : STR_NONE;
    case ACTION_MONEY:
        return fmt_money(arena, lang, row->total);
    case ACTION_TEXT:
        break;
    }
    if (str_eqz(str_of(column->name), "action_code"))
        return row->action_code_label;
    bool coded = str_eqz(str_of(column->name), "article_type") || str_eqz(str_of(column->name), "status");
    return coded ? word(visit, actions_rows_text_of(column, row)) : actions_rows_text_of(column, row);
}

struct str action_cell_code(struct visit *visit, const struct action_column *column, const struct article_row *row)
{
    switch (column->kind) {
    case ACTION_DATE:
        return row->date;
    case ACTION_DECIMAL:
        return decimal_format(visit->arena, row->quantity);
    case ACTION_PRICE:
        return decimal_format(visit->arena, row->unit_price);
    case ACTION_PERCENT:
        return decimal_format(visit->arena, row->discount);
    case ACTION_MONEY:
        return ore_format(visit->arena, row->total);
    case ACTION_TEXT:
        break;
    }
    return actions_rows_text_of(column, row);
}
