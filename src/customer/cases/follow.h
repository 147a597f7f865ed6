/* Following a case. */
#pragma once

#include "portal/visit.h"

bool case_follow(struct visit *visit, struct err *err); /* POST /cases/{number}/follow */
/*
 * Lets the login of the visit follow the case with this part of an address, and says so on the next page; typed: also
 * that a report is kept as a draft. Fails with ERR_NOT_FOUND when the login does not see the case.
 */
MUST_CHECK bool follow_begin(struct visit *visit, struct str part, bool typed, struct err *err);
