#include "access/visibility.h"
#include "customer/cases/new.h"
#include "customer/cases/new_views.h"
#include "customer/cases/receipt.html.h"
#include "model/case.h"

/*
 * The login that sent the form may read its receipt, even if it cannot see the case: its user needs the number (domain
 * 5).
 */
static bool receipt_load(struct visit *visit, struct receipt_view *view, bool *visible, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "SELECT c.number, c.title, c.created, (SELECT count(*) FROM file f"
                                             " WHERE f.case_id = c.id), c.id, CASE WHEN ");
    visible_case(&sql, &visit->actor, "c.id");
    sql_put(&sql,
            " THEN 1 ELSE 0 END FROM submission s JOIN cases c ON c.id = s.case_id WHERE s.receipt = ?"
            " AND s.login_id = ?",
            DB_TEXT(visit->path_value[0]), DB_INT(visit->actor.login_id));
    int64_t created = 0, files = 0, id = 0;
    bool found;
    if (!db_find_sql(visit->db, visit->arena, &sql,
                     DB_TARGETS(TO(&view->number), TO(&view->title), TO(&created), TO(&files), TO(&id), TO(visible)),
                     &found, err))
        return false;
    view->created = instant_format_local(visit->arena, created);
    view->files = files ? tr_n(visit->arena, visit->view.lang, _("{n} file"), _("{n} files"), files) : STR_NONE;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such receipt of this login");
    return !*visible || case_place_load(visit, id, &view->place, err);
}

/* Says when the login hears of the case again. Only personal logins have an address that mails go to. */
static const struct msgid *receipt_next(const struct visit *visit, bool visible)
{
    if (!visible)
        return _("Save the case number: your account is not linked to a contact with us yet, so the case cannot be"
                 " shown here. Give the number when you contact us.");
    if (visit->actor.kind == ACTOR_CONTACT && visit->config->notify[NOTICE_BOOKING])
        return _("We read your case and book a time. You get a mail when the time is booked, and you can follow the"
                 " case here in the portal.");
    return _("We read your case and book a time. You can follow the case here in the portal.");
}

void phones_fill(struct visit *visit, struct phones *phones)
{
    phones->phone = visit->config->phone;
    phones->phone_link = phone_link(visit->arena, phones->phone, PHONE_DIGITS_SET);
    phones->emergency = visit->config->emergency_phone;
    phones->emergency_link = phone_link(visit->arena, phones->emergency, PHONE_DIGITS_SET);
}

bool receipt_get(struct visit *visit, struct err *err)
{
    struct receipt_view view = {0};
    bool visible = false;
    if (!receipt_load(visit, &view, &visible, err))
        return false;
    view.may_report = page_is_on(visit->config, ROUTE_NEW_CASE);
    view.next = visit_tr(visit, receipt_next(visit, visible));
    phones_fill(visit, &view.phones);
    if (visible)
        view.case_url = case_path(visit->arena, view.number);
    return page_show(visit, visit_tr(visit, _("Thank you, we have received your case")), receipt_page_html, &view);
}
