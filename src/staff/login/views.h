/* What the templates of this folder are given. */
#ifndef KP_STAFF_LOGIN_VIEWS_H
#define KP_STAFF_LOGIN_VIEWS_H

#include "view/view.h"

struct staff_login_view {
    struct field email, password;
    struct str refusal, next;
};

struct staff_code_view {
    struct field code;
    struct str refusal, next;
};

/* Asked again before something that matters. */
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
    struct str secret, picture; /* base32; path of the SVG */
    int64_t size;
    struct str proof; /* ties the secret to this session, so that only a secret made here is taken */
    struct field code;
    bool required; /* it has to be set up to go on */
};

struct staff_codes_view {
    const struct str *codes;
    size_t count;
    struct str next;
};

struct staff_account_view {
    struct html mails; /* the choice of them */
    struct str email, role, sessions, codes_left;
    bool has_second, may_lack_second;
    struct field passwords[2]; /* current, new */
    struct str refusal;
};

#endif
