#include "base/clock.h"
#include "customer/cases/new.h"
#include "model/draft.h"
#include "model/submission.h"
#include "model/upload.h"
#include "service/store.h"

#define DAY_US (INT64_C(24) * 60 * 60 * US_PER_SECOND)

static bool content_is_used(void *context, struct str digest, bool *used, struct err *err)
{
    int64_t ignored = 0;
    return db_query_int(context,
                        "SELECT 1 WHERE EXISTS (SELECT 1 FROM file WHERE digest = $1)"
                        " OR EXISTS (SELECT 1 FROM upload WHERE digest = $1)",
                        DB_ARGS(DB_TEXT(digest)), used, &ignored, err);
}

bool new_upkeep(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err)
{
    /* Sweeps another part of the store each minute, so that every content is checked several times a day. */
    unsigned part = (unsigned)(now_us / (60 * US_PER_SECOND) % STORE_PARTS);
    return draft_upkeep(conn, now_us, err) && upload_upkeep(conn, now_us, err) &&
           submission_upkeep(conn, now_us, err) &&
           store_sweep(config->data, part, now_us - DAY_US, content_is_used, conn, err);
}

static bool new_check_default(struct db_conn *conn, const struct config *config, const char *name, const char *list,
                              struct buf *report, struct err *err)
{
    const struct config_field *field = config_field(config, str_of(name));
    bool found = false;
    int64_t ignored = 0;
    if (!field || !field->value.n)
        return true;
    if (!db_query_int(conn, "SELECT id FROM picklist_item WHERE list = $1 AND key = $2 AND active = 1",
                      DB_ARGS(DB_TEXT(str_of(list)), DB_TEXT(field->value)), &found, &ignored, err))
        return false;
    if (!found)
        buf_printf(report, "[field.%s] default: %.*s is no active item of the picklist %s\n", name,
                   STR_FMT(field->value), list);
    return true;
}

bool new_config_check(struct db_conn *conn, const struct config *config, struct arena *arena, struct buf *report,
                      struct err *err)
{
    (void)arena;
    return new_check_default(conn, config, "type", "case_type", report, err) &&
           new_check_default(conn, config, "priority", "priority", report, err);
}
