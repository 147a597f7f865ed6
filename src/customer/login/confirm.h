/* Functions that the pages of mailed links share. */
#pragma once

#include "customer/login/views.h"
#include "model/login.h"

#include "base/clock.h"

#define TOKEN_BYTES 24
#define VERIFY_US (24 * 3600 * US_PER_SECOND)
#define RESET_US (3600 * US_PER_SECOND)

/* Returns whether people may register their own accounts. */
bool may_register(const struct config *config);

/*
 * chosen_here_keep marks this browser as the one in which the password of `hash` was chosen, so that the user need not
 * type it again when they open the link. Anybody else who opens the link must know the password. chosen_here returns
 * whether this browser has the mark.
 */
void chosen_here_keep(struct visit *visit, struct str hash);
bool chosen_here(const struct visit *visit, struct str hash);

/* Adds a one-time link for a login and mails it. Call it in a transaction. */
MUST_CHECK bool link_send(struct visit *visit, struct token token, struct str address, enum lang lang, struct err *err);
/* Refuses text that is not an e-mail address, in the field `name`. Returns false then. */
bool address_typed(const struct visit *visit, struct login_view *view);
/* Answers with the page that says that a mail is on its way. */
bool sent_show(struct visit *visit, const struct msgid *text, const struct msgid *hint, struct str email);
