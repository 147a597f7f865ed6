/* Sends the content of one file. */
#pragma once

#include "portal/visit.h"

/* `/files/KEY/NAME`: only the key says which file. NAME is for people, and browsers save the file under it. */
MUST_CHECK bool file_get(struct visit *visit, struct err *err);
