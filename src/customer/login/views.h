/* The input of the templates in this folder. */
#pragma once

#include "portal/visit.h"
#include "view/template.h"

/* LOGIN_NAME is the user name or e-mail address. */
enum { LOGIN_NAME, LOGIN_PASSWORD, LOGIN_FIELDS };

/* A page with a form: of logging in, registering, forgotten passwords and mailed links. */
struct login_view {
    struct field fields[LOGIN_FIELDS];
    struct str refusal;      /* why the form was refused, or empty */
    struct str next;         /* empty: none */
    struct str token, email; /* the mailed link, and the address of its account */
    bool one_click;          /* the password was chosen in this browser, or the user is logged in: the link is enough */
    bool registration;       /* people may register */
    bool contacts;           /* contacts may log in; only they can get a new password by mail */
    bool wait;               /* refused for a while: the page shows the way around */
};

/* Says that a mail is on its way. The page is the same whether the address is known or not. */
struct sent_view {
    struct str text, hint;
};

struct account_view {
    bool is_contact, verified;
    struct str name, user_name, kind;
    struct str link_text; /* the linked contact, or why no contact is linked */
    struct str sessions;
    struct field language;
    struct html mails;         /* the choice of mails */
    struct field passwords[2]; /* current, new */
    struct str refusal;
    /* For a shared login: who sets the password, and the box to tick before all are logged out. */
    struct str owner;
    struct field everybody;
};
