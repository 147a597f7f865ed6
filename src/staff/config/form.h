/* Changes of the form of a new case, on a copy of the draft's fields. */
#ifndef KP_STAFF_CONFIG_FORM_H
#define KP_STAFF_CONFIG_FORM_H

#include "model/config_draft.h"
#include "view/view.h"

/* The kinds of extra fields as options of a field whose value is one of them, and back. */
void kind_options(struct visit *visit, struct field *field);
bool kind_parse(struct str text, enum field_kind *kind);

/* A copy of the draft's settings whose fields may be changed; room for one more field. */
struct form_copy {
    struct config config;
    struct config_field *fields;
    size_t count;
};
void form_copy(struct visit *visit, const struct config_draft *draft, struct form_copy *copy);
/*
 * Makes settings of the changed fields, by the rules of the file. A column of a field that is not there any more goes
 * with it. False with ERR_INVALID and *faults when they do not fit.
 */
bool form_settle(struct visit *visit, struct form_copy *copy, struct config *made, struct config_faults *faults,
                 struct err *err) __attribute__((warn_unused_result));

/* How a field is shown: `shown`, `readonly`, `hidden`. */
void shown_options(struct visit *visit, struct field *field);
struct str shown_of(const struct config_field *field);
void shown_set(struct config_field *field, struct str shown);
/* Whether any case holds a value of an extra field. One look at an index. */
bool extra_is_held(struct visit *visit, struct str key, bool *held, struct err *err)
    __attribute__((warn_unused_result));
/* What is wrong with one setting of a field, a msgid. */
const char *field_fault(struct str key, struct str value);

#endif
