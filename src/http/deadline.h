/*
 * Total time limits for transfers that a client could draw out. The library's own timeout only measures silence, so a
 * byte now and then would hold a connection for days. Here a thread checks every connection once a second and cuts
 * those that are late.
 */
#pragma once

#include "base/err.h"

struct deadlines;
struct deadline;

MUST_CHECK struct deadlines *deadlines_start(struct err *err);
/* The caller must have removed all deadlines. */
void deadlines_stop(struct deadlines *deadlines);

/* Watches a socket until deadline_remove, which must be called before the socket is closed. Sets no time yet. */
struct deadline *deadline_add(struct deadlines *deadlines, int fd);
void deadline_remove(struct deadlines *deadlines, struct deadline *deadline);
/* Sets the time in monotonic microseconds; 0: no limit. Any thread may call this. */
void deadline_set(struct deadline *deadline, int64_t at_us);
