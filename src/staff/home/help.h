/* `/staff/help`: the page that explains the access keys. */
#pragma once

#include "portal/visit.h"

bool help_page(struct visit *visit, struct err *err);
