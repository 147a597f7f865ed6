/* /staff/audit: the record of what people did. */
#include "service/audit.h"
#include "base/clock.h"
#include "lists/list.h"
#include "staff/users/audit_events.h"
#include "staff/users/audit_told.h"
#include "staff/users/pages.h"
#include "staff/users/users.html.h"

#define DEFAULT_DAYS 30

/* --- columns ------------------------------------------------------------------------------------------------------ */

static struct str who_text(const struct list_column *column, const struct list_row *row)
{
    (void)column;
    return audit_who_text(row->visit->view.lang, list_row_text(row, 1), list_row_text(row, 0));
}

static struct str event_text(const struct list_column *column, const struct list_row *row)
{
    (void)column;
    return audit_event_text(row->visit->view.lang, list_row_text(row, 0));
}

static struct str audit_row_subject(const struct list_column *column, const struct list_row *row)
{
    const struct visit *visit = row->visit;
    (void)column;
    return audit_subject_text(visit->arena, visit->view.lang, list_row_text(row, 1), list_row_text(row, 0));
}

static struct str audit_row_detail(const struct list_column *column, const struct list_row *row)
{
    const struct visit *visit = row->visit;
    (void)column;
    return audit_detail_text(visit->arena, visit->view.lang, list_row_text(row, 1), list_row_text(row, 2),
                             list_row_text(row, 0));
}

static void action_write(struct buf *out, const struct view *v, const struct list_row *row)
{
    struct str action = list_row_text(row, 0);
    audit_action_cell_html(out, v, row->label, audit_event_text(v->lang, action), action);
}

static const struct list_column COLUMNS[] = {
    {LIST_COLUMN("at", _("Time"), INSTANT, "t.at")},
    {LIST_COLUMN("kind", _("Type"), CODE, "t.kind"), .flags = LIST_HIDDEN, .codes = &audit_kinds},
    {LIST_COLUMN("who", _("Who"), TEXT, "t.who, t.kind"), .value_count = 2, .text = who_text},
    {LIST_COLUMN("action", _("Action"), OWN, "t.action"), .flags = LIST_NO_FILE, .value_count = 1, .own = action_write},
    {LIST_COLUMN("action", _("Action"), TEXT, "t.action"), .flags = LIST_NO_PAGE, .text = event_text},
    {LIST_COLUMN("subject", _("Subject"), TEXT, "t.subject, t.action"), .value_count = 2, .text = audit_row_subject},
    {LIST_COLUMN("detail", _("Detail"), TEXT, "t.detail, t.action, t.subject"), .value_count = 3,
     .text = audit_row_detail},
    {LIST_COLUMN("client", _("From address"), TEXT, "t.client")},
};

/* --- criteria ----------------------------------------------------------------------------------------------------- */

#define CONTAINS LIST_NATURAL ") LIKE lower(?" LIST_NATURAL ") ESCAPE '\\'"

/* Finds events by their code names and by their texts. The database searches the texts once, not once for each row. */
static void audit_words_add(struct sql *sql, const struct list_query *query, struct str words)
{
    enum lang lang = query->visit->view.lang;
    struct str rest = words, word;
    size_t count = 0;
    while (sql_word(&rest, &count, &word)) {
        sql_put(sql,
                " AND (lower((t.who || ' ' || t.action || ' ' || t.subject || ' ' || t.detail || ' ' || t.client"
                " || CASE WHEN t.kind = 'system' AND t.who = '" AUDIT_COMMAND_LINE
                "' THEN ' ' || ? ELSE '' END)" CONTAINS " OR t.action IN (SELECT told.column1 FROM ",
                DB_TEXT(audit_who_text(lang, STR("system"), STR(AUDIT_COMMAND_LINE))), SQL_CONTAINING(word));
        audit_event_values(sql, lang);
        sql_put(sql, " AS told WHERE lower(told.column2" CONTAINS "))", SQL_CONTAINING(word));
    }
}

static struct str last_day(const struct list_query *query)
{
    return date_format(query->visit->arena, clock_date(query->visit->now_us));
}

static struct str first_day(const struct list_query *query)
{
    int32_t to = 0;
    if (!date_parse_bound(list_value(query, "to"), &to))
        to = clock_date(query->visit->now_us);
    return date_format(query->visit->arena, to - DEFAULT_DAYS);
}

static const struct list_criterion CRITERIA[] = {
    {.name = "q",
     .label = _("Words"),
     .hint = _("User, action, what it was done to, address."),
     .kind = LIST_BY_WORDS,
     .add = audit_words_add},
    {LIST_CRITERION("from", _("From"), FROM, " AND t.at >= ?"), .preset = first_day},
    {LIST_CRITERION("to", _("To"), TO, " AND t.at < ?"), .preset = last_day},
};
static const struct list_order ORDERS[] = {
    {.name = "at", .down_first = true, .keys = {{"t.id", LIST_KEY_NUMBER, LIST_KEY_ALONG}}},
};

const struct list audit_list = {
    .name = "audit",
    .path = "/staff/audit",
    .title = _("Audit"),
    .staff = true,
    LIST_TABLES(COLUMNS, CRITERIA, ORDERS),
    .page_size = 100,
    .table_class = "audit-table",
    .from_literal = "audit t",
    .none_title = _("Nothing in this period."),
    .match_title = _("Nothing in this period."),
};
