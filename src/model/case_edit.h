/*
 * A change of a case by staff: in one transaction that moves the version of the case, with lines in its history and in
 * the audit. Two changes of the same version do not both succeed.
 */
#ifndef KP_MODEL_CASE_EDIT_H
#define KP_MODEL_CASE_EDIT_H

#include "portal/visit.h"

struct case_edit {
    struct visit *visit;
    int64_t case_id;
    struct str case_number;
    int64_t version; /* of the case that the change was made for */
    /*
     * Writes the change; may run again. It says what it changed by case_edit_note. ERR_CONFLICT: the case is not as it
     * was.
     */
    bool (*write)(struct case_edit *edit, struct err *err);
    void *context;
    const char *action; /* of the audit */
    struct str subject; /* of the audit: the number of a work order or row, or what stands for several */
    struct buf detail;  /* of the audit: what changed; filled by case_edit_note */
};

/* *older: somebody changed the case meanwhile, and nothing was written. */
bool case_edit_run(struct case_edit *edit, bool *older, struct err *err) __attribute__((warn_unused_result));
/* In write: a line of the case's history, in Swedish. */
bool case_edit_note(struct case_edit *edit, struct str field, struct str before, struct str after, struct err *err)
    __attribute__((warn_unused_result));
/* A line of the history of a case by the user of staff of the visit, outside of a case_edit. In a transaction. */
bool case_change_add(struct visit *visit, int64_t case_id, struct str field, struct str before, struct str after,
                     struct err *err) __attribute__((warn_unused_result));

#endif
