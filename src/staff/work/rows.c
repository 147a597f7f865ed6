#include "staff/work/rows.h"

#include "base/clock.h"
#include "base/decimal.h"
#include "model/article_row.h"

static const struct work_field FIELDS[ROW_FIELDS] = {
    [ROW_ARTICLE] = {"article", _("Article number"), WORK_INPUT, NULL, 100, false, NULL, "/staff/lookup/articles"},
    [ROW_TITLE] = {"title", _("Title"), WORK_INPUT, NULL, 300, false, NULL, NULL},
    [ROW_DESCRIPTION] = {"description", _("Description"), WORK_AREA, NULL, 4000, false, NULL, NULL},
    [ROW_DATE] = {"date", _("Date"), WORK_INPUT, "date", 10, true, NULL, NULL},
    [ROW_QUANTITY] = {"quantity", _("Quantity"), WORK_INPUT, NULL, 30, true, NULL, NULL},
    [ROW_UNIT] = {"unit", _("Unit"), WORK_INPUT, NULL, 30, false, NULL, NULL},
    [ROW_PRICE] = {"unit_price", _("Unit price"), WORK_INPUT, NULL, 30, false, NULL, NULL},
    [ROW_DISCOUNT] = {"discount", _("Discount, per cent"), WORK_INPUT, NULL, 30, false, NULL, NULL},
    [ROW_TYPE] = {"article_type", _("Article type"), WORK_SELECT, NULL, 20, false, NULL, NULL},
    [ROW_ACTION] = {"action_code", _("Action code"), WORK_SELECT, NULL, 100, false, "action_code", NULL},
    [ROW_ORDER] = {"work_order", _("Work order"), WORK_SELECT, NULL, 200, false, NULL, NULL},
    [ROW_RESOURCE] = {"resource", _("Technician"), WORK_INPUT, NULL, 100, false, NULL, NULL},
};

const char *row_status_label(struct str status)
{
    static const char *const codes[] = {"editable", "attested", "invoiced", "cancelled"};
    static const char *const labels[] = {_("Editable"), _("Attested"), _("Invoiced"), _("Cancelled")};
    for (size_t i = 0; i < 4; i++) {
        if (str_eqz(status, codes[i]))
            return labels[i];
    }
    return NULL;
}

/* As one types it: no groups of thousands, the sign of the language between. */
static struct str row_decimal_text(struct visit *visit, int64_t millionths)
{
    struct str text = arena_str(visit->arena, decimal_format(visit->arena, millionths));
    ptrdiff_t dot = str_find_char(text, '.');
    if (dot < 0 || visit->view.lang == LANG_EN)
        return text;
    return arena_printf(visit->arena, "%.*s,%.*s", STR_FMT(str_slice(text, 0, (size_t)dot)),
                        STR_FMT(str_slice(text, (size_t)dot + 1, text.n)));
}

static void row_set_numbers(struct visit *visit, struct work_row *row)
{
    row->form.values[ROW_QUANTITY] = row_decimal_text(visit, row->quantity);
    row->form.values[ROW_PRICE] = row_decimal_text(visit, row->unit_price);
    row->form.values[ROW_DISCOUNT] = row->discount ? row_decimal_text(visit, row->discount * 100) : STR_NONE;
}

void row_blank(struct visit *visit, struct work_row *row)
{
    *row = (struct work_row){.status = STR("editable"), .form = {.fields = FIELDS, .count = ROW_FIELDS}};
    row->form.values[ROW_DATE] = date_format(visit->arena, clock_date(visit->now_us));
    row->form.values[ROW_QUANTITY] = STR("1");
}

static const char LOAD_SQL[] =
    "SELECT r.id, r.number, r.status, r.quantity, r.unit_price, r.discount, r.total, COALESCE(a.number, ''), r.title,"
    " r.description, r.row_date, r.unit, r.article_type, COALESCE(p.key, ''), COALESCE(w.number, ''), r.resource"
    " FROM article_row r LEFT JOIN article a ON a.id = r.article_id LEFT JOIN picklist_item p ON p.id = "
    "r.action_code_id"
    " LEFT JOIN work_order w ON w.id = r.work_order_id WHERE r.number = $1 AND r.case_id = $2";

bool row_load(struct visit *visit, int64_t case_id, struct str number, struct work_row *row, struct err *err)
{
    static const enum row_field texts[] = {ROW_ARTICLE, ROW_TITLE,  ROW_DESCRIPTION, ROW_DATE,    ROW_UNIT,
                                           ROW_TYPE,    ROW_ACTION, ROW_ORDER,       ROW_RESOURCE};
    row_blank(visit, row);
    struct db_rows *rows = db_query(visit->db, visit->arena, LOAD_SQL, DB_ARGS(DB_TEXT(number), DB_INT(case_id)), err);
    if (rows && db_next(rows)) {
        row->id = db_int(rows, 0);
        row->number = db_text_copy(rows, 1, visit->arena);
        row->status = db_text_copy(rows, 2, visit->arena);
        row->quantity = db_int(rows, 3);
        row->unit_price = db_int(rows, 4);
        row->discount = db_int(rows, 5);
        row->total = db_int(rows, 6);
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            row->form.values[texts[i]] = db_text_copy(rows, 7 + (int)i, visit->arena);
        row_set_numbers(visit, row);
    }
    if (!db_done(rows, err))
        return false;
    return row->id || err_set(err, ERR_NOT_FOUND, NULL, "no such row of this case");
}

/* --- what was sent ---------------------------------------------------------------------------------------------------------------------- */

static void row_take(struct work_row *row, enum row_field field, struct str value)
{
    if (!row->form.values[field].n)
        row->form.values[field] = value;
}

/* The article says what was left empty. A row keeps an article that became inactive, no row gets one. */
static bool row_read_article(struct visit *visit, struct work_row *row, struct err *err)
{
    struct work_form *form = &row->form;
    if (!form->values[ROW_ARTICLE].n)
        return true;
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT a.id, a.name, a.unit, a.article_type, a.unit_price, a.active = 1 OR EXISTS (SELECT 1 FROM"
                 " article_row r WHERE r.id = $2 AND r.article_id = a.id) FROM article a WHERE a.number = $1",
                 DB_ARGS(DB_TEXT(form->values[ROW_ARTICLE]), DB_INT(row->id)), err);
    if (rows && db_next(rows)) {
        form->ids[ROW_ARTICLE] = db_int(rows, 0);
        row_take(row, ROW_TITLE, db_text_copy(rows, 1, visit->arena));
        row_take(row, ROW_UNIT, db_text_copy(rows, 2, visit->arena));
        row_take(row, ROW_TYPE, db_text_copy(rows, 3, visit->arena));
        if (!db_int(rows, 5))
            form->faults[ROW_ARTICLE] = _("The article is inactive. Choose another one.");
        if (!db_null(rows, 4))
            row_take(row, ROW_PRICE, row_decimal_text(visit, db_int(rows, 4)));
    }
    if (!db_done(rows, err))
        return false;
    if (!form->ids[ROW_ARTICLE])
        form->faults[ROW_ARTICLE] = _("There is no article with this number.");
    return true;
}

/* So many are told; more would be no help. */
#define ARTICLES_TOLD 8

bool row_articles_like(struct visit *visit, struct str typed, struct str *found, struct err *err)
{
    struct buf pattern, text;
    buf_init(&pattern, visit->arena);
    buf_init(&text, visit->arena);
    buf_char(&pattern, '%');
    for (size_t i = 0; i < typed.n; i++) {
        if (typed.p[i] == '%' || typed.p[i] == '_' || typed.p[i] == '\\')
            buf_char(&pattern, '\\');
        buf_char(&pattern, typed.p[i]);
    }
    buf_char(&pattern, '%');
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT number, name FROM article WHERE active = 1 AND lower((number || ' ' || name) COLLATE"
                 " \"sv-natural\") LIKE lower($1 COLLATE \"sv-natural\") ESCAPE '\\' ORDER BY number COLLATE "
                 "\"sv-natural\" LIMIT $2",
                 DB_ARGS(DB_TEXT(buf_text(&pattern)), DB_INT(ARTICLES_TOLD)), err);
    while (rows && db_next(rows))
        buf_printf(&text, "%s%.*s %.*s", text.n ? "; " : "", STR_FMT(db_text(rows, 0)), STR_FMT(db_text(rows, 1)));
    *found = buf_text(&text);
    return db_done(rows, err);
}

static bool row_read_work_order(struct visit *visit, const struct work_case *work, struct work_form *form,
                                struct err *err)
{
    bool found = false;
    if (!form->values[ROW_ORDER].n)
        return true;
    if (!db_query_int(visit->db, "SELECT id FROM work_order WHERE number = $1 AND case_id = $2",
                      DB_ARGS(DB_TEXT(form->values[ROW_ORDER]), DB_INT(work->id)), &found, &form->ids[ROW_ORDER], err))
        return false;
    if (!found)
        form->faults[ROW_ORDER] = _("Choose one from the list.");
    return true;
}

static void row_read_decimal(struct work_form *form, enum row_field field, int64_t *value)
{
    *value = 0;
    if (form->values[field].n && !form->faults[field] && !decimal_parse(form->values[field], value))
        form->faults[field] = _("Write a number, such as 12 or 3.5.");
}

/* Typed in per cent, kept as a fraction of at most six decimals. */
static void row_read_discount(struct work_row *row)
{
    struct str *typed = &row->form.values[ROW_DISCOUNT];
    if (str_ends(*typed, STR("%")))
        *typed = str_trim(str_slice(*typed, 0, typed->n - 1));
    row_read_decimal(&row->form, ROW_DISCOUNT, &row->discount);
    if (!row->form.faults[ROW_DISCOUNT] &&
        (row->discount < 0 || row->discount > 100 * DECIMAL_ONE || row->discount % 100))
        row->form.faults[ROW_DISCOUNT] = _("Write a discount from 0 to 100 per cent, with at most four decimals.");
    row->discount /= 100;
}

static void row_check_rest(struct work_row *row)
{
    struct work_form *form = &row->form;
    int32_t date = 0;
    bool known = false;
    if (!form->values[ROW_TYPE].n)
        form->values[ROW_TYPE] = STR("other");
    for (size_t i = 0; i < 5; i++)
        known = known || str_eqz(form->values[ROW_TYPE], work_article_types[i]);
    if (!known)
        form->faults[ROW_TYPE] = _("Choose one from the list.");
    if (!form->faults[ROW_DATE] && !date_parse(form->values[ROW_DATE], &date))
        form->faults[ROW_DATE] = _("Write a date as year-month-day, such as 2026-11-23.");
    if (!form->values[ROW_TITLE].n && !form->values[ROW_ARTICLE].n)
        form->faults[ROW_TITLE] = _("Choose an article, or write a title.");
    bool numbers = !form->faults[ROW_QUANTITY] && !form->faults[ROW_PRICE] && !form->faults[ROW_DISCOUNT];
    if (numbers && !decimal_total(row->quantity, row->unit_price, row->discount, &row->total))
        form->faults[ROW_QUANTITY] = _("Quantity times price is too large.");
}

bool row_read(struct visit *visit, const struct work_case *work, struct work_row *row, struct err *err)
{
    if (!work_form_read(visit, &row->form, err) || !row_read_article(visit, row, err) ||
        !row_read_work_order(visit, work, &row->form, err))
        return false;
    row_read_decimal(&row->form, ROW_QUANTITY, &row->quantity);
    row_read_decimal(&row->form, ROW_PRICE, &row->unit_price);
    row_read_discount(row);
    row_check_rest(row);
    if (work_form_sound(&row->form))
        row_set_numbers(visit, row);
    return true;
}

/* --- writing ------------------------------------------------------------------------------------------------------------------------------ */

bool row_write(struct case_edit *edit, struct work_row *row, struct err *err)
{
    const struct str *v = row->form.values;
    const int64_t *ids = row->form.ids;
    struct article_row stored = {.id = row->id,
                                 .number = row->number,
                                 .date = v[ROW_DATE],
                                 .title = v[ROW_TITLE],
                                 .description = v[ROW_DESCRIPTION],
                                 .unit = v[ROW_UNIT],
                                 .article_type = v[ROW_TYPE],
                                 .resource = v[ROW_RESOURCE],
                                 .work_order_id = ids[ROW_ORDER],
                                 .article_id = ids[ROW_ARTICLE],
                                 .action_code_id = ids[ROW_ACTION],
                                 .quantity = row->quantity,
                                 .unit_price = row->unit_price,
                                 .discount = row->discount,
                                 .total = row->total};
    if (!article_row_save(edit, &stored, err))
        return false;
    row->number = stored.number;
    return true;
}
