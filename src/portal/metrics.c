#include "portal/metrics.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static const int64_t LIMIT_US[METRICS_BUCKETS] = {1000,   2500,   5000,   10000,   25000,  50000,
                                                  100000, 250000, 500000, 1000000, 5000000};

void metrics_request(struct metrics *metrics, int status, int64_t duration_us)
{
    size_t bucket = 0;
    while (bucket < METRICS_BUCKETS && duration_us > LIMIT_US[bucket])
        bucket++;
    atomic_fetch_add_explicit(&metrics->bucket[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&metrics->duration_us, duration_us, memory_order_relaxed);
    int digit = status / 100;
    atomic_fetch_add_explicit(&metrics->by_class[digit >= 1 && digit <= 5 ? digit : 0], 1, memory_order_relaxed);
}

static void gauge(struct buf *out, const char *name, const char *help, int64_t value)
{
    buf_printf(out, "# HELP %s %s\n# TYPE %s gauge\n%s %" PRId64 "\n", name, help, name, name, value);
}

static int64_t resident_bytes(void)
{
    long total = 0, resident = 0;
    FILE *statm = fopen("/proc/self/statm", "re");
    if (!statm)
        return 0;
    if (fscanf(statm, "%ld %ld", &total, &resident) != 2)
        resident = 0;
    (void)fclose(statm);
    return (int64_t)resident * sysconf(_SC_PAGESIZE);
}

static void write_requests(struct metrics *metrics, struct buf *out)
{
    buf_z(out, "# HELP kundportal_requests_total Requests answered, by class of status.\n"
               "# TYPE kundportal_requests_total counter\n");
    for (int digit = 2; digit <= 5; digit++) {
        long long n = atomic_load_explicit(&metrics->by_class[digit], memory_order_relaxed);
        buf_printf(out, "kundportal_requests_total{status=\"%dxx\"} %lld\n", digit, n);
    }
}

static void write_durations(struct metrics *metrics, struct buf *out)
{
    long long sum = 0;
    buf_z(out, "# HELP kundportal_request_duration_seconds Time from the whole request to the whole answer.\n"
               "# TYPE kundportal_request_duration_seconds histogram\n");
    for (size_t i = 0; i < METRICS_BUCKETS; i++) {
        sum += atomic_load_explicit(&metrics->bucket[i], memory_order_relaxed);
        buf_printf(out, "kundportal_request_duration_seconds_bucket{le=\"%g\"} %lld\n", (double)LIMIT_US[i] / 1e6, sum);
    }
    sum += atomic_load_explicit(&metrics->bucket[METRICS_BUCKETS], memory_order_relaxed);
    long long us = atomic_load_explicit(&metrics->duration_us, memory_order_relaxed);
    buf_printf(out,
               "kundportal_request_duration_seconds_bucket{le=\"+Inf\"} %lld\n"
               "kundportal_request_duration_seconds_sum %lld.%06lld\n"
               "kundportal_request_duration_seconds_count %lld\n",
               sum, us / 1000000, us % 1000000, sum);
}

void metrics_write(struct metrics *metrics, const struct metrics_extra *extra, struct buf *out)
{
    write_requests(metrics, out);
    write_durations(metrics, out);
    gauge(out, "kundportal_requests_running", "Requests being worked on.",
          atomic_load_explicit(&metrics->running, memory_order_relaxed));
    gauge(out, "kundportal_connections", "Open connections.", extra->http.connections);
    buf_printf(out,
               "# HELP kundportal_requests_refused_total Requests refused as malformed or over limits.\n"
               "# TYPE kundportal_requests_refused_total counter\nkundportal_requests_refused_total %" PRId64 "\n",
               extra->http.refused);
    gauge(out, "kundportal_sessions", "Sessions that have not ended.", extra->sessions);
    gauge(out, "kundportal_mail_queued", "Mails waiting to be sent.", extra->mail_queued);
    gauge(out, "kundportal_mail_failed", "Mails given up.", extra->mail_failed);
    gauge(out, "kundportal_passwords_waiting", "Logins that wait for a password to be computed.",
          extra->passwords_waiting);
    gauge(out, "kundportal_database_writers", "Transactions that write, or wait until they may.", extra->writers);
    gauge(out, "process_resident_memory_bytes", "Resident memory of the web process.", resident_bytes());
}
