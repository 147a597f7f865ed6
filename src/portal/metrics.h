/* Counters of the web process and their Prometheus text. Atomic; written by every request, read by /metrics. */
#ifndef KP_PORTAL_METRICS_H
#define KP_PORTAL_METRICS_H

#include "base/buf.h"
#include "http/http.h"

#include <stdatomic.h>

#define METRICS_BUCKETS 11

struct metrics {
    atomic_llong by_class[6];                 /* requests by the first digit of the status */
    atomic_llong bucket[METRICS_BUCKETS + 1]; /* requests by duration, the last without limit */
    atomic_llong duration_us;
    atomic_llong running;
};

void metrics_request(struct metrics *metrics, int status, int64_t duration_us);
/* What the metrics page shows besides the counters. */
struct metrics_extra {
    struct http_stats http;
    int64_t mail_queued, mail_failed, sessions, passwords_waiting, writers;
};
void metrics_write(struct metrics *metrics, const struct metrics_extra *extra, struct buf *out);

#endif
