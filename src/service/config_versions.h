/*
 * The settings of the portal that administrators configured in the browser, as versions numbered from 1 without gaps.
 * The newest version counts. If it no longer fits this program, the newest version that fits is used instead.
 */
#pragma once

#include "db/db.h"
#include "service/config.h"

/* Reads the number of the newest version; 0: there is no version. Reads one row by primary key. */
MUST_CHECK bool config_version_newest(struct db_conn *conn, int64_t *number, struct err *err);
/*
 * Makes the settings of `base` with the newest version that fits and, if `environment`, with the environment and the
 * command line, which override it. *number is the number of the newest version, whether it fits or not. Versions that
 * do not fit are reported in *report (may be NULL) and in the log.
 */
MUST_CHECK bool config_version_apply(struct db_conn *conn, struct arena *arena, const struct config *base,
                                     bool environment, struct config *config, int64_t *number, struct buf *report,
                                     struct err *err);

struct config_version {
    int64_t number, at, staff_id;
    struct str who, note, text; /* text: from config_text */
};
/*
 * Adds a version. When two people publish on top of the same version, the second finds the number taken: ERR_CONFLICT.
 */
MUST_CHECK bool config_version_add(struct db_conn *conn, const struct config_version *version, struct err *err);
