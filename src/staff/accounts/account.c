/* The page of an account: its state, the contacts that have its address, invitations and blocking. */
#include "model/invitation.h"
#include "model/login.h"
#include "service/mail.h"
#include "staff/accounts/accounts.html.h"
#include "staff/accounts/internal.h"
#include "staff/find/find.h"

#define MATCHES_MAX 50

bool account_find(struct visit *visit, struct account_row *row, struct err *err)
{
    int64_t id = 0;
    bool sound = str_to_int(visit->path_value[0], &id);
    struct db_rows *rows =
        db_query(visit->db, visit->arena, ACCOUNT_SELECT " WHERE a.id = $1", DB_ARGS(DB_INT(id)), err);
    bool found = db_next(rows);
    if (found)
        *row = account_read(visit->arena, rows);
    if (!db_done(rows, err))
        return false;
    return (found && sound) || err_set(err, ERR_NOT_FOUND, NULL, "no such account");
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

/* Returns the label of the contact's field that has the address. */
static struct str why(struct visit *visit, const struct db_rows *rows, struct str name)
{
    static const struct msgid *const labels[3] = {_("E-mail address"), _("Second e-mail address"),
                                                  _("Third e-mail address")};
    for (int i = 0; i < 3; i++) {
        if (str_eq(actor_fold_name(visit->arena, db_text(rows, 4 + i)), name))
            return visit_tr(visit, labels[i]);
    }
    return STR_NONE;
}

static bool load_matches(struct visit *visit, const struct account_row *row, struct account_page_view *view,
                         struct err *err)
{
    struct account_match_view *made = ARENA_ARRAY(visit->arena, struct account_match_view, MATCHES_MAX);
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT k.number, k.first_name, k.last_name, k.active, k.email, k.email_2, k.email_3"
                 " FROM contact_address m JOIN contact k ON k.id = m.contact_id WHERE m.address = $1"
                 " ORDER BY k.active DESC, k.number COLLATE \"sv-natural\" LIMIT $2",
                 DB_ARGS(DB_TEXT(row->name), DB_INT(MATCHES_MAX)), err);
    while (db_next(rows) && view->match_count < MATCHES_MAX) {
        struct str first = db_text(rows, 1), last = db_text(rows, 2);
        struct buf url;
        buf_init(&url, visit->arena);
        buf_z(&url, "/staff/contacts/");
        buf_url_part(&url, db_text(rows, 0));
        made[view->match_count++] =
            (struct account_match_view){.name = arena_printf(visit->arena, "%.*s %.*s", STR_FMT(first), STR_FMT(last)),
                                        .number = db_text_copy(rows, 0, visit->arena),
                                        .url = buf_text(&url),
                                        .why = why(visit, rows, row->name),
                                        .active = db_int(rows, 3) != 0};
    }
    view->matches = made;
    return db_done(rows, err);
}

static struct str accounts_account_with_query(struct visit *visit, const char *start, struct str value)
{
    struct buf url;
    buf_init(&url, visit->arena);
    buf_z(&url, start);
    buf_url_part(&url, value);
    return buf_text(&url);
}

bool account_show(struct visit *visit, const struct account_row *row, struct str typed, struct str fault,
                  struct err *err)
{
    struct account_page_view view = {.match_count = 0};
    if (!load_matches(visit, row, &view, err))
        return false;
    view.email = row->email;
    view.path = account_path(visit->arena, row->id, "");
    view.state = visit_tr(visit, code_label(&account_states, account_state_of(row)));
    view.reason = account_link_text(visit, row);
    view.unlinked = row->matches != 1;
    view.several = row->matches > 1;
    view.language = visit_tr(visit, str_eqz(row->language, "en") ? _("English") : _("Swedish"));
    view.created = fmt_instant(visit->arena, visit->view.lang, row->created);
    view.last_login =
        row->last_login ? fmt_instant(visit->arena, visit->view.lang, row->last_login) : visit_tr(visit, _("Never"));
    view.look_url = row->blocked ? STR_NONE : accounts_account_with_query(visit, "/staff/view-as?login=", row->name);
    view.new_contact_url = accounts_account_with_query(visit, "/staff/contacts/new?email=", row->email);
    view.blocked = row->blocked;
    view.has_password = row->has_password;
    view.contact = (struct field){.name = STR("contact"),
                                  .label = visit_tr(visit, _("Contact (number or name)")),
                                  .value = typed,
                                  .error = fault,
                                  .max_length = 200,
                                  .lookup = lookup_paths[LOOKUP_CONTACT]};
    page_begin_narrow(visit, row->email);
    account_page_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

bool account_show_page(struct visit *visit, struct err *err)
{
    struct account_row row;
    return account_find(visit, &row, err) && account_show(visit, &row, STR_NONE, STR_NONE, err);
}

/* --- invitations -------------------------------------------------------------------------------------------------- */

struct inviting {
    struct visit *visit;
    struct account_row row; /* id 0: the account does not exist yet */
};

static bool invite_body(struct db_conn *conn, void *context, struct err *err)
{
    struct inviting *inviting = context;
    struct visit *visit = inviting->visit;
    struct invitation to = {
        .login_id = inviting->row.login_id, .email = inviting->row.email, .lang = visit->config->language};
    (void)lang_parse(inviting->row.language, &to.lang); /* without a choice of its own: the portal's language */
    if (!inviting->row.id && !account_add(conn, visit->arena, to.email, actor_fold_name(visit->arena, to.email),
                                          to.lang, visit->now_us, &to.login_id, err))
        return false;
    inviting->row.login_id = to.login_id;
    return login_invite(conn, visit->arena, visit->config, &to, visit->now_us, err) &&
           visit_audit(visit, inviting->row.id ? "account_invited_again" : "account_invited", to.email, STR_NONE, err);
}

static bool account_of_login(struct visit *visit, int64_t login_id, int64_t *id, struct err *err)
{
    return db_query_int(visit->db, "SELECT owner_id FROM login WHERE id = $1", DB_ARGS(DB_INT(login_id)), NULL, id,
                        err);
}

bool account_add_send(struct visit *visit, struct err *err)
{
    struct str email = str_trim(http_param(&visit->request->form, "email"));
    struct inviting inviting = {.visit = visit, .row = {.email = email}};
    int64_t id = 0;
    if (!mail_address_valid(email) || email.n > 254)
        return account_list_refused(visit, email, _("Write an e-mail address, such as anna@example.se."), 400, err);
    if (!db_transaction(visit->db, invite_body, &inviting, err)) {
        if (err->kind != ERR_CONFLICT)
            return false;
        return account_list_refused(visit, email, _("There is a login of this name already."), 409, err);
    }
    if (!account_of_login(visit, inviting.row.login_id, &id, err))
        return false;
    page_notice_next(visit, _("The account is made, and a mail with a link is on its way."));
    return visit_redirect(visit, account_path(visit->arena, id, ""));
}

bool account_invite_send(struct visit *visit, struct err *err)
{
    struct inviting inviting = {.visit = visit};
    if (!account_find(visit, &inviting.row, err) || !db_transaction(visit->db, invite_body, &inviting, err))
        return false;
    page_notice_next(visit, _("A mail with a link is on its way."));
    return visit_redirect(visit, account_path(visit->arena, inviting.row.id, ""));
}

/* --- blocking ----------------------------------------------------------------------------------------------------- */

struct blocking {
    struct visit *visit;
    struct account_row row;
    bool block;
};

static bool accounts_account_block_body(struct db_conn *conn, void *context, struct err *err)
{
    struct blocking *blocking = context;
    return login_set_blocked(conn, blocking->row.login_id, blocking->block, err) &&
           visit_audit(blocking->visit, blocking->block ? "account_blocked" : "account_unblocked", blocking->row.email,
                       STR_NONE, err);
}

static bool set_blocked(struct visit *visit, bool block, struct err *err)
{
    struct blocking blocking = {.visit = visit, .block = block};
    if (!account_find(visit, &blocking.row, err) ||
        !db_transaction(visit->db, accounts_account_block_body, &blocking, err))
        return false;
    page_notice_next(visit, block ? _("The account is blocked, and logged out everywhere.")
                                  : _("The account may log in again."));
    return visit_redirect(visit, account_path(visit->arena, blocking.row.id, ""));
}

bool account_block_send(struct visit *visit, struct err *err)
{
    return set_blocked(visit, true, err);
}

bool account_unblock_send(struct visit *visit, struct err *err)
{
    return set_blocked(visit, false, err);
}
