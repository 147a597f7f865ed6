/* What the pages behind mailed links share. */
#ifndef KP_CUSTOMER_LOGIN_CONFIRM_H
#define KP_CUSTOMER_LOGIN_CONFIRM_H

#include "portal/visit.h"

#include "base/clock.h"

#define TOKEN_BYTES 24
#define VERIFY_US (24 * 3600 * US_PER_SECOND)
#define RESET_US (3600 * US_PER_SECOND)

/* Whether people may register accounts themselves. */
bool may_register(const struct config *config);
/* A field to choose a password in, by the installation's rules. */
void field_new_password(const struct visit *visit, struct field *field, struct str name, struct str label);
/* What is wrong with a password by the installation's rules, in the user's language; empty: nothing. */
struct str password_error(const struct visit *visit, struct str password);

/*
 * Marks this browser as the one in which the password behind `hash` was chosen, so that its user need not type it again
 * when he opens the link. Anybody else who opens it must know the password.
 */
void chosen_here_keep(struct visit *visit, struct str hash);
bool chosen_here(const struct visit *visit, struct str hash);

/* The page for a link that was used or is too old: 404. */
bool show_spent(struct visit *visit);

#endif
