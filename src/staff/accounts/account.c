/* The page of an account: its state, the contacts that have its address, invitations and blocking. */
#include "model/contact_fields.h"
#include "model/invitation.h"
#include "model/login.h"
#include "portal/address.h"
#include "service/mail.h"
#include "staff/accounts/accounts.html.h"
#include "staff/accounts/internal.h"
#include "staff/find/find.h"

#define MATCHES_MAX 50

#define CONTACTS                                                                                                       \
    " FROM contact_address m JOIN contact k ON k.id = m.contact_id AND k.active = 1 WHERE m.address = l.name"

bool account_find(struct visit *visit, struct account_row *row, struct err *err)
{
    int64_t id = 0;
    bool found = false;
    *row = (struct account_row){.id = 0};
    if (str_to_int(visit->path_value[0], &id) &&
        !db_find(visit->db, visit->arena,
                 "SELECT a.id, l.id, a.email, l.name, a.language, a.created, l.last_login, a.verified, l.blocked,"
                 " CASE WHEN l.password_hash IS NULL THEN 0 ELSE 1 END, (SELECT COUNT(*)" CONTACTS "),"
                 " (SELECT MIN(k.first_name || ' ' || k.last_name)" CONTACTS ")"
                 " FROM account a JOIN login l ON l.kind = 'contact' AND l.owner_id = a.id WHERE a.id = $1",
                 DB_ARGS(DB_INT(id)),
                 DB_TARGETS(TO(&row->id), TO(&row->login_id), TO(&row->email), TO(&row->name), TO(&row->language),
                            TO(&row->created), TO(&row->last_login), TO(&row->verified), TO(&row->blocked),
                            TO(&row->has_password), TO(&row->matches), TO(&row->contact)),
                 &found, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such account");
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static bool account_load_matches(struct visit *visit, const struct account_row *row, struct account_page_view *view,
                                 struct err *err)
{
    struct account_match_view *made = ARENA_ARRAY(visit->arena, struct account_match_view, MATCHES_MAX);
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT k.number, k.first_name || ' ' || k.last_name, k.active, k.email, k.email_2, k.email_3"
                 " FROM contact_address m JOIN contact k ON k.id = m.contact_id WHERE m.address = $1"
                 " ORDER BY k.active DESC, k.number COLLATE \"sv-natural\" LIMIT $2",
                 DB_ARGS(DB_TEXT(row->name), DB_INT(MATCHES_MAX)), err);
    while (db_next(rows)) {
        struct account_match_view *one = &made[view->match_count++];
        struct str emails[3];
        db_read(rows, TO(&one->number), TO(&one->name), TO(&one->active), TO(&emails[0]), TO(&emails[1]),
                TO(&emails[2]));
        one->url = address_of(visit->arena, "/staff/contacts", one->number, "");
        for (int i = 2; i >= 0; i--) { /* the first of the contact's fields that has the address */
            if (str_eq(actor_fold_name(visit->arena, emails[i]), row->name))
                one->why = visit_tr(visit, contact_entity.fields[CONTACT_EMAIL + i].label);
        }
    }
    view->matches = made;
    return db_done(rows, err);
}

bool account_show(struct visit *visit, const struct account_row *row, struct str typed, struct str fault,
                  struct err *err)
{
    enum account_state state = row->blocked         ? ACCOUNT_BLOCKED
                               : !row->has_password ? ACCOUNT_INVITED
                               : row->verified      ? ACCOUNT_ACTIVE
                                                    : ACCOUNT_UNVERIFIED;
    struct account_page_view view = {.match_count = 0};
    if (!account_load_matches(visit, row, &view, err))
        return false;
    view.email = row->email;
    view.path = account_path(visit->arena, row->id, "");
    view.state = visit_tr(visit, code_label(&account_states, state));
    view.reason = account_link_text(visit, row);
    view.unlinked = row->matches != 1;
    view.several = row->matches > 1;
    view.language = visit_tr(visit, str_eqz(row->language, "en") ? _("English") : _("Swedish"));
    view.created = instant_format_local(visit->arena, row->created);
    view.last_login =
        row->last_login ? instant_format_local(visit->arena, row->last_login) : visit_tr(visit, _("Never"));
    view.look_url = row->blocked ? STR_NONE : address_with(visit->arena, "/staff/view-as?login=", row->name);
    view.new_contact_url = address_with(visit->arena, "/staff/contacts/new?email=", row->email);
    view.blocked = row->blocked;
    view.has_password = row->has_password;
    view.contact = (struct field){.name = STR("contact"),
                                  .label = visit_tr(visit, _("Contact (number or name)")),
                                  .value = typed,
                                  .error = fault,
                                  .max_length = 200,
                                  .lookup = lookup_paths[LOOKUP_CONTACT]};
    return page_show_narrow(visit, row->email, account_page_html, &view);
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
    if (!inviting->row.id && !account_add(conn, to.email, actor_fold_name(visit->arena, to.email), to.lang,
                                          visit->now_us, &to.login_id, err))
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

static bool account_block_body(struct db_conn *conn, void *context, struct err *err)
{
    struct blocking *blocking = context;
    return login_set_blocked(conn, blocking->row.login_id, blocking->block, err) &&
           visit_audit(blocking->visit, blocking->block ? "account_blocked" : "account_unblocked", blocking->row.email,
                       STR_NONE, err);
}

bool account_block_send(struct visit *visit, struct err *err)
{
    struct blocking blocking = {.visit = visit, .block = str_ends(visit->request->path, STR("/block"))};
    if (!account_find(visit, &blocking.row, err) || !db_transaction(visit->db, account_block_body, &blocking, err))
        return false;
    page_notice_next(visit, blocking.block ? _("The account is blocked, and logged out on all devices.")
                                           : _("The account may log in again."));
    return visit_redirect(visit, account_path(visit->arena, blocking.row.id, ""));
}
