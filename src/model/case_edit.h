/*
 * A change of a case by staff or by its reporter: one transaction that increments the version of the case, and adds
 * lines to its history and to the audit. Of two changes made for the same version, at most one succeeds.
 */
#pragma once

#include "portal/visit.h"

struct case_edit {
    struct visit *visit;
    int64_t case_id;
    struct str case_number;
    int64_t version; /* version of the case that the change was made for */
    /*
     * Writes the change; may run again. Notes each changed field with case_edit_note. Fails with ERR_CONFLICT when the
     * case is not as it was.
     */
    bool (*write)(struct case_edit *edit, struct err *err);
    void *context;
    const char *action; /* for the audit */
    struct str subject; /* for the audit: the number of a work order or row, or a text for several */
    struct buf detail;  /* for the audit: the changed fields; filled by case_edit_note */
};

/* Runs the change. *older: somebody else changed the case in the meantime, and nothing was written. */
MUST_CHECK bool case_edit_run(struct case_edit *edit, bool *older, struct err *err);
/* Adds a line to the history of the case, in Swedish. Only `write` calls it. */
MUST_CHECK bool case_edit_note(struct case_edit *edit, struct str field, struct str before, struct str after,
                               struct err *err);
/*
 * Adds a line by the staff user or the login of the visit to the history of a case, outside of a case_edit. Call it in
 * a transaction.
 */
MUST_CHECK bool case_change_add(struct visit *visit, int64_t case_id, struct str field, struct str before,
                                struct str after, struct err *err);

/*
 * Numbers of the work orders and article rows of a case: the number of the case with an ending, `NUMBER-3` and
 * `NUMBER-R3`.
 */
enum case_part { CASE_PART_WORK_ORDER, CASE_PART_ROW };

/*
 * Finds a number that no other work order, or no other article row, has. Call it within a change of the case, which
 * holds off other changes.
 */
MUST_CHECK bool case_part_number(struct case_edit *edit, enum case_part part, struct str *number, struct err *err);
