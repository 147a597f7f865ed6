/*
 * Total times for what a client may drag out. The library's own timeout only measures silence, so a byte now and then
 * would hold a connection for days; here a thread looks at every connection once a second and cuts those that are late.
 */
#ifndef KP_HTTP_DEADLINE_H
#define KP_HTTP_DEADLINE_H

#include "base/err.h"

struct deadlines;
struct deadline;

struct deadlines *deadlines_start(struct err *err) __attribute__((warn_unused_result));
/* All deadlines must have been removed. */
void deadlines_stop(struct deadlines *deadlines);

/* Watches a socket until deadline_remove, which must come before the socket is closed. No time is set. */
struct deadline *deadline_add(struct deadlines *deadlines, int fd);
void deadline_remove(struct deadlines *deadlines, struct deadline *deadline);
/* Monotonic microseconds; 0: none. From any thread. */
void deadline_set(struct deadline *deadline, int64_t at_us);

#endif
