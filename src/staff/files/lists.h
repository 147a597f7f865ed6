/* What the pages with a table of files share. */
#ifndef KP_STAFF_FILES_LISTS_H
#define KP_STAFF_FILES_LISTS_H

#include "staff/files/internal.h"

/* The query parameters of a list. A cursor that is none shows the first page. */
struct file_question file_question_read(const struct visit *visit);
/* An address with the same question, and behind `last` when it is given. */
struct str file_question_url(struct visit *visit, struct str path, const struct file_question *question,
                             const struct kept_file *last);
/* One page of the answer; `path` is the address that its next pages have. */
bool file_table_load(struct visit *visit, struct str path, const struct file_question *question,
                     struct file_table_view *table, struct err *err) __attribute__((warn_unused_result));

#endif
