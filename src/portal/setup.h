/*
 * The settings that pages are made from, with what is made from them: theme and logo. One setup is never changed; a
 * newer version of the settings makes another, and requests that began with the old one end with it. Lock:
 * `setups.lock`.
 */
#ifndef KP_PORTAL_SETUP_H
#define KP_PORTAL_SETUP_H

#include "service/config.h"

#include <pthread.h>

struct db_conn;

struct logo {
    struct str path; /* `/logo/DIGEST`, empty: none */
    struct str bytes;
};

struct setup {
    struct arena *arena; /* its own */
    int uses;            /* under the lock: 1 for being the current one */
    int64_t number;      /* of the newest stored version when it was made, 0: none */
    struct config config;
    struct str theme_css, theme_path;
    struct logo logo;
};

struct setups {
    pthread_mutex_t lock;
    const struct config *base; /* as the process began */
    struct setup *current;
};

bool setups_open(struct setups *setups, const struct config *base, struct db_conn *conn, struct err *err)
    __attribute__((warn_unused_result));
/* When there is a newer version than the current setup's. The current one stays when that fails. */
bool setups_renew(struct setups *setups, struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));
/* The current one, kept until the arena goes. */
const struct setup *setups_hold(struct setups *setups, struct arena *arena);
/* Theme and logo of the settings in *setup. */
void setup_dress(struct setup *setup);

#endif
