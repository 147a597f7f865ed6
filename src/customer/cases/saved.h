/* Searches of cases that a login keeps by name. */
#pragma once

#include "portal/visit.h"

bool saved_page(struct visit *visit, struct err *err);
bool saved_keep(struct visit *visit, struct err *err);
/* Renames or deletes the search of the path. */
bool saved_change(struct visit *visit, struct err *err);
