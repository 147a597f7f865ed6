/* The data that the templates of this folder show. */
#pragma once

#include "view/view.h"

struct staff_login_view {
    struct field email, password;
    struct str refusal, next;
};

struct staff_code_view {
    struct field code;
    struct str refusal, next;
};

/* Asks for password and code again before an important action. */
struct staff_confirm_view {
    struct field password, code;
    bool with_code;
    struct str refusal, next;
};

struct staff_password_view {
    struct str token, email, refusal;
    struct field password;
};

struct staff_second_view {
    struct str secret, picture; /* secret: in base32; picture: the path of the SVG */
    int64_t size;
    struct str
        proof; /* ties the secret to this session: the server accepts only a secret that it made for the session */
    struct field code;
    bool required; /* the user must set it up to continue */
};

struct staff_codes_view {
    const struct str *codes;
    size_t count;
    struct str next;
};

struct staff_account_view {
    struct html mails; /* where the user chooses which mails they get */
    struct str email, role, sessions, codes_left;
    bool has_second, may_lack_second;
    struct field passwords[2]; /* current, new */
    struct str refusal;
};
