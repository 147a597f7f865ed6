/* What the files of this folder share. */
#ifndef KP_STAFF_USERS_PAGES_H
#define KP_STAFF_USERS_PAGES_H

#include "model/codes.h"
#include "portal/visit.h"

struct list;
extern const struct list users_list, audit_list;

/* How far a user is. */
enum user_state { USER_INVITED, USER_ACTIVE, USER_BLOCKED };
extern const struct code_list user_states;
/* What was typed to make a user, and why it was refused (msgid): the context of users_list. */
struct typed_user {
    struct str email, role;
    const char *fault;
};
void user_role_fill(struct visit *visit, struct field *field, struct str chosen);

bool users_add_send(struct visit *visit, struct err *err);
bool user_page(struct visit *visit, struct err *err);
bool user_role_send(struct visit *visit, struct err *err);
bool user_block_send(struct visit *visit, struct err *err);
bool user_unblock_send(struct visit *visit, struct err *err);
bool user_link_send(struct visit *visit, struct err *err);
bool user_second_send(struct visit *visit, struct err *err);

#endif
