/* The input of the templates in this folder. */
#pragma once

#include "portal/visit.h"
#include "view/template.h"

struct login_view {
    struct field username, password;
    struct str next;    /* empty: none */
    struct str refusal; /* why the login was refused, or empty */
    bool registration;  /* whether people may register */
    bool contacts;      /* whether contacts may log in; only they can get a new password by mail */
    bool wait;          /* refused for a while: the page shows the way around */
};

struct register_view {
    struct field fields[2]; /* e-mail address, password */
    struct str refusal;
};

/* Says that a mail is on its way. The page is the same whether the address is known or not. */
struct sent_view {
    struct str title, text, hint;
};

struct verify_view {
    struct str token, email;
    bool one_click; /* the password was chosen in this browser, or the user is logged in: the link is enough */
    struct field password;
    struct str refusal;
};

/* A link that was used or is too old. */
struct spent_view {
    bool registration;
};

struct forgot_view {
    struct field email;
    struct str refusal;
};

struct reset_view {
    struct str token, email;
    struct field password;
    struct str refusal;
};

struct account_view {
    bool is_contact, verified, linked;
    struct str name, user_name, kind;
    struct str link_text; /* the linked contact, or why there is none */
    struct str sessions;
    struct field language;
    struct html mails;         /* the choice of mails */
    struct field passwords[2]; /* current, new */
    struct str refusal;
    struct str owner; /* for a shared login: who sets the password */
};
