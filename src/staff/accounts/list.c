/* /staff/accounts: all accounts of contacts, the newest first. */
#include "lists/list.h"
#include "model/codes.h"
#include "staff/accounts/accounts.html.h"
#include "staff/accounts/internal.h"

#include <inttypes.h>

static const struct code STATES[ACCOUNT_STATES] = {
    [ACCOUNT_BLOCKED] = {"blocked", _("Blocked")},
    [ACCOUNT_INVITED] = {"invited", _("Invited")},
    [ACCOUNT_UNVERIFIED] = {"unverified", _("Address not confirmed")},
    [ACCOUNT_ACTIVE] = {"active", _("Active")},
};
const struct code_list account_states = {STATES, COUNT_OF(STATES)};

struct str account_link_text(struct visit *visit, const struct account_row *row)
{
    if (row->matches > 1)
        return visit_tr(visit, _("Several contacts have the address: linked to none"));
    if (!row->matches)
        return visit_tr(visit, _("No active contact has the address"));
    return row->verified ? row->contact : visit_tr(visit, _("Linked as soon as the address is confirmed"));
}

struct str account_path(struct arena *arena, int64_t id, const char *ending)
{
    return arena_printf(arena, "/staff/accounts/%" PRId64 "%s", id, ending);
}

/* --- the list ----------------------------------------------------------------------------------------------------- */

#define CONTACTS                                                                                                       \
    " FROM contact_address m JOIN contact k ON k.id = m.contact_id AND k.active = 1 WHERE m.address = l.name"
#define CONTACT_COUNT "(SELECT COUNT(*)" CONTACTS ")"
#define CONTACT_NAME "MIN(k.first_name || ' ' || k.last_name)"

static void contact_write(struct buf *out, const struct view *v, const struct list_row *row)
{
    const struct account_row account = {
        .matches = list_row_int(row, 0), .contact = list_row_text(row, 1), .verified = list_row_int(row, 2) != 0};
    account_contact_cell_html(out, v, row->label, account_link_text(row->visit, &account), account.matches != 1);
}

static const struct list_column COLUMNS[] = {
    {LIST_COLUMN("email", _("E-mail address"), LINK, "a.email"), .second_literal = "a.id"},
    {LIST_COLUMN("state", _("Status"), CODE,
                 "CASE WHEN l.blocked = 1 THEN 'blocked' WHEN l.password_hash IS NULL THEN 'invited'"
                 " WHEN a.verified = 0 THEN 'unverified' ELSE 'active' END"),
     .codes = &account_states},
    {LIST_COLUMN("verified", _("Address confirmed"), YES_NO, "a.verified"), .flags = LIST_HIDDEN},
    {LIST_COLUMN("contact", _("Contact"), OWN, CONTACT_COUNT ", (SELECT " CONTACT_NAME CONTACTS "), a.verified"),
     .flags = LIST_NO_FILE, .value_count = 3, .own = contact_write},
    {LIST_COLUMN("contact", _("Contact"), TEXT,
                 "(SELECT CASE WHEN COUNT(*) = 1 THEN " CONTACT_NAME " END" CONTACTS ")"),
     .flags = LIST_NO_PAGE},
    {LIST_COLUMN("created", _("Created"), INSTANT, "a.created"), .flags = LIST_HIDDEN},
    {LIST_COLUMN("last_login", _("Last login"), INSTANT, "l.last_login")},
};

static const struct code SEARCHED_STATES[] = {
    {"blocked", _("Blocked")},
    {"invited", _("Invited")},
    {"unverified", _("Address not confirmed")},
    {"active", _("Active")},
    {"unlinked", _("Not linked to one contact")},
};
static const struct code_list SEARCHED = {SEARCHED_STATES, COUNT_OF(SEARCHED_STATES)};
static const char *const STATE_LITERALS[] = {
    " AND l.blocked = 1",
    " AND l.blocked = 0 AND l.password_hash IS NULL",
    " AND l.blocked = 0 AND l.password_hash IS NOT NULL AND a.verified = 0",
    " AND l.blocked = 0 AND l.password_hash IS NOT NULL AND a.verified = 1",
    " AND " CONTACT_COUNT " <> 1",
};

static void address_add(struct sql *sql, const struct list_query *query, struct str value)
{
    sql_put(sql, " AND l.name LIKE ? ESCAPE '\\'", SQL_CONTAINING(actor_fold_name(query->visit->arena, value)));
}

static const struct list_criterion CRITERIA[] = {
    {.name = "q", .label = _("Part of the address"), .kind = LIST_BY_WORDS, .add = address_add},
    {.name = "state", .label = _("Status"), .kind = LIST_BY_CODE, .codes = &SEARCHED, .code_literals = STATE_LITERALS},
};
static const struct list_order ORDERS[] = {
    {.name = "created", .down_first = true, .keys = {{"a.id", LIST_KEY_NUMBER, LIST_KEY_ALONG}}}};

/* Returns the field that invites somebody, under the list: after a refusal with the typed address and the fault. */
static struct field *invited(struct list_query *query)
{
    const struct field *typed = query->context;
    struct field *field = ARENA_NEW(query->visit->arena, struct field);
    *field = typed ? *typed : (struct field){.value = str_trim(http_param(&query->visit->request->query, "email"))};
    field->name = STR("email");
    field->label = visit_tr(query->visit, _("E-mail address"));
    field->type = "email";
    field->required = true;
    field->max_length = 254;
    return field;
}

static bool refusal_write(struct list_query *query, struct err *err)
{
    (void)err;
    if (query->context)
        account_refusal_html(&query->visit->response->body, &query->visit->view, invited(query));
    return true;
}

static bool invite_write(struct list_query *query, struct err *err)
{
    (void)err;
    account_invite_html(&query->visit->response->body, &query->visit->view, invited(query));
    return true;
}

const struct list accounts_list = {
    .name = "accounts",
    .path = "/staff/accounts",
    .title = _("Accounts"),
    .staff = true,
    LIST_TABLES(COLUMNS, CRITERIA, ORDERS),
    .page_size = 50,
    .from_literal = "account a JOIN login l ON l.kind = 'contact' AND l.owner_id = a.id",
    .inactive_literal = "l.blocked",
    .before = refusal_write,
    .after = invite_write,
};

bool account_list_refused(struct visit *visit, struct str typed, const struct msgid *fault, int status, struct err *err)
{
    const struct field field = {.value = typed, .error = visit_tr(visit, fault)};
    visit->response->status = status;
    return list_show(visit, &accounts_list, &field, err);
}
