/* Invites users by mail to choose the password of their account. */
#pragma once

#include "db/db.h"
#include "i18n/i18n.h"
#include "service/config.h"

struct invitation {
    int64_t login_id;
    struct str email;
    enum lang lang;
};

/*
 * Mails a link that can be used once within two weeks. Choosing the password proves the address. Call it in a
 * transaction.
 */
MUST_CHECK bool login_invite(struct db_conn *conn, struct arena *arena, const struct config *config,
                             const struct invitation *to, int64_t now_us, struct err *err);
