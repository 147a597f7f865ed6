/*
 * Runs the portal: a supervisor starts the web, job and work processes and restarts one that ends, after a growing
 * pause.
 */
#ifndef KP_PORTAL_SERVER_H
#define KP_PORTAL_SERVER_H

#include "portal/visit.h"

/*
 * Serves until SIGTERM or SIGINT, then lets running requests finish. The schema must be migrated. Prints nothing.
 * `ready` is called in the supervisor with the portal's address as soon as the port answers.
 */
bool portal_serve(const struct config *config, struct feature_list features, void (*ready)(struct str address),
                  struct err *err) __attribute__((warn_unused_result));

#endif
