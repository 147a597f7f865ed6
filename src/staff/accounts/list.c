/* /staff/accounts: all accounts of contacts, the newest first. */
#include "base/clock.h"
#include "service/sheet.h"
#include "staff/accounts/accounts.html.h"
#include "staff/accounts/internal.h"

#include <inttypes.h>

#define PAGE_SIZE 50
#define EXPORT_MAX 1000000
#define COLUMNS 6

const char *const account_state_codes[ACCOUNT_STATES] = {"blocked", "invited", "unverified", "active"};
const char *const account_state_labels[ACCOUNT_STATES] = {_("Blocked"), _("Invited"), _("Address not confirmed"),
                                                          _("Active")};
const char *const account_state_literals[ACCOUNT_STATES] = {
    " AND l.blocked = 1", " AND l.blocked = 0 AND l.password_hash IS NULL",
    " AND l.blocked = 0 AND l.password_hash IS NOT NULL AND a.verified = 0",
    " AND l.blocked = 0 AND l.password_hash IS NOT NULL AND a.verified = 1"};

struct account_row account_read(struct arena *arena, const struct db_rows *rows)
{
    return (struct account_row){.id = db_int(rows, 0),
                                .login_id = db_int(rows, 1),
                                .email = db_text_copy(rows, 2, arena),
                                .name = db_text_copy(rows, 3, arena),
                                .language = db_text_copy(rows, 4, arena),
                                .created = db_int(rows, 5),
                                .last_login = db_int(rows, 6),
                                .verified = db_int(rows, 7) != 0,
                                .blocked = db_int(rows, 8) != 0,
                                .has_password = db_int(rows, 9) != 0,
                                .matches = db_int(rows, 10),
                                .contact = db_text_copy(rows, 11, arena)};
}

enum account_state account_state_of(const struct account_row *row)
{
    if (row->blocked)
        return ACCOUNT_BLOCKED;
    if (!row->has_password)
        return ACCOUNT_INVITED;
    return row->verified ? ACCOUNT_ACTIVE : ACCOUNT_UNVERIFIED;
}

struct str account_link_text(struct visit *visit, const struct account_row *row)
{
    if (row->matches > 1)
        return visit_tr(visit, _("Several contacts have the address: linked to none"));
    if (!row->matches)
        return visit_tr(visit, _("No active contact has the address"));
    return row->verified ? row->contact : visit_tr(visit, _("Linked as soon as the address is confirmed"));
}

struct str account_path(struct arena *arena, int64_t id, const char *behind)
{
    return arena_printf(arena, "/staff/accounts/%" PRId64 "%s", id, behind);
}

/* --- the question ---------------------------------------------------------------------------------------------------------------------- */

struct question {
    struct str q, state;
    bool unlinked;
    int64_t before;
};

static struct question read_question(const struct visit *visit)
{
    const struct http_params *query = &visit->request->query;
    struct question question = {.q = str_trim(http_param(query, "q")), .state = http_param(query, "state")};
    question.unlinked = str_eqz(question.state, "unlinked");
    if (!str_to_int(http_param(query, "before"), &question.before))
        question.before = 0;
    return question;
}

static void add_word(struct sql *sql, struct str word)
{
    sql_put(sql, " AND l.name LIKE ? ESCAPE '\\'", SQL_CONTAINING(word));
}

static void add_rows(struct sql *sql, struct visit *visit, const struct question *question, int64_t limit)
{
    *sql = sql_start(visit->arena, ACCOUNT_SELECT " WHERE 1 = 1");
    if (question->before)
        sql_put(sql, " AND a.id < ?", DB_INT(question->before));
    if (question->q.n)
        add_word(sql, actor_fold_name(visit->arena, question->q));
    for (int i = 0; i < ACCOUNT_STATES; i++) {
        if (str_eqz(question->state, account_state_codes[i]))
            sql_put(sql, account_state_literals[i]);
    }
    if (question->unlinked)
        sql_put(sql, " AND (SELECT COUNT(*) FROM contact_address m JOIN contact k ON k.id = m.contact_id"
                     " AND k.active = 1 WHERE m.address = l.name) <> 1");
    sql_put(sql, " ORDER BY a.id DESC LIMIT ?", DB_INT(limit));
}

static struct str address(struct visit *visit, const struct question *question, const char *ending, int64_t before)
{
    struct buf out;
    buf_init(&out, visit->arena);
    buf_printf(&out, "/staff/accounts%s?q=", ending);
    buf_url_part(&out, question->q);
    buf_z(&out, "&state=");
    buf_url_part(&out, question->state);
    if (before)
        buf_printf(&out, "&before=%" PRId64, before);
    return buf_text(&out);
}

/* --- the page --------------------------------------------------------------------------------------------------------------------------- */

static struct account_line_view line_of(struct visit *visit, const struct account_row *row)
{
    return (struct account_line_view){
        .email = row->email,
        .url = account_path(visit->arena, row->id, ""),
        .state = visit_tr(visit, account_state_labels[account_state_of(row)]),
        .contact = account_link_text(visit, row),
        .last_login = row->last_login ? fmt_instant(visit->arena, visit->view.lang, row->last_login) : STR_NONE,
        .blocked = row->blocked,
        .unlinked = row->matches != 1,
    };
}

static bool load_page(struct visit *visit, const struct question *question, struct account_list_view *view,
                      struct err *err)
{
    struct account_line_view *made = ARENA_ARRAY(visit->arena, struct account_line_view, PAGE_SIZE);
    int64_t last = 0;
    struct sql sql;
    add_rows(&sql, visit, question, PAGE_SIZE + 1);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (rows && db_next(rows)) {
        if (view->row_count == PAGE_SIZE) {
            view->next_url = address(visit, question, "", last);
            continue;
        }
        struct account_row row = account_read(visit->arena, rows);
        last = row.id;
        made[view->row_count++] = line_of(visit, &row);
    }
    view->rows = made;
    return db_done(rows, err);
}

static void fill_fields(struct visit *visit, const struct question *question, struct account_list_view *view)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, ACCOUNT_STATES + 1);
    for (int i = 0; i < ACCOUNT_STATES; i++)
        options[i] = (struct option){str_of(account_state_codes[i]), visit_tr(visit, account_state_labels[i]),
                                     str_eqz(question->state, account_state_codes[i])};
    options[ACCOUNT_STATES] =
        (struct option){STR("unlinked"), visit_tr(visit, _("Not linked to one contact")), question->unlinked};
    view->state = (struct field){.name = STR("state"),
                                 .label = visit_tr(visit, _("State")),
                                 .options = options,
                                 .option_count = ACCOUNT_STATES + 1,
                                 .empty_label = visit_tr(visit, _("All"))};
    view->email.name = STR("email");
    view->email.label = visit_tr(visit, _("E-mail address"));
    view->email.type = "email";
    view->email.required = true;
    view->email.max_length = 254;
}

bool account_list_refused(struct visit *visit, struct str typed, const char *fault, int status, struct err *err)
{
    struct question question = read_question(visit);
    struct account_list_view view = {.q = question.q, .email = {.value = typed, .error = visit_tr(visit, fault)}};
    bool narrowed = question.q.n || question.state.n;
    staff_list_keep(visit, "accounts", narrowed ? address(visit, &question, "", 0) : STR_NONE);
    if (narrowed)
        view.clear_url = STR("/staff/accounts?" STAFF_LIST_KEEP "=1");
    fill_fields(visit, &question, &view);
    view.csv_url = address(visit, &question, ".csv", 0);
    view.xlsx_url = address(visit, &question, ".xlsx", 0);
    if (question.before)
        view.first_url = address(visit, &question, "", 0);
    if (!load_page(visit, &question, &view, err))
        return false;
    visit->response->status = status;
    page_begin(visit, visit_tr(visit, _("Accounts")));
    account_list_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool account_list_page(struct visit *visit, struct err *err)
{
    bool resumed;
    if (!staff_list_resume(visit, "accounts", &resumed, err) || resumed)
        return resumed;
    /* From the page of a contact: its address, to invite. */
    return account_list_refused(visit, str_trim(http_param(&visit->request->query, "email")), NULL, 200, err);
}

/* --- to take away ------------------------------------------------------------------------------------------------------------------------ */

static bool write_rows(struct visit *visit, struct sheet *sheet, struct err *err)
{
    struct question question = read_question(visit);
    struct sql sql;
    bool ok = true;
    question.before = 0;
    add_rows(&sql, visit, &question, EXPORT_MAX);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    while (ok && rows && db_next(rows)) {
        struct account_row row = account_read(visit->arena, rows);
        struct str last = row.last_login ? instant_format_utc(visit->arena, row.last_login) : STR_NONE;
        const struct str texts[COLUMNS] = {row.email,
                                           str_of(account_state_codes[account_state_of(&row)]),
                                           row.verified ? STR("yes") : STR("no"),
                                           row.matches == 1 ? row.contact : STR_NONE,
                                           instant_format_utc(visit->arena, row.created),
                                           last};
        struct sheet_cell cells[COLUMNS];
        for (int i = 0; i < COLUMNS; i++)
            cells[i] = (struct sheet_cell){.kind = SHEET_TEXT, .code = texts[i], .text = texts[i]};
        ok = sheet_row(sheet, cells, COLUMNS, err);
    }
    struct err ended = {.kind = ERR_NONE};
    bool done = db_done(rows, ok ? err : &ended);
    return ok && done;
}

static bool export(struct visit *visit, enum sheet_kind kind, struct err *err)
{
    static const struct str HEADS[COLUMNS] = {STR_INIT("email"),   STR_INIT("state"),   STR_INIT("verified"),
                                              STR_INIT("contact"), STR_INIT("created"), STR_INIT("last_login")};
    struct sheet *sheet = sheet_begin(visit->arena, kind, visit->config->data, visit_tr(visit, _("Accounts")), err);
    if (!sheet || !sheet_head(sheet, HEADS, COLUMNS, err) || !write_rows(visit, sheet, err) ||
        !sheet_finish(sheet, &visit->response->fd, &visit->response->fd_size, err))
        return false;
    visit_download(visit, sheet_media_types[kind], kind == SHEET_CSV ? "accounts.csv" : "accounts.xlsx");
    return true;
}

bool account_csv(struct visit *visit, struct err *err)
{
    return export(visit, SHEET_CSV, err);
}

bool account_xlsx(struct visit *visit, struct err *err)
{
    return export(visit, SHEET_XLSX, err);
}
