/* What the pages with a table of files share. */
#ifndef KP_STAFF_FILES_LISTS_H
#define KP_STAFF_FILES_LISTS_H

#include "staff/files/internal.h"

/* The query parameters of a list. A cursor that is none shows the first page. */
struct staff_file_criteria staff_file_criteria_read(const struct visit *visit);
/* An address with the same criteria, and behind `last` when it is given. */
struct str staff_file_criteria_url(struct visit *visit, struct str path, const struct staff_file_criteria *criteria,
                                   const struct file *last);
/* One page of the answer; `path` is the address that its next pages have. */
bool file_table_load(struct visit *visit, struct str path, const struct staff_file_criteria *criteria,
                     struct file_table_view *table, struct err *err) __attribute__((warn_unused_result));

#endif
