#include "model/invitation.h"

#include "base/clock.h"
#include "base/random.h"
#include "model/login.h"
#include "service/mail.h"

#define VALID_DAYS 14

bool login_invite(struct db_conn *conn, struct arena *arena, const struct config *config, const struct invitation *to,
                  int64_t now_us, struct err *err)
{
    struct token token = {.text = random_token(arena, 24),
                          .purpose = TOKEN_RESET,
                          .login_id = to->login_id,
                          .expires_us = now_us + VALID_DAYS * 24 * 3600 * US_PER_SECOND};
    struct str url =
        arena_printf(arena, "%.*s/password/reset?token=%.*s", STR_FMT(config->base_url), STR_FMT(token.text));
    struct str subject =
        tr_fill(arena, to->lang, _("Choose a password for {1}"), (const struct str[]){config->name}, 1);
    struct str body = tr_fill(arena, to->lang,
                              _("You have an account at {1}. Choose your password here:\n\n{2}\n\n"
                                "The link can be used once and for two weeks. After that, ask for a new one under "
                                "\"Forgotten password\" on the login page.\n"),
                              (const struct str[]){config->name, url}, 2);
    return token_add(conn, arena, &token, err) && mail_queue(conn, to->email, subject, body, err);
}
