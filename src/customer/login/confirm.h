/* Functions that the pages of mailed links share. */
#pragma once

#include "portal/visit.h"

#include "base/clock.h"

#define TOKEN_BYTES 24
#define VERIFY_US (24 * 3600 * US_PER_SECOND)
#define RESET_US (3600 * US_PER_SECOND)

/* Returns whether people may register their own accounts. */
bool may_register(const struct config *config);
/* Fills a field for choosing a password by the rules of the installation. */
void field_new_password(const struct visit *visit, struct field *field, struct str name, struct str label);
/* Returns what is wrong with a password by the rules of the installation, in the user's language; empty: nothing. */
struct str password_error(const struct visit *visit, struct str password);

/*
 * chosen_here_keep marks this browser as the one in which the password of `hash` was chosen, so that the user need not
 * type it again when they open the link. Anybody else who opens the link must know the password. chosen_here returns
 * whether this browser has the mark.
 */
void chosen_here_keep(struct visit *visit, struct str hash);
bool chosen_here(const struct visit *visit, struct str hash);

/* Answers 404 with the page for a link that was used or is too old. */
bool show_spent(struct visit *visit);
