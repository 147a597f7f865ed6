#include "parts/case_list/case_list.h"

#include "access/visibility.h"
#include "model/case_fields.h"
#include "model/choice_criterion.h"
#include "model/saved_search.h"
#include "parts/case_card/case_card.h"
#include "parts/case_list/case_list.html.h"
#include "parts/case_list/source.h"
#include "portal/address.h"

#include <string.h>

/* --- columns ------------------------------------------------------------------------------------------------------ */

static void actions_write(struct buf *out, const struct view *v, const struct list_row *row)
{
    struct str number = list_row_text(row, 0);
    case_actions_cell_html(out, v, row->label, address_of(v->arena, "/cases", number, "/actions"), number);
}

/* The columns that show more than a field. All other fields of a case are columns too (more_column). */
#define SHARED_COLUMNS                                                                                                 \
    {.name = "number", .kind = LIST_LINK, .literal = "c.number"},                                                      \
        {.name = "status", .kind = LIST_STATE, .literal = "c.status"},                                                 \
        {.name = "type", .flags = LIST_WITH_NAME, LIST_PICKLIST("ty")},                                                \
        {.name = "priority", .flags = LIST_WITH_NAME, LIST_PICKLIST("pr")},                                            \
        {.name = "customer",                                                                                           \
         .flags = LIST_WITH_NAME,                                                                                      \
         .kind = LIST_PAIR,                                                                                            \
         .literal = "cu.number",                                                                                       \
         .second_literal = "cu.name"},                                                                                 \
        {.name = "object",                                                                                             \
         .flags = LIST_WITH_NAME,                                                                                      \
         .kind = LIST_PAIR,                                                                                            \
         .literal = "o.number",                                                                                        \
         .second_literal = "o.name",                                                                                   \
         .path = "/objects",                                                                                           \
         .link_literal = "seen.id"},                                                                                   \
        {LIST_COLUMN("booked", _("Booked"), INSTANT, "c.booked")},                                                     \
    {                                                                                                                  \
        LIST_COLUMN("technician", _("Technician"), TEXT, "c.technician")                                               \
    }

/* The page of customers has the card instead of the title. */
static const struct list_column COLUMNS[] = {
    {CASE_CARD_COLUMN, .order = "title"},
    SHARED_COLUMNS,
    {.name = "title", .flags = LIST_NO_PAGE},
    {LIST_COLUMN("actions", _("Actions"), OWN, "c.number"), .flags = LIST_NO_FILE, .value_count = 1,
     .own = actions_write},
};
static const struct list_column STAFF_COLUMNS[] = {SHARED_COLUMNS, {.name = "title"}};

static struct str configured_label(const struct visit *visit, struct str name)
{
    const struct config_field *field = config_field(visit->config, str_eqz(name, "card") ? STR("title") : name);
    return field ? field->label[visit->view.lang] : STR_NONE;
}

static bool column_is_there(const struct visit *visit, struct str name)
{
    return !str_eqz(name, "actions") || page_is_on(visit->config, ROUTE_ACTIONS);
}

static struct str case_list_list_extra_text(const struct list_column *column, const struct list_row *row)
{
    const struct visit *visit = row->visit;
    return config_extra_text(config_field(visit->config, str_of(column->name)), visit->view.lang,
                             list_row_text(row, 0));
}

static bool more_column(const struct visit *visit, struct str name, struct list_column *column)
{
    if (list_field_column(&case_entity, name, column))
        return true;
    if (!str_starts(name, STR("extra_")))
        return false;
    struct str key = str_slice(name, sizeof "extra_" - 1, name.n);
    *column = (struct list_column){.name = arena_z(visit->arena, name),
                                   .label = _(arena_z(visit->arena, key)),
                                   .literal = "(SELECT x.value FROM case_extra x WHERE x.case_id = c.id AND x.key = ",
                                   .bound = key,
                                   .text = case_list_list_extra_text};
    return true;
}

static bool has_own_column(const struct entity_field *field)
{
    for (size_t i = 0; i < COUNT_OF(STAFF_COLUMNS); i++) {
        if (str_eqz(str_of(field->name), STAFF_COLUMNS[i].name))
            return true;
    }
    return false;
}

static size_t more_names(const struct visit *visit, const struct str **names)
{
    const struct config *config = visit->config;
    const struct entity_field *field;
    struct str *made = ARENA_ARRAY(visit->arena, struct str, case_entity.count + config->field_count);
    size_t count = 0;
    for (size_t i = 0; (field = entity_listed(&case_entity, i)); i++) {
        if (!has_own_column(field))
            made[count++] = str_of(field->name);
    }
    for (size_t i = 0; i < config->field_count; i++) {
        if (config->fields[i].key.n)
            made[count++] = config->fields[i].name;
    }
    *names = made;
    return count;
}

/* The card comes first; only pages have it. */
static size_t configured_columns(const struct visit *visit, const struct str **names)
{
    const struct config *config = visit->config;
    struct str *made = ARENA_ARRAY(visit->arena, struct str, config->columns.count + 1);
    made[0] = STR("card");
    for (size_t i = 0; i < config->columns.count; i++)
        made[i + 1] = config->columns.items[i];
    *names = made;
    return config->columns.count + 1;
}

/* The standard columns for staff; they do not depend on the columns configured for customers. */
static size_t staff_case_columns(const struct visit *visit, const struct str **names)
{
    static const struct str NAMES[] = {STR_INIT("number"),   STR_INIT("title"),    STR_INIT("status"),
                                       STR_INIT("type"),     STR_INIT("customer"), STR_INIT("object"),
                                       STR_INIT("reporter"), STR_INIT("created")};
    (void)visit;
    *names = NAMES;
    return COUNT_OF(NAMES);
}

/* --- criteria ----------------------------------------------------------------------------------------------------- */

static const struct code STATUS_CODES[] = {
    {"open", _("Not finished")},  {"booked", _("Booked")},     {"not_started", _("Not started")},
    {"started", _("Started")},    {"finished", _("Finished")}, {"cancelled", _("Cancelled (case)")},
    {"followed", _("Following")},
};
static const struct code_list STATUSES = {STATUS_CODES, COUNT_OF(STATUS_CODES)};
/* Staff follow no cases. */
static const struct code_list STAFF_STATUSES = {STATUS_CODES, COUNT_OF(STATUS_CODES) - 1};

static bool type_fill(struct visit *visit, struct str *value, struct criterion *one, struct err *err)
{
    return cases_criterion_picklist(visit, "case_type", *value, one, err);
}

static bool priority_fill(struct visit *visit, struct str *value, struct criterion *one, struct err *err)
{
    return cases_criterion_picklist(visit, "priority", *value, one, err);
}

#define FIRST_CRITERIA(statuses_)                                                                                      \
    {.name = "q",                                                                                                      \
     .label = _("Search words"),                                                                                       \
     .hint = _("Case number, title, description, reference or address."),                                              \
     .kind = LIST_BY_WORDS},                                                                                           \
        {.name = "status", .label = _("Status"), .kind = LIST_BY_CODE, .codes = &(statuses_)},                         \
        {.name = "type", .label = _("Case type"), .kind = LIST_BY_CHOICE, .fill = type_fill},                          \
    {                                                                                                                  \
        .name = "priority", .label = _("Priority"), .kind = LIST_BY_CHOICE, .fill = priority_fill                      \
    }
#define CREATED_CRITERIA                                                                                               \
    {.name = "from", .label = _("Created from"), .kind = LIST_FROM},                                                   \
    {                                                                                                                  \
        .name = "to", .label = _("Created to"), .kind = LIST_TO                                                        \
    }

static const struct list_criterion CRITERIA[] = {
    FIRST_CRITERIA(STATUSES),
    {.name = "customer", .label = _("Customer"), .kind = LIST_BY_CHOICE, .fill = cases_criterion_customer},
    {.name = "object", .label = _("Object"), .kind = LIST_BY_CHOICE, .fill = cases_criterion_object},
    CREATED_CRITERIA,
};

static const struct code UNLINKED_CODES[] = {{"1", _("Lacks customer and object, or contact")}};
static const struct code_list UNLINKED = {UNLINKED_CODES, COUNT_OF(UNLINKED_CODES)};

/* Staff type the numbers of customers and objects, because there are too many to choose from a list. */
static const struct list_criterion STAFF_CRITERIA[] = {
    FIRST_CRITERIA(STAFF_STATUSES),
    {.name = "customer", .label = _("Customer"), .hint = _("Number"), .kind = LIST_BY_NUMBER},
    {.name = "object", .label = _("Object"), .hint = _("Number"), .kind = LIST_BY_NUMBER},
    CREATED_CRITERIA,
    {.name = "unlinked", .label = _("Links"), .kind = LIST_BY_CODE, .codes = &UNLINKED},
};

static bool code_is_offered(const struct visit *visit, const char *code)
{
    return visit->actor.sees_cancelled || strcmp(code, code_name(&case_statuses, CASE_CANCELLED)) != 0;
}

static size_t configured_criteria(const struct visit *visit, const struct str **names)
{
    *names = visit->config->criteria.items;
    return visit->config->criteria.count;
}

/* --- chips, and searches kept by name ----------------------------------------------------------------------------- */

enum { CHIP_OPEN, CHIP_BOOKED, CHIP_FINISHED, CHIP_ALL, CHIP_FOLLOWED };
static const struct list_chip CHIPS[] = {
    [CHIP_OPEN] = {"open", _("Open")},
    [CHIP_BOOKED] = {"booked", _("Booked (cases)")},
    [CHIP_FINISHED] = {"finished", _("Done (cases)")},
    [CHIP_ALL] = {"", _("All")},
    [CHIP_FOLLOWED] = {"followed", _("Following")},
};
static const struct list_sort SORTS[] = {
    {"-created", _("Newest first")},   {"created", _("Oldest first")},  {"booked", _("Booked time")},
    {"-finished", _("Finished last")}, {"title", _("Title")},           {"number", _("Case number")},
    {"status", _("Status")},           {"technician", _("Technician")},
};

static bool chip_count(const struct list_query *query, const char *status, int64_t *count, struct err *err)
{
    struct list_query *other = ARENA_NEW(query->visit->arena, struct list_query);
    *other = *query;
    other->values[1] = str_of(status); /* the criterion `status` */
    return case_count(other, count, err);
}

/*
 * Finished cases are those that are neither open nor cancelled, so that nothing large is counted twice. Where a search
 * by words finds more than is counted, no chip tells a number; how many are followed is told by their page.
 */
static bool chips_count(struct list_query *query, int64_t *counts, struct err *err)
{
    if (!chip_count(query, "", &counts[CHIP_ALL], err))
        return false;
    if (query->search.count && counts[CHIP_ALL] > LIST_COUNT_MAX) {
        for (size_t i = 0; i < COUNT_OF(CHIPS); i++)
            counts[i] = -1;
        return true;
    }
    if (!chip_count(query, "open", &counts[CHIP_OPEN], err) || !chip_count(query, "booked", &counts[CHIP_BOOKED], err))
        return false;
    int64_t cancelled = 0;
    if (query->visit->actor.sees_cancelled && !chip_count(query, "cancelled", &cancelled, err))
        return false;
    counts[CHIP_FINISHED] = counts[CHIP_ALL] - counts[CHIP_OPEN] - cancelled;
    counts[CHIP_FOLLOWED] = -1;
    return true;
}

static bool saved_beside(struct list_query *query, struct html *html, struct err *err)
{
    struct visit *visit = query->visit;
    struct saved_search *searches;
    size_t count = 0;
    struct buf out;
    if (!saved_searches_load(visit, &searches, &count, err))
        return false;
    struct str now = list_address(query, "", STR_NONE, NULL);
    ptrdiff_t mark = str_find_char(now, '?');
    struct str search = mark < 0 ? STR_NONE : str_slice(now, (size_t)mark + 1, now.n);
    buf_init(&out, visit->arena);
    if (count || search.n)
        saved_searches_html(&out, &visit->view, searches, (int64_t)count,
                            search.n ? address_with(visit->arena, "/cases/saved?search=", search) : STR_NONE, search);
    *html = view_capture(&out);
    return true;
}

/* --- the lists ---------------------------------------------------------------------------------------------------- */

static bool sees_no_cases(const struct visit *visit)
{
    return visit->actor.kind == ACTOR_CONTACT && !visit->actor.contact_id;
}

static struct str new_case_url(const struct visit *visit)
{
    return page_is_on(visit->config, ROUTE_NEW_CASE) ? STR("/cases/new") : STR_NONE;
}

const struct list customer_cases_list = {
    .name = "cases",
    .path = "/cases",
    .returned_to = true,
    .title = _("Search cases"),
    .rows_title = _("Cases"),
    .one = _("{n} case"),
    .many = _("{n} cases"),
    .beyond = _("More than {n} cases"),
    .files_follow = true,
    .entity = &case_entity,
    .alias_literal = "c",
    .columns = COLUMNS,
    .column_count = COUNT_OF(COLUMNS),
    .criteria = CRITERIA,
    .criterion_count = COUNT_OF(CRITERIA),
    .chip_criterion = "status",
    .chips = CHIPS,
    .chip_count = COUNT_OF(CHIPS),
    .sorts = SORTS,
    .sort_count = COUNT_OF(SORTS),
    .chips_count = chips_count,
    .beside = saved_beside,
    .table_class = CASE_CARD_TABLE,
    .orders = case_orders,
    .order_count = CASE_ORDERS,
    .none_title = _("There are no cases yet"),
    .none_text = _("Cases you report or may follow are shown here."),
    .none_url = new_case_url,
    .none_label = _("New case"),
    .match_title = _("No cases match your search"),
    .match_text = _("Try fewer or shorter words, another status, or a longer period."),
    .never = sees_no_cases,
    .never_title = _("You cannot see any cases yet"),
    .never_text =
        _("Your account is not linked to a contact. We link it as soon as your e-mail address is confirmed and "
          "registered with us. You can still report new cases."),
    .standard = configured_columns,
    .searched = configured_criteria,
    .has = column_is_there,
    .offers = code_is_offered,
    .more = more_column,
    .label = configured_label,
    .source = case_source,
    .count = case_count,
};

const struct list staff_cases_list = {
    .name = "cases",
    .path = "/staff/cases",
    .title = _("Search cases"),
    .rows_title = _("Cases"),
    .one = _("{n} case"),
    .many = _("{n} cases"),
    .beyond = _("More than {n} cases"),
    .staff = true,
    .files_follow = true,
    .entity = &case_entity,
    .alias_literal = "c",
    .columns = STAFF_COLUMNS,
    .column_count = COUNT_OF(STAFF_COLUMNS),
    .criteria = STAFF_CRITERIA,
    .criterion_count = COUNT_OF(STAFF_CRITERIA),
    .first_criteria = 2,
    .orders = staff_case_orders,
    .order_count = STAFF_CASE_ORDERS,
    .none_title = _("There are no cases yet"),
    .match_title = _("No cases match your search"),
    .match_text = _("Try fewer or shorter words, another status, or a longer period."),
    .standard = staff_case_columns,
    .more = more_column,
    .more_names = more_names,
    .label = configured_label,
    .source = case_source,
    .count = case_count,
};

/* --- beside the lists --------------------------------------------------------------------------------------------- */

bool cases_newest_found(struct visit *visit, struct str q, size_t limit, struct case_brief **cases, size_t *count,
                        struct err *err)
{
    struct list_query *query = ARENA_NEW(visit->arena, struct list_query);
    struct sql sql = sql_start(visit->arena, "SELECT c.number, c.title FROM ");
    bool nothing = false;
    query->visit = visit;
    query->list = &staff_cases_list;
    query->order = &staff_case_orders[0];
    query->descending = true;
    query->values[0] = q; /* the criterion `q` */
    search_read(visit->arena, q, &query->search);
    *count = 0;
    if (!query->search.count || query->search.count > SEARCH_WORDS)
        return true;
    if (!case_count(query, &query->total, err) || !case_source(&sql, query, (int64_t)limit, &nothing, err) || nothing)
        return nothing;
    *cases = ARENA_ARRAY(visit->arena, struct case_brief, limit);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (*count < limit && db_read_next(rows, TO(&(*cases)[*count].number), TO(&(*cases)[*count].title)))
        ++*count;
    return db_done(rows, err);
}
