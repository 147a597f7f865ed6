/* What was done on a case, in short, from its article rows. The settings say what of them customers read. */
#include "access/visibility.h"
#include "customer/actions/actions.h"

struct done_row {
    struct str title, description, unit;
    int type;
    int64_t quantity, total;
};

static bool is_configured(const struct visit *visit, const char *column)
{
    for (size_t i = 0; i < visit->config->action_columns.count; i++) {
        if (str_eqz(visit->config->action_columns.items[i], column))
            return true;
    }
    return false;
}

static bool is_work(const struct done_row *row)
{
    return row->type == ARTICLE_TIME || row->type == ARTICLE_TRAVEL;
}

/* A description is a text of the work, whatever the row is for; without one the title of time says what was done. */
static void done_add_text(const struct visit *visit, struct done *done, const struct done_row *row)
{
    struct str text = is_configured(visit, "description") ? row->description : STR_NONE;
    if (!text.n && row->type == ARTICLE_TIME && is_configured(visit, "title"))
        text = row->title;
    for (size_t i = 0; i < done->text_count; i++) {
        if (str_eq(done->texts[i], text))
            return;
    }
    if (text.n && done->text_count < DONE_TEXTS)
        done->texts[done->text_count++] = text;
}

static void done_add_used(const struct visit *visit, struct done *done, const struct done_row *row)
{
    if (is_work(row) || !row->title.n || !is_configured(visit, "title"))
        return;
    if (done->used_count == DONE_USED) {
        done->used_more++;
        return;
    }
    struct str *used = &done->used[done->used_count++];
    *used = row->title;
    if (is_configured(visit, "quantity"))
        *used = arena_printf(visit->arena, "%.*s, %.*s%s%.*s", STR_FMT(row->title),
                             STR_FMT(fmt_decimal(visit->arena, visit->view.lang, row->quantity, 0)),
                             row->unit.n ? " " : "", STR_FMT(row->unit));
}

bool actions_done_load(struct visit *visit, int64_t case_id, struct done *done, struct err *err)
{
    bool prices = false;
    int64_t sum = 0;
    struct done_row row;
    struct str type;
    *done = (struct done){.count = 0};
    if (!page_is_on(visit->config, ROUTE_ACTIONS))
        return true;
    if (is_configured(visit, "total") &&
        !visible_prices(visit->db, &visit->actor, visit->config->prices, case_id, &prices, err))
        return false;
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT COALESCE(NULLIF(r.title, ''), a.name), r.description,"
                                    " COALESCE(NULLIF(r.unit, ''), a.unit), r.article_type, r.quantity, r.total"
                                    " FROM article_row r LEFT JOIN article a ON a.id = r.article_id"
                                    " WHERE r.case_id = $1 AND r.status <> 'cancelled' ORDER BY r.row_date, r.id",
                                    DB_ARGS(DB_INT(case_id)), err);
    while (db_read_next(rows, TO(&row.title), TO(&row.description), TO(&row.unit), TO(&type), TO(&row.quantity),
                        TO(&row.total))) {
        row.type = (int)code_find(&article_types, type);
        done->count++;
        sum += row.total;
        done_add_text(visit, done, &row);
        done_add_used(visit, done, &row);
    }
    if (prices && done->count)
        done->sum = fmt_money(visit->arena, visit->view.lang, sum);
    return db_done(rows, err);
}
