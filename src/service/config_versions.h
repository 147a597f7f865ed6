/*
 * What administrators configured in the browser: versions of the portal's settings, numbered from 1 without gaps, the
 * newest of which counts. A version that does not fit this program any more is passed over for the newest that does.
 */
#ifndef KP_SERVICE_CONFIG_VERSIONS_H
#define KP_SERVICE_CONFIG_VERSIONS_H

#include "db/db.h"
#include "service/config.h"

/* Number of the newest version, 0: there is none. One row of the primary key. */
bool config_version_newest(struct db_conn *conn, int64_t *number, struct err *err) __attribute__((warn_unused_result));
/*
 * The settings of `base` with the newest version that fits, and with what wins over it when `environment`. *number is
 * that of the newest, whether it fits or not. What does not fit is told in *report (may be NULL) and in the log.
 */
bool config_version_apply(struct db_conn *conn, struct arena *arena, const struct config *base, bool environment,
                          struct config *config, int64_t *number, struct buf *report, struct err *err)
    __attribute__((warn_unused_result));

struct config_version {
    int64_t number, at, staff_id;
    struct str who, note, text; /* text: of config_text */
};
/* When two people publish on top of the same version, the second finds its number taken: ERR_CONFLICT. */
bool config_version_add(struct db_conn *conn, const struct config_version *version, struct err *err)
    __attribute__((warn_unused_result));

#endif
