#include "service/config_versions.h"

#include "base/log.h"

#include <inttypes.h>

/* How many versions are tried, from the newest on, until one fits. */
#define TRIES 50

bool config_version_newest(struct db_conn *conn, int64_t *number, struct err *err)
{
    return db_query_int(conn, "SELECT COALESCE(MAX(number), 0) FROM config_version", DB_NO_ARGS, NULL, number, err);
}

struct candidate {
    int64_t number;
    struct str text;
};

static bool config_versions_read_next(struct db_conn *conn, struct arena *arena, int64_t below, struct candidate *one,
                                      struct err *err)
{
    bool found;
    *one = (struct candidate){.number = 0};
    return db_find(conn, arena,
                   "SELECT number, text FROM config_version WHERE number < $1 ORDER BY number DESC LIMIT 1",
                   DB_ARGS(DB_INT(below)), DB_TARGETS(TO(&one->number), TO(&one->text)), &found, err);
}

static void config_versions_tell(int64_t number, const struct config_faults *faults, struct buf *report)
{
    for (size_t i = 0; i < faults->count; i++) {
        if (report)
            buf_printf(report, "configuration %" PRId64 " is passed over: %.*s\n", number,
                       STR_FMT(faults->items[i].text));
    }
    log_event(LOG_ERROR, "configuration_passed_over", LOG_I("number", number),
              LOG_S("detail", faults->count ? faults->items[0].text : STR_NONE));
}

bool config_version_apply(struct db_conn *conn, struct arena *arena, const struct config *base, bool environment,
                          struct config *config, int64_t *number, struct buf *report, struct err *err)
{
    struct candidate one = {.number = INT64_MAX};
    struct config made = *base;
    bool fits = false;
    *number = 0;
    for (int i = 0; i < TRIES && !fits; i++) {
        struct config_faults faults = {0};
        struct err misfit = {.kind = ERR_NONE};
        if (!config_versions_read_next(conn, arena, one.number, &one, err))
            return false;
        if (!i)
            *number = one.number;
        if (!one.number)
            break;
        fits = config_with(arena, base, one.text, environment, &made, &faults, &misfit);
        if (!fits)
            config_versions_tell(one.number, &faults, report);
    }
    /* If no version fits, the settings are those with which the process started. */
    if (!fits && !environment)
        return config_with(arena, base, STR_NONE, false, config, NULL, err);
    *config = fits ? made : *base;
    return true;
}

bool config_version_add(struct db_conn *conn, const struct config_version *version, struct err *err)
{
    return db_exec(conn,
                   "INSERT INTO config_version (number, at, staff_id, who, note, text) VALUES ($1, $2, $3, $4, $5, $6)",
                   DB_ARGS(DB_INT(version->number), DB_INT(version->at), DB_INT(version->staff_id),
                           DB_TEXT(version->who), DB_TEXT(version->note), DB_TEXT(version->text)),
                   err);
}
