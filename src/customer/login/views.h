/* What the templates of this folder are given. */
#ifndef KP_CUSTOMER_LOGIN_VIEWS_H
#define KP_CUSTOMER_LOGIN_VIEWS_H

#include "portal/visit.h"
#include "view/template.h"

struct login_view {
    struct field username, password;
    struct str next;    /* empty: none */
    struct str refusal; /* why it was refused, or empty */
    bool registration;  /* whether people may register */
    bool contacts;      /* whether contacts may log in, who alone can have a new password mailed */
    bool wait;          /* refused for a while: the way around is shown */
};

struct register_view {
    struct field fields[2]; /* e-mail address, password */
    struct str refusal;
};

/* A mail is on its way; the same whatever is known about the address. */
struct sent_view {
    struct str title, text, hint;
};

struct verify_view {
    struct str token, email;
    bool one_click; /* this browser is where the password was chosen */
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
    struct str link_text; /* the contact, or why there is none */
    struct str sessions;
    struct field language;
    struct html mails;         /* the choice of them */
    struct field passwords[2]; /* current, new */
    struct str refusal;
    struct str owner; /* of shared logins: who sets the password */
};

#endif
