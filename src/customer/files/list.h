/* The list of files, as a page, CSV and XLSX. */
#ifndef KP_CUSTOMER_FILES_LIST_H
#define KP_CUSTOMER_FILES_LIST_H

#include "customer/files/query.h"

bool files_page(struct visit *visit, struct err *err) __attribute__((warn_unused_result));
bool files_csv(struct visit *visit, struct err *err) __attribute__((warn_unused_result));
bool files_xlsx(struct visit *visit, struct err *err) __attribute__((warn_unused_result));

/* Returns the name of a media type for people. */
struct str file_type_label(const struct visit *visit, struct str media_type);

#endif
