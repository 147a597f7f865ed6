/* The list of files, as a page, CSV and XLSX. */
#pragma once

#include "customer/files/query.h"

MUST_CHECK bool files_page(struct visit *visit, struct err *err);
MUST_CHECK bool files_csv(struct visit *visit, struct err *err);
MUST_CHECK bool files_xlsx(struct visit *visit, struct err *err);

/* Returns the name of a media type for people. */
struct str file_type_label(const struct visit *visit, struct str media_type);
