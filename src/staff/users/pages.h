/* The handlers of this folder. */
#ifndef KP_STAFF_USERS_PAGES_H
#define KP_STAFF_USERS_PAGES_H

#include "portal/visit.h"

bool users_page(struct visit *visit, struct err *err);
bool users_csv(struct visit *visit, struct err *err);
bool users_xlsx(struct visit *visit, struct err *err);
bool users_add_send(struct visit *visit, struct err *err);
bool user_page(struct visit *visit, struct err *err);
bool user_role_send(struct visit *visit, struct err *err);
bool user_block_send(struct visit *visit, struct err *err);
bool user_unblock_send(struct visit *visit, struct err *err);
bool user_link_send(struct visit *visit, struct err *err);
bool user_second_send(struct visit *visit, struct err *err);

bool audit_page(struct visit *visit, struct err *err);
bool audit_csv(struct visit *visit, struct err *err);
bool audit_xlsx(struct visit *visit, struct err *err);

#endif
