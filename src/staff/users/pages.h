/* Declarations that the files of this folder share. */
#pragma once

#include "model/codes.h"
#include "portal/visit.h"

struct list;
extern const struct list users_list, audit_list;

/* The state of a user; USER_INVITED means that the user has no password yet. */
enum user_state { USER_INVITED, USER_ACTIVE, USER_BLOCKED };
extern const struct code_list user_states;
/* The form that adds a user as it was typed, and why it was refused (msgid). It is the context of users_list. */
struct typed_user {
    struct str email, role;
    const struct msgid *fault;
};
void user_role_fill(struct visit *visit, struct field *field, struct str chosen);

bool users_add_send(struct visit *visit, struct err *err);
bool user_page(struct visit *visit, struct err *err);
bool user_role_send(struct visit *visit, struct err *err);
bool user_block_send(struct visit *visit, struct err *err);
bool user_unblock_send(struct visit *visit, struct err *err);
bool user_link_send(struct visit *visit, struct err *err);
bool user_second_send(struct visit *visit, struct err *err);
