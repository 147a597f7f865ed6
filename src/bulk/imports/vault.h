/* DATA/imports: the files uploaded for imports, and the progress of the running import. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

#include <stdio.h>

/*
 * Keeps an uploaded file under a name of its own, flushed to disk. A file that has a name is always complete. It may
 * contain passwords, so the caller removes it as soon as nobody needs it.
 */
MUST_CHECK bool vault_keep(struct arena *arena, struct str data, int fd, struct str *stored, struct err *err);
/* Opens a kept file, which is closed with the arena. Returns NULL on failure; then err says why. */
FILE *vault_open(struct arena *arena, struct str data, struct str stored, struct err *err);
void vault_remove(struct str data, struct str stored);
/* Removes the files that were kept before `before_us` and that `used` does not know. */
MUST_CHECK bool vault_sweep(struct arena *arena, struct str data, int64_t before_us,
                            bool (*used)(void *context, struct str stored, bool *is_used, struct err *err),
                            void *context, struct err *err);

/*
 * The progress is kept in a file and not in the database, because the import itself may block all other writers there.
 */
struct vault_progress {
    int64_t run;
    struct str what; /* the step as a load names it: `customers.csv`, `writing` … */
    int percent;
};
void vault_progress_write(struct str data, int64_t run, const char *what, double done);
/* Reads the progress; its run is 0 when nothing is known. */
struct vault_progress vault_progress_read(struct arena *arena, struct str data);
