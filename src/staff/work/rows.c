#include "staff/work/rows.h"

#include "base/clock.h"
#include "base/decimal.h"
#include "model/article_row.h"
#include "model/search_input.h"
#include "staff/find/find.h"

void row_blank(struct visit *visit, struct work_row *row)
{
    *row = (struct work_row){.status = str_of(code_name(&row_statuses, ROW_EDITABLE))};
    form_begin(&row->form, visit, &article_row_entity);
    row->form.fields[ROW_ARTICLE].label_msgid = _("Article number");
    row->form.fields[ROW_DISCOUNT].label_msgid = _("Discount, per cent");
    form_lookup_path(&row->form, ROW_ARTICLE);
    form_put(&row->form, ROW_DATE, date_format(visit->arena, clock_date(visit->now_us)), 0);
    form_put_number(&row->form, ROW_QUANTITY, DECIMAL_ONE);
}

bool row_load(struct visit *visit, int64_t case_id, struct str number, struct work_row *row, struct err *err)
{
    bool found;
    row_blank(visit, row);
    if (!db_find(visit->db, visit->arena,
                 "SELECT id, number, status, total FROM article_row WHERE number = $1 AND case_id = $2",
                 DB_ARGS(DB_TEXT(number), DB_INT(case_id)),
                 DB_TARGETS(TO(&row->id), TO(&row->number), TO(&row->status), TO(&row->total)), &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such row of this case");
    return form_load(&row->form, &article_row_entity, row->id, err);
}

/* --- the sent form ------------------------------------------------------------------------------------------------ */

static void row_take(struct form *form, enum article_row_field at, struct str value)
{
    if (!form->values[at].n)
        form_put(form, at, value, 0);
}

/*
 * Fills empty fields from the article. A stored row keeps an article that has become inactive, but no row can get an
 * inactive article.
 */
static bool row_read_article(struct visit *visit, struct work_row *row, struct err *err)
{
    struct form *form = &row->form;
    int64_t id = 0;
    if (!form->values[ROW_ARTICLE].n)
        return true;
    struct str name, unit, type;
    int64_t price;
    bool found, active, priced;
    if (!db_find(visit->db, visit->arena,
                 "SELECT id, name, unit, article_type, unit_price, unit_price IS NOT NULL, active FROM article"
                 " WHERE number = $1",
                 DB_ARGS(DB_TEXT(form->values[ROW_ARTICLE])),
                 DB_TARGETS(TO(&id), TO(&name), TO(&unit), TO(&type), TO(&price), TO(&priced), TO(&active)), &found,
                 err))
        return false;
    form->ids[ROW_ARTICLE] = id;
    if (!found) {
        form_refuse(form, ROW_ARTICLE, _("There is no article with this number."));
        return true;
    }
    row_take(form, ROW_TITLE, name);
    row_take(form, ROW_UNIT, unit);
    row_take(form, ROW_TYPE, type);
    if (!active && id != form->stored_ids[ROW_ARTICLE])
        form_refuse(form, ROW_ARTICLE, _("The article is inactive. Choose another one."));
    if (priced && !form->values[ROW_PRICE].n)
        form_put_number(form, ROW_PRICE, price);
    return true;
}

/* How many articles are proposed; more would not help. */
#define ARTICLES_TOLD 8

bool row_articles_like(struct visit *visit, struct str typed, struct str *found, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "SELECT number || ' ' || name FROM article WHERE active = 1");
    struct search_text search;
    search_read(visit->arena, typed, &search);
    search_add(&sql, &search, "number || ' ' || name", NULL);
    sql_put(&sql, " ORDER BY number COLLATE \"sv-natural\" LIMIT ?", DB_INT(ARTICLES_TOLD));
    return db_read_joined(db_query_sql(visit->db, visit->arena, &sql, err), "; ", found, err);
}

static bool row_read_work_order(struct visit *visit, const struct work_case *work, struct form *form, struct err *err)
{
    bool found = false;
    if (!form->values[ROW_ORDER].n)
        return true;
    if (!db_query_int(visit->db, "SELECT id FROM work_order WHERE number = $1 AND case_id = $2",
                      DB_ARGS(DB_TEXT(form->values[ROW_ORDER]), DB_INT(work->id)), &found, &form->ids[ROW_ORDER], err))
        return false;
    if (!found)
        form_refuse(form, ROW_ORDER, _("Choose one from the list."));
    return true;
}

static void row_check_rest(struct work_row *row)
{
    struct form *form = &row->form;
    if (!form->values[ROW_TYPE].n)
        form_put(form, ROW_TYPE, str_of(code_name(&article_types, ARTICLE_OTHER)), 0);
    if (!form->values[ROW_TITLE].n && !form->values[ROW_ARTICLE].n)
        form_refuse(form, ROW_TITLE, _("Choose an article, or write a title."));
    bool numbers = !form->errors[ROW_QUANTITY].n && !form->errors[ROW_PRICE].n && !form->errors[ROW_DISCOUNT].n;
    if (numbers && !decimal_total(form->ids[ROW_QUANTITY], form->ids[ROW_PRICE], form->ids[ROW_DISCOUNT], &row->total))
        form_refuse(form, ROW_QUANTITY, _("Quantity times price is too large."));
    if (!form->values[ROW_PRICE].n)
        form_put_number(form, ROW_PRICE, 0);
}

bool row_read(struct visit *visit, const struct work_case *work, struct work_row *row, struct err *err)
{
    if (!form_read(&row->form, &visit->request->form, err) || !row_read_article(visit, row, err) ||
        !row_read_work_order(visit, work, &row->form, err))
        return false;
    row_check_rest(row);
    return true;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

bool row_write(struct case_edit *edit, struct work_row *row, struct err *err)
{
    struct record_column columns[FORM_FIELDS_MAX];
    struct article_row stored = {.id = row->id,
                                 .number = row->number,
                                 .total = row->total,
                                 .columns = columns,
                                 .column_count = form_columns(&row->form, columns)};
    for (size_t i = 0; i < stored.column_count; i++) {
        if (str_eqz(str_of(columns[i].column_literal), "discount"))
            columns[i].value = DB_INT(row->form.ids[ROW_DISCOUNT]); /* an empty one is stored as 0 */
    }
    if (!article_row_save(edit, &stored, err))
        return false;
    row->number = stored.number;
    return true;
}
