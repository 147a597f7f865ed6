#include "staff/work/rows.h"

#include "base/clock.h"
#include "base/decimal.h"
#include "model/article_row.h"
#include "model/search_input.h"
#include "model/specification.h"
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
    if (!db_find(
            visit->db, visit->arena,
            "SELECT r.id, r.number, r.status, r.total, s.number, " SPECIFICATION_STATUS
            ", CASE WHEN s.status <> 'draft' THEN 1 ELSE 0 END FROM article_row r LEFT JOIN invoice_specification s"
            " ON s.id = " ROW_SPECIFICATION " WHERE r.number = $1 AND r.case_id = $2",
            DB_ARGS(DB_TEXT(number), DB_INT(case_id)),
            DB_TARGETS(TO(&row->id), TO(&row->number), TO(&row->status), TO(&row->total), TO(&row->specification),
                       TO(&row->specification_state), TO(&row->held)),
            &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such row of this case");
    if (!form_load(&row->form, &article_row_entity, row->id, err))
        return false;
    row->values_of = row->form.stored[ROW_ARTICLE];
    return true;
}

/* --- the sent form ------------------------------------------------------------------------------------------------ */

struct row_article {
    int64_t id, price;
    bool priced, active;
    struct str texts[ROW_TYPE + 1]; /* by place in the form: title, unit, price and type */
};

static const enum article_row_field TAKEN[] = {ROW_TITLE, ROW_UNIT, ROW_PRICE, ROW_TYPE};

/* Reads an article; id 0: there is no article with this number. */
static bool row_find_article(struct visit *visit, struct str number, struct row_article *article, struct err *err)
{
    bool found;
    *article = (struct row_article){.id = 0};
    if (!db_find(visit->db, visit->arena,
                 "SELECT id, name, unit, article_type, COALESCE(unit_price, 0), unit_price IS NOT NULL, active"
                 " FROM article WHERE number = $1",
                 DB_ARGS(DB_TEXT(number)),
                 DB_TARGETS(TO(&article->id), TO(&article->texts[ROW_TITLE]), TO(&article->texts[ROW_UNIT]),
                            TO(&article->texts[ROW_TYPE]), TO(&article->price), TO(&article->priced),
                            TO(&article->active)),
                 &found, err))
        return false;
    if (article->priced)
        article->texts[ROW_PRICE] = decimal_format(visit->arena, article->price);
    return true;
}

/* A stored row keeps an article that has become inactive, but no row can get an inactive article. */
static void row_check_article(struct form *form, const struct row_article *article)
{
    form->ids[ROW_ARTICLE] = article->id;
    if (form->values[ROW_ARTICLE].n && !article->id)
        form_refuse(form, ROW_ARTICLE, _("There is no article with this number."));
    else if (article->id && !article->active && article->id != form->stored_ids[ROW_ARTICLE])
        form_refuse(form, ROW_ARTICLE, _("The article is inactive. Choose another one."));
}

/* Takes the values of the article. What differs from the article before was typed by hand. */
static void row_take(struct work_row *row, const struct row_article *article, const struct row_article *before)
{
    struct form *form = &row->form;
    struct visit *visit = form->visit;
    struct buf kept;
    buf_init(&kept, visit->arena);
    for (size_t i = 0; i < sizeof TAKEN / sizeof *TAKEN; i++) {
        enum article_row_field at = TAKEN[i];
        struct str own = article->texts[at], value = form->values[at];
        bool changed = before->id != article->id;
        bool of_before = changed && before->id && str_eq(value, before->texts[at]);
        if (!value.n || of_before) {
            if (at == ROW_PRICE && article->priced)
                form_put_number(form, at, article->price);
            else
                form_put(form, at, own, 0);
        } else if (changed && (row->values_of.n || row->id) && !str_eq(value, own)) {
            buf_printf(&kept, "%s%.*s", kept.n ? ", " : "", STR_FMT(visit_tr(visit, form->fields[at].label_msgid)));
        }
    }
    row->kept = buf_text(&kept);
    row->values_of = form->values[ROW_ARTICLE];
}

/* How many articles are proposed; more would not help. */
#define ARTICLES_TOLD 8

bool row_articles_like(struct visit *visit, struct str typed, struct str *found, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "SELECT number || ' ' || name FROM article WHERE active = 1");
    struct search_text search;
    search_read(visit->arena, typed, &search);
    search_add_indexed(&sql, db_conn_engine(visit->db), SEARCH_ARTICLES, "id", &search);
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

/* Checks what the row is with the values of its article. */
static void row_check_rest(struct work_row *row)
{
    struct form *form = &row->form;
    if (!form->values[ROW_TITLE].n && !form->values[ROW_ARTICLE].n)
        form_refuse(form, ROW_TITLE, _("Choose an article, or write a title."));
    bool numbers = !form->errors[ROW_QUANTITY].n && !form->errors[ROW_PRICE].n && !form->errors[ROW_DISCOUNT].n;
    int64_t price = form->values[ROW_PRICE].n ? form->ids[ROW_PRICE] : 0;
    if (numbers && !decimal_total(form->ids[ROW_QUANTITY], price, form->ids[ROW_DISCOUNT], &row->total))
        form_refuse(form, ROW_QUANTITY, _("Quantity times price is too large."));
}

/* A refused form shows what was typed, so that it means the same when it is sent again. */
static void row_put_back(struct work_row *row, const struct work_row *typed)
{
    for (size_t i = 0; i < sizeof TAKEN / sizeof *TAKEN; i++) {
        row->form.values[TAKEN[i]] = typed->form.values[TAKEN[i]];
        row->form.ids[TAKEN[i]] = typed->form.ids[TAKEN[i]];
    }
    row->values_of = typed->values_of;
}

bool row_read(struct visit *visit, const struct work_case *work, bool fetch, struct work_row *row, struct err *err)
{
    const struct http_params *sent = &visit->request->form;
    struct form *form = &row->form;
    struct row_article article, before;
    if (http_has(sent, "values_of"))
        row->values_of = str_trim(http_param(sent, "values_of"));
    if (!form_read(form, sent, err) || !row_find_article(visit, form->values[ROW_ARTICLE], &article, err) ||
        !row_find_article(visit, row->values_of, &before, err) || !row_read_work_order(visit, work, form, err))
        return false;
    row_check_article(form, &article);
    const struct work_row typed = *row;
    if (article.id)
        row_take(row, &article, &before);
    row_check_rest(row);
    if (fetch)
        return true;
    if (form_refused(form)) {
        row_put_back(row, &typed);
        return true;
    }
    if (!form->values[ROW_TYPE].n)
        form_put(form, ROW_TYPE, str_of(code_name(&article_types, ARTICLE_OTHER)), 0);
    if (!form->values[ROW_PRICE].n)
        form_put_number(form, ROW_PRICE, 0);
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
