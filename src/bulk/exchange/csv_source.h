/* Opens the files that the command line names: CSV files, folders of them, and workbooks. */
#pragma once

#include "bulk/exchange/exchange.h"

/* Opens a CSV file, a workbook, or all .csv files of a folder. On false err says why. */
MUST_CHECK bool csv_sources_add(struct load_files *files, const char *path, struct err *err);
