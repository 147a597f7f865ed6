/* The handlers of the routes in login.c. */
#pragma once

#include "portal/visit.h"

bool login_form(struct visit *visit, struct err *err);
/* Shows the empty form in a visit that is a preview. */
bool login_preview(struct visit *visit, struct err *err);
bool login_send(struct visit *visit, struct err *err);
bool logout_form(struct visit *visit, struct err *err);
bool logout_send(struct visit *visit, struct err *err);
bool register_form(struct visit *visit, struct err *err);
bool register_send(struct visit *visit, struct err *err);
bool verify_form(struct visit *visit, struct err *err);
bool verify_send(struct visit *visit, struct err *err);
bool forgot_form(struct visit *visit, struct err *err);
bool forgot_send(struct visit *visit, struct err *err);
bool reset_form(struct visit *visit, struct err *err);
bool reset_send(struct visit *visit, struct err *err);
bool account_page(struct visit *visit, struct err *err);
bool account_language_send(struct visit *visit, struct err *err);
bool account_password_send(struct visit *visit, struct err *err);
bool account_verify_send(struct visit *visit, struct err *err);
bool account_logout_everywhere_send(struct visit *visit, struct err *err);
