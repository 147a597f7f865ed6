/*
 * Numbers of the work orders and article rows of a case: the number of the case with an ending, `NUMBER-3` and
 * `NUMBER-R3`.
 */
#pragma once

#include "model/case_edit.h"

enum case_part { CASE_PART_WORK_ORDER, CASE_PART_ROW };

/*
 * Finds a number that no other work order, or no other article row, has. Call it within a change of the case, which
 * holds off other changes.
 */
MUST_CHECK bool case_part_number(struct case_edit *edit, enum case_part part, struct str *number, struct err *err);
