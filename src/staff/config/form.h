/* Changes the form of a new case, on a copy of the draft's fields. */
#pragma once

#include "staff/config/views.h"

/* Copies the draft's fields, with room for one more. */
struct config_field *form_copy(struct visit *visit, const struct config_draft *draft);
/*
 * Builds the settings with these fields and checks them by the rules of the settings file. When a field was removed,
 * the columns that show it are removed too. Fails with ERR_INVALID and fills *faults (may be NULL) when the settings do
 * not fit.
 */
MUST_CHECK bool form_settle(struct visit *visit, const struct config_draft *draft, const struct config_field *fields,
                            size_t count, struct config *made, struct config_faults *faults, struct err *err);

/* How the form shows a field: `shown`, `readonly` or `hidden`. */
extern const struct code_list shown_codes;
struct str shown_of(const struct config_field *field);
void shown_set(struct config_field *field, struct str shown);
/* Returns what is wrong with one setting of a field (msgid). */
const struct msgid *field_setting_fault(struct str key, struct str value);
/* Says in *held whether any case has a value for the extra field. Reads one row through an index. */
MUST_CHECK bool extra_is_held(struct visit *visit, struct str key, bool *held, struct err *err);
