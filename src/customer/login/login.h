/* Logging in and out, accounts of contacts, forgotten passwords (domain 3 and 9). */
#ifndef KP_CUSTOMER_LOGIN_LOGIN_H
#define KP_CUSTOMER_LOGIN_LOGIN_H

#include "portal/visit.h"

extern const struct feature login_feature;

/* The empty form of /login, in a visit that is a preview. */
bool login_preview(struct visit *visit);

/* Who is asked by mail to choose a password. */
struct invitation {
    int64_t login_id;
    struct str email;
    enum lang lang;
};

/* Mails a link that is good once and for two weeks; choosing the password proves the address. In a transaction. */
bool login_invite(struct db_conn *conn, struct arena *arena, const struct config *config, const struct invitation *to,
                  int64_t now_us, struct err *err) __attribute__((warn_unused_result));
/* Makes an account without password whose address is not proven yet. ERR_CONFLICT: the name is taken. In a transaction. */
bool login_make_account(struct db_conn *conn, struct arena *arena, struct str email, enum lang lang, int64_t now_us,
                        int64_t *login_id, struct err *err) __attribute__((warn_unused_result));

#endif
