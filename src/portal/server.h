/* Runs the portal: the web process and the job process under a supervisor that restarts them with back-off. */
#ifndef KP_PORTAL_SERVER_H
#define KP_PORTAL_SERVER_H

#include "portal/visit.h"

/*
 * Serves until SIGTERM or SIGINT, then drains. The schema must be migrated. `jobs` runs once a second in the job
 * process (mail) besides the features' upkeep. Prints nothing; `ready` is called in the supervisor once the port
 * answers, with its address.
 */
bool portal_serve(const struct config *config, struct feature_list features, void (*ready)(struct str address),
                  struct err *err) __attribute__((warn_unused_result));

#endif
