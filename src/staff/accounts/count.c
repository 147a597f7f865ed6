#include "base/clock.h"
#include "staff/accounts/internal.h"

#include <pthread.h>

#define KEPT_SECONDS 5

static struct {
    pthread_mutex_t lock;
    int64_t counted_us, count;
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

static bool recall(int64_t now_us, int64_t *count)
{
    (void)pthread_mutex_lock(&kept.lock);
    bool fresh = kept.counted_us && now_us - kept.counted_us < KEPT_SECONDS * US_PER_SECOND;
    *count = kept.count;
    (void)pthread_mutex_unlock(&kept.lock);
    return fresh;
}

static void count_keep(int64_t now_us, int64_t count)
{
    (void)pthread_mutex_lock(&kept.lock);
    kept.counted_us = now_us;
    kept.count = count;
    (void)pthread_mutex_unlock(&kept.lock);
}

bool account_count_unlinked(struct visit *visit, int64_t *waiting, struct err *err)
{
    if (recall(visit->now_us, waiting))
        return true;
    if (!db_query_int(
            visit->db,
            "SELECT COUNT(*) FROM account a JOIN login l ON l.kind = 'contact' AND l.owner_id = a.id"
            " WHERE a.verified = 1 AND l.blocked = 0 AND (SELECT COUNT(*) FROM contact_address m JOIN contact k"
            " ON k.id = m.contact_id AND k.active = 1 WHERE m.address = l.name) <> 1",
            DB_NO_ARGS, NULL, waiting, err))
        return false;
    count_keep(visit->now_us, *waiting);
    return true;
}
