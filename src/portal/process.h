/* The processes behind portal_serve. */
#ifndef KP_PORTAL_PROCESS_H
#define KP_PORTAL_PROCESS_H

#include "portal/visit.h"

#include <signal.h>

/* How long a process that was told to stop may take to finish what it is doing. */
#define DRAIN_SECONDS 10

/* SIGTERM, SIGINT, SIGHUP: blocked in all threads of all processes and taken by waiting. */
void process_signals(sigset_t *set);

/*
 * Bodies of the child processes; they return their exit code. `report` is a pipe to the supervisor: `R` and the address
 * when the port answers, or `E` and the reason why it never will; -1: nobody listens.
 */
int web_process(const struct config *config, struct feature_list features, int report);
int job_process(const struct config *config, struct feature_list features);
int work_process(const struct config *config, struct feature_list features);

#endif
