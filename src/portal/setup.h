/*
 * A setup is one version of the settings together with the theme and logo made from them. A setup never changes: when a
 * newer version of the settings is stored, a new setup is made. Requests that began with the old setup finish with it.
 * Lock: `setups.lock`.
 */
#pragma once

#include "service/config.h"

#include <pthread.h>

struct db_conn;

struct logo {
    struct str path; /* `/logo/DIGEST`; empty: there is no logo */
    struct str bytes;
};

struct setup {
    struct arena *arena; /* owned by this setup */
    int uses;            /* guarded by the lock; being the current setup counts as 1 */
    int64_t number;      /* number of the newest stored version when this was made; 0: no version was stored */
    struct config config;
    struct str theme_css, theme_path;
    struct logo logo;
};

struct setups {
    pthread_mutex_t lock;
    const struct config *base; /* the settings the process started with */
    struct setup *current;
};

MUST_CHECK bool setups_open(struct setups *setups, const struct config *base, struct db_conn *conn, struct err *err);
/* Makes a new current setup if a newer version of the settings is stored. On failure the current setup stays. */
MUST_CHECK bool setups_renew(struct setups *setups, struct db_conn *conn, struct err *err);
/* Returns the current setup and keeps it alive until the arena is destroyed. */
const struct setup *setups_hold(struct setups *setups, struct arena *arena);
/* Makes the theme and the logo from the settings in *setup. */
void setup_dress(struct setup *setup);
