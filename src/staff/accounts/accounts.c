#include "staff/accounts/accounts.h"

#include "lists/list.h"
#include "staff/accounts/internal.h"

LIST_HANDLERS_STAFF(accounts, accounts_list)

static const struct route ROUTES[] = {
    LIST_ROUTES_STAFF(accounts, "accounts", WHO_STAFF),
    {"POST", "/staff/accounts", account_add_send, WHO_STAFF, 0},
    {"GET", "/staff/accounts/{id}", account_show_page, WHO_STAFF, 0},
    {"POST", "/staff/accounts/{id}/invite", account_invite_send, WHO_STAFF, 0},
    {"POST", "/staff/accounts/{id}/contact", account_contact_send, WHO_STAFF, 0},
    {"POST", "/staff/accounts/{id}/contact/remove", account_contact_remove_send, WHO_STAFF, 0},
    {"POST", "/staff/accounts/{id}/block", account_block_send, WHO_STAFF, 0},
    {"POST", "/staff/accounts/{id}/unblock", account_block_send, WHO_STAFF, 0},
};

static const struct feature_question QUESTIONS[] = {
    {.path = "/staff/accounts/{id}/contact/remove",
     .name_literal = "SELECT email FROM account WHERE id = $1",
     .title = _("Take {1} away from the contact?"),
     .text = _("The account does not see what it sees through the contact any more."),
     .button = _("Take the address away"),
     .more_parts = 1},
};

static const struct feature_menu MENU[] = {
    {"/staff/accounts", _("Accounts"), "user", WHO_STAFF, .order = 155, .count = account_count_unlinked},
};

const struct feature staff_accounts_feature = {
    .name = "staff/accounts",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
    FEATURE_QUESTIONS(QUESTIONS),
};
