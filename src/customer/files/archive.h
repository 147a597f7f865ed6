/* Several files at once, as a zip archive. */
#pragma once

#include "customer/files/query.h"

/* Limits of one archive; more than this is better downloaded in parts. */
#define ARCHIVE_FILES 500
#define ARCHIVE_BYTES (INT64_C(4) * 1000 * 1000 * 1000)

/*
 * `/files.zip?id=KEY&id=…` sends these files, or no archive at all unless the actor may see every one.
 * `/files.zip?all=1&…` sends the files that match the parameters of the list.
 */
MUST_CHECK bool files_zip(struct visit *visit, struct err *err);
