/* The form of a new specification or of a draft, and what happens when two people change one draft. */
#pragma once

#include "forms/form.h"
#include "model/specification_fields.h"
#include "staff/invoices/specification.h"

struct specification_draft {
    struct specification stored; /* id 0: not stored yet */
    struct form form;
    struct str *rows; /* the numbers of the chosen rows */
    size_t row_count;
    struct str saved; /* the number that the specification was saved under */
    bool stale;       /* somebody else changed the draft since the form was opened */
    bool taken;       /* one of the rows stands on another specification */
};

/* Begins the form of a specification that is not stored yet. */
void specification_draft_begin(struct visit *visit, struct specification_draft *draft);
/* Loads the specification whose number is in the path, in any state. Fails with ERR_NOT_FOUND. */
MUST_CHECK bool specification_draft_load(struct visit *visit, struct specification_draft *draft, struct err *err);

/* Returns the numbers of the chosen rows as digests, which the form of a draft carries. */
struct str specification_draft_had(struct arena *arena, const struct staff_specification_row_view *rows, size_t count);
bool specification_draft_row_is_sent(const struct http_params *sent, struct str number);
/* Adds to the changes of the page the rows, on the draft or sent, that can no longer be on the draft. */
void specification_draft_tell_lost(struct form *form, struct staff_specification_form_view *view);
/*
 * Merges the sent form *mine with a draft that somebody else changed: takes over their changes in the fields and rows
 * that this user did not touch, reads the rows, and lists the changes in *view. The stamp in *view is the newest one.
 */
MUST_CHECK bool specification_draft_merge(struct specification_draft *mine, const struct specification_draft *fresh,
                                          struct staff_specification_form_view *view, struct err *err);
