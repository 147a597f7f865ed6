/*
 * Runs the portal: a supervisor starts the web, job and work processes and restarts one that ends, after a growing
 * pause.
 */
#pragma once

#include "portal/visit.h"

/*
 * Serves until SIGTERM or SIGINT, then lets running requests finish. The schema must be migrated. Prints nothing.
 * `ready` is called in the supervisor with the portal's address as soon as the port answers.
 */
MUST_CHECK bool portal_serve(const struct config *config, struct feature_list features,
                             void (*ready)(struct str address), struct err *err);
