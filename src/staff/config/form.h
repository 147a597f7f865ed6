/* Changes the form of a new case, on a copy of the draft's fields. */
#pragma once

#include "model/config_draft.h"
#include "view/view.h"

/* kind_options fills a field with the kinds of extra fields as options. kind_parse reads a kind from its code name. */
void kind_options(struct visit *visit, struct field *field);
bool kind_parse(struct str text, enum field_kind *kind);

/* A copy of the draft's settings whose fields may be changed. It has room for one more field. */
struct form_copy {
    struct config config;
    struct config_field *fields;
    size_t count;
};
void form_copy(struct visit *visit, const struct config_draft *draft, struct form_copy *copy);
/*
 * Builds the settings with the changed fields and checks them by the rules of the settings file. When a field was
 * removed, the columns that show it are removed too. Fails with ERR_INVALID and fills *faults when the settings do not
 * fit.
 */
MUST_CHECK bool form_settle(struct visit *visit, struct form_copy *copy, struct config *made,
                            struct config_faults *faults, struct err *err);

/* How the form shows a field: `shown`, `readonly` or `hidden`. */
void shown_options(struct visit *visit, struct field *field);
struct str shown_of(const struct config_field *field);
void shown_set(struct config_field *field, struct str shown);
/* Tells in *held whether any case has a value for the extra field. Reads one row through an index. */
MUST_CHECK bool extra_is_held(struct visit *visit, struct str key, bool *held, struct err *err);
/* Returns what is wrong with one setting of a field (msgid). */
const struct msgid *field_fault(struct str key, struct str value);
