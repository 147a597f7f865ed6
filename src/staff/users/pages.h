/* Declarations that the files of this folder share. */
#pragma once

#include "forms/form.h"

struct list;
extern const struct list users_list, audit_list;

/* The state of a user; USER_INVITED means that the user has no password yet. */
enum user_state { USER_INVITED, USER_ACTIVE, USER_BLOCKED };
extern const struct code_list user_states;
/* Begins the form of a user. A form that adds a user is the context of users_list when it was refused. */
void user_form_begin(struct visit *visit, struct form *form, struct str email, enum staff_role role);
MUST_CHECK bool user_form_fill(struct form *form, struct form_page *page, struct err *err);

bool users_add_send(struct visit *visit, struct err *err);
bool user_page(struct visit *visit, struct err *err);
/* Does what the last part of the path says: `/staff/users/{id}/block`. */
bool user_change_send(struct visit *visit, struct err *err);
