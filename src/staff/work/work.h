/* The pages where staff keep cases with their work orders and article rows. See README.md in this folder. */
#pragma once

#include "portal/visit.h"

extern const struct feature staff_work_feature;

/*
 * Writes the work orders and article rows of a case into the page of the case. Call it between page_begin and page_end.
 * Fails with ERR_NOT_FOUND when there is no such case.
 */
MUST_CHECK bool staff_work_section(struct visit *visit, struct str case_number, struct err *err);
