/* The processes that portal_serve starts. */
#pragma once

#include "portal/visit.h"

#include <signal.h>

/* How long a process may take to finish its current work after it was asked to stop. */
#define DRAIN_SECONDS 10

/*
 * Fills *set with SIGTERM, SIGINT and SIGHUP. They are blocked in all threads of all processes, which wait for them
 * instead.
 */
void process_signals(sigset_t *set);

/*
 * Bodies of the child processes; they return the exit code of the process. `report` is a pipe to the supervisor: the
 * web process writes `R` and its address when the port answers, or `E` and the reason why it never will. -1: nobody
 * reads it.
 */
int web_process(const struct config *config, struct feature_list features, int report);
int job_process(const struct config *config, struct feature_list features);
int work_process(const struct config *config, struct feature_list features);
