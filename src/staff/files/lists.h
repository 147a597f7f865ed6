/* Functions that the pages with a table of files share. */
#pragma once

#include "staff/files/internal.h"

/* Reads the criteria from the query parameters. An invalid cursor shows the first page. */
struct staff_file_criteria staff_file_criteria_read(const struct visit *visit);
/* Returns an address with the same criteria. When `last` is given, the page begins after that file. */
struct str staff_file_criteria_url(struct visit *visit, struct str path, const struct staff_file_criteria *criteria,
                                   const struct file *last);
/* Reads one page of files. `path` is the path of the links to other pages. */
MUST_CHECK bool file_table_load(struct visit *visit, struct str path, const struct staff_file_criteria *criteria,
                                struct file_table_view *table, struct err *err);
