/* Lets people choose their mails: contacts on their account page, staff for a contact, and staff for themselves. */
#include "parts/notices/choice.h"

#include "access/visibility.h"
#include "model/contact.h"
#include "model/login.h"
#include "model/staff_user.h"
#include "parts/notices/notices.h"
#include "parts/notices/notices.html.h"
#include "portal/address.h"

static const char *const NAMES[NOTICE_KINDS] = {"receipt", "booking", "finish", "message", "specification"};
static const struct msgid *const LABELS[NOTICE_KINDS] = {
    _("When a case has been received"), _("When a time is booked, changed or cancelled"),
    _("When a case is finished or cancelled"), _("When we write a message"),
    _("When an invoice specification waits for approval")};

static struct field box_of(struct visit *visit, const char *name, const struct msgid *label, bool wanted)
{
    return (struct field){
        .name = str_of(name), .label = visit_tr(visit, label), .value = wanted ? STR("yes") : STR_NONE};
}

static bool is_ticked(struct visit *visit, const char *name)
{
    return str_eqz(http_param(&visit->request->form, name), "yes");
}

static void notices_choice_write_part(struct visit *visit, const struct choice_view *view, struct html *part)
{
    struct buf out;
    buf_init(&out, visit->arena);
    mail_choice_html(&out, &visit->view, view);
    *part = view_capture(&out);
}

/* Only the mails that the installation sends are offered, and those about specifications to people who see some. */
static bool is_offered(const struct visit *visit, int kind)
{
    return visit->config->notify[kind] &&
           (kind != NOTICE_SPECIFICATION || visit_is_staff(visit) || may_see_specifications(&visit->actor));
}

static void fill_boxes(struct visit *visit, int64_t off, struct choice_view *view)
{
    for (int kind = 0; kind < NOTICE_KINDS; kind++) {
        if (is_offered(visit, kind))
            view->boxes[view->count++] = box_of(visit, NAMES[kind], LABELS[kind], !(off >> kind & 1));
    }
}

/* Reads the offered boxes; the bits of other mails stay as they are. */
static int64_t read_boxes(struct visit *visit, int64_t off)
{
    for (int kind = 0; kind < NOTICE_KINDS; kind++) {
        int64_t bit = INT64_C(1) << kind;
        if (is_offered(visit, kind))
            off = is_ticked(visit, NAMES[kind]) ? off & ~bit : off | bit;
    }
    return off;
}

static struct str off_text(struct visit *visit, int64_t off)
{
    struct buf text;
    buf_init(&text, visit->arena);
    buf_z(&text, off ? "off:" : "all");
    for (int kind = 0; kind < NOTICE_KINDS; kind++) {
        if (off >> kind & 1)
            buf_printf(&text, " %s", NAMES[kind]);
    }
    return buf_text(&text);
}

/* --- of a contact login: its own and its contact's ---------------------------------------------------------------- */

static bool account_off(struct visit *visit, int64_t *off, struct err *err)
{
    *off = 0;
    return db_query_int(visit->db,
                        "SELECT a.mails_off | COALESCE((SELECT k.mails_off FROM contact k WHERE k.id = $2), 0)"
                        " FROM account a WHERE a.id = $1",
                        DB_ARGS(DB_INT(visit->actor.account_id), DB_INT(visit->actor.contact_id)), NULL, off, err);
}

bool notices_account_part(struct visit *visit, struct html *part, struct err *err)
{
    struct choice_view view = {.action = STR("/account/notifications")};
    int64_t off;
    if (!account_off(visit, &off, err))
        return false;
    fill_boxes(visit, off, &view);
    view.lead = visit_tr(visit, _("We mail you about cases that you report, follow or are the primary contact of:"));
    if (view.count)
        notices_choice_write_part(visit, &view, part);
    return true;
}

static bool account_body(struct db_conn *conn, void *context, struct err *err)
{
    struct visit *visit = context;
    int64_t off;
    if (!account_off(visit, &off, err))
        return false;
    off = read_boxes(visit, off);
    return account_set_mails_off(conn, visit->actor.account_id, off, err) &&
           contact_set_mails_off(conn, visit->actor.contact_id, off, err) &&
           visit_audit(visit, "mails_chosen", visit->actor.login_name, off_text(visit, off), err);
}

static bool go_to(struct visit *visit, struct str path)
{
    page_notice_next(visit, _("Saved."));
    return visit_redirect(visit, path);
}

bool choice_account_send(struct visit *visit, struct err *err)
{
    return db_transaction(visit->db, account_body, visit, err) && go_to(visit, STR("/account"));
}

/* --- of a contact, by staff --------------------------------------------------------------------------------------- */

struct choosing {
    struct visit *visit;
    struct str number;
    int64_t id, off;
};

static bool notices_choice_find_contact(struct choosing *choosing, struct err *err)
{
    struct visit *visit = choosing->visit;
    bool found;
    return db_find(visit->db, visit->arena, "SELECT id, mails_off FROM contact WHERE number = $1",
                   DB_ARGS(DB_TEXT(choosing->number)), DB_TARGETS(TO(&choosing->id), TO(&choosing->off)), &found,
                   err) &&
           (found || err_set(err, ERR_NOT_FOUND, NULL, "no such contact"));
}

bool notices_contact_part(struct visit *visit, struct str number, struct html *part, struct err *err)
{
    struct choosing choosing = {.visit = visit, .number = number};
    struct choice_view view = {.action = address_of(visit->arena, "/staff/contacts", number, "/notifications")};
    if (!notices_choice_find_contact(&choosing, err))
        return false;
    fill_boxes(visit, choosing.off, &view);
    view.lead = visit_tr(visit, _("What this contact is mailed about cases, as reporter or primary contact. A contact"
                                  " with an account chooses under My account, too."));
    if (view.count)
        notices_choice_write_part(visit, &view, part);
    return true;
}

static bool contact_body(struct db_conn *conn, void *context, struct err *err)
{
    struct choosing *choosing = context;
    struct visit *visit = choosing->visit;
    int64_t off = read_boxes(visit, choosing->off);
    return contact_set_mails_off(conn, choosing->id, off, err) &&
           visit_audit(visit, "mails_chosen", arena_printf(visit->arena, "contacts %.*s", STR_FMT(choosing->number)),
                       off_text(visit, off), err);
}

bool choice_contact_send(struct visit *visit, struct err *err)
{
    struct choosing choosing = {.visit = visit, .number = address_number(visit->arena, visit->path_value[0])};
    return notices_choice_find_contact(&choosing, err) && db_transaction(visit->db, contact_body, &choosing, err) &&
           go_to(visit, address_of(visit->arena, "/staff/contacts", choosing.number, ""));
}

/* --- of staff ----------------------------------------------------------------------------------------------------- */

/* The bits are those of staff_set_mails. */
enum { STAFF_MAILS = 3 };
static const char *const STAFF_NAMES[STAFF_MAILS] = {"new_cases", "messages", "decisions"};
static const struct msgid *const STAFF_LABELS[STAFF_MAILS] = {
    _("When a new case comes in"), _("When a customer writes about a case where nothing waits yet"),
    _("When a customer approves or rejects an invoice specification")};

bool notices_staff_part(struct visit *visit, struct html *part, struct err *err)
{
    struct choice_view view = {.action = STR("/staff/account/notifications"), .count = STAFF_MAILS, .has_name = true};
    int64_t wanted = 0;
    if (!db_find(visit->db, visit->arena,
                 "SELECT mail_new_cases + 2 * mail_messages + 4 * mail_decisions, full_name FROM staff WHERE id = $1",
                 DB_ARGS(DB_INT(visit->staff.id)), DB_TARGETS(TO(&wanted), TO(&view.name.value)), NULL, err))
        return false;
    for (int i = 0; i < STAFF_MAILS; i++)
        view.boxes[i] = box_of(visit, STAFF_NAMES[i], STAFF_LABELS[i], wanted >> i & 1);
    view.lead = visit_tr(visit, _("We mail you:"));
    view.name.name = STR("full_name");
    view.name.label = visit_tr(visit, _("Your name"));
    view.name.hint =
        visit_tr(visit, visit->config->staff_names ? _("Customers see it with the messages that you write.")
                                                   : _("Customers do not see it, unless the settings say so."));
    view.name.autocomplete = "name";
    view.name.max_length = SHORT_LIMIT;
    notices_choice_write_part(visit, &view, part);
    return true;
}

static bool staff_body(struct db_conn *conn, void *context, struct err *err)
{
    struct visit *visit = context;
    struct str name = field_clean_text(visit->arena, http_param(&visit->request->form, "full_name"), false);
    struct buf told;
    int64_t wanted = 0;
    buf_init(&told, visit->arena);
    for (int i = 0; i < STAFF_MAILS; i++) {
        if (!is_ticked(visit, STAFF_NAMES[i]))
            continue;
        wanted |= INT64_C(1) << i;
        buf_printf(&told, "%s%s", told.n ? ", " : "", STAFF_NAMES[i]);
    }
    return staff_set_mails(conn, visit->staff.id, wanted, err) &&
           staff_set_name(conn, visit->staff.id, utf8_prefix(name, SHORT_LIMIT), err) &&
           visit_audit(visit, "mails_chosen", visit->staff.email, told.n ? buf_text(&told) : STR("none"), err);
}

bool choice_staff_send(struct visit *visit, struct err *err)
{
    return db_transaction(visit->db, staff_body, visit, err) && go_to(visit, STR("/staff/account"));
}
