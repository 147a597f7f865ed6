/*
 * Counters of the web process, and their output in Prometheus text format. They are atomic: every request writes them,
 * and /metrics reads them.
 */
#pragma once

#include "base/buf.h"
#include "http/http.h"

#include <stdatomic.h>

#define METRICS_BUCKETS 11

struct metrics {
    atomic_llong by_class[6];                 /* requests by the first digit of the status */
    atomic_llong bucket[METRICS_BUCKETS + 1]; /* requests by duration; the last bucket has no limit */
    atomic_llong duration_us;
    atomic_llong running;
};

void metrics_request(struct metrics *metrics, int status, int64_t duration_us);
/* Figures that the metrics page shows besides the counters. */
struct metrics_extra {
    struct http_stats http;
    int64_t mail_queued, mail_failed, sessions, passwords_waiting, writers;
};
void metrics_write(struct metrics *metrics, const struct metrics_extra *extra, struct buf *out);
