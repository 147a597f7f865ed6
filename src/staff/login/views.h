/* The data that the templates of this folder show. */
#pragma once

#include "view/view.h"

enum { STAFF_EMAIL, STAFF_PASSWORD, STAFF_CODE, STAFF_LOGIN_FIELDS };

/* A page that asks for a password, a code, or both, or for a new password. */
struct staff_login_view {
    struct field fields[STAFF_LOGIN_FIELDS]; /* those that the page does not ask for have no error */
    struct str refusal, next;
    struct str token, address; /* the one-time link, and the address of its user */
    bool with_code;
};

struct staff_second_view {
    struct str secret, picture; /* secret: in base32; picture: the path of the SVG */
    int64_t size;
    /* Ties the secret to this session: the server accepts only a secret that it made for the session. */
    struct str proof;
    struct field code;
    bool required; /* the user must set it up to continue */
};

struct staff_codes_view {
    const struct str *codes;
    size_t count;
};

struct staff_account_view {
    struct html mails; /* where the user chooses which mails they get */
    struct str email, role, sessions, codes_left;
    bool has_second;
    struct field passwords[2]; /* current, new */
    struct str refusal;
};
