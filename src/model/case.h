/* Cases: the addresses of their pages, and finding a case that the actor may see (domain 5). */
#pragma once

#include "portal/visit.h"

/*
 * Finds the id of the case whose number is this part of the address. Fails with ERR_NOT_FOUND both when the case does
 * not exist and when the actor may not see it (domain 5).
 */
MUST_CHECK bool cases_find_visible(struct visit *visit, struct str part, int64_t *id, struct err *err);

/* Reads where the work of a case is: the name of its object, and its address or else that of the object; or empty. */
MUST_CHECK bool case_place_load(struct visit *visit, int64_t id, struct str *place, struct err *err);

/*
 * Returns the address of the page of a case: `/cases/NUMBER`. address_number (portal/address.h) reads the number back.
 */
struct str case_path(struct arena *arena, struct str number);
