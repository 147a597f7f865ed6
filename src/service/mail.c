#include "service/mail.h"

#include <string.h>

#include "base/clock.h"

#define ADDRESS_MAX 254

static bool is_address_char(unsigned char c)
{
    return c > 0x20 && c < 0x7f && !strchr("()<>,;:\\\"[]@", c);
}

/*
 * ASCII only: an address that is folded by Unicode rules for comparing must not be delivered to a mailbox that is spelled
 * otherwise.
 */
bool mail_address_valid(struct str address)
{
    ptrdiff_t at = str_find_char(address, '@');
    if (at < 1 || address.n > ADDRESS_MAX || address.p[0] == '-')
        return false;
    struct str host = str_slice(address, (size_t)at + 1, address.n);
    for (size_t i = 0; i < address.n; i++) {
        if (i != (size_t)at && !is_address_char((unsigned char)address.p[i]))
            return false;
    }
    return host.n > 0 && host.p[0] != '.' && host.p[0] != '-' && host.p[host.n - 1] != '.' && str_find(host, STR("..")) < 0;
}

bool mail_queue(struct db_conn *conn, struct str recipient, struct str subject, struct str body, struct err *err)
{
    int64_t now = clock_now_us();
    return db_exec(conn, "INSERT INTO mail (recipient, subject, body, created, next_attempt) VALUES ($1, $2, $3, $4, $4)",
                   DB_ARGS(DB_TEXT(recipient), DB_TEXT(subject), DB_TEXT(body), DB_INT(now)), err);
}
