/* Several files at once as a zip. */
#ifndef KP_CUSTOMER_FILES_ARCHIVE_H
#define KP_CUSTOMER_FILES_ARCHIVE_H

#include "customer/files/query.h"

/* What one archive may hold: more is better fetched in parts. */
#define ARCHIVE_FILES 500
#define ARCHIVE_BYTES (INT64_C(4) * 1000 * 1000 * 1000)

/* `/files.zip?id=KEY&id=…`: those, or none of them. `/files.zip?all=1&…`: what the list's own parameters match. */
bool files_zip(struct visit *visit, struct err *err) __attribute__((warn_unused_result));

#endif
