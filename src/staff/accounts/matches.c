/*
 * Repairs the link between an account and a contact: gives a contact the account's address, or takes the address from
 * one of several contacts.
 */
#include "model/contact.h"
#include "staff/accounts/internal.h"
#include "staff/find/find.h"

static bool lead_back(struct visit *visit, const struct account_row *row, const struct msgid *notice)
{
    page_notice_next(visit, notice);
    return visit_redirect(visit, account_path(visit->arena, row->id, ""));
}

bool account_contact_send(struct visit *visit, struct err *err)
{
    struct account_row row;
    struct lookup_hit hit = {.id = 0};
    struct str typed = str_trim(http_param(&visit->request->form, "contact")), fault = STR_NONE;
    bool full = false;
    if (!account_find(visit, &row, err))
        return false;
    if (!typed.n)
        fault = visit_tr(visit, _("Fill in this field."));
    else if (!lookup_typed(visit, LOOKUP_CONTACT, typed, &hit, &fault, err))
        return false;
    if (hit.id && !hit.active)
        fault = visit_tr(visit, _("The contact is inactive."));
    else if (hit.id && !contact_give_address(visit, hit.number, row.email, &full, err))
        return false;
    if (full)
        fault = visit_tr(visit, _("The contact has three addresses already. Change them on its page."));
    if (!fault.n)
        return lead_back(visit, &row, _("The contact has the address now."));
    visit->response->status = 400;
    return account_show(visit, &row, typed, fault, err);
}

bool account_contact_remove_send(struct visit *visit, struct err *err)
{
    struct account_row row;
    struct lookup_hit hit;
    struct str number = str_trim(http_param(&visit->request->form, "contact"));
    if (!account_find(visit, &row, err) || !lookup_number(visit, LOOKUP_CONTACT, number, &hit, err))
        return false;
    if (hit.id)
        return contact_take_address(visit, hit.number, row.email, err) &&
               lead_back(visit, &row, _("The contact no longer has the address."));
    visit->response->status = 400;
    return account_show(visit, &row, number, visit_tr(visit, _("There is no contact with this number.")), err);
}
