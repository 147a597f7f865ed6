/* DATA/imports: the files sent for imports, and how far the import under way is. */
#ifndef KP_BULK_IMPORTS_VAULT_H
#define KP_BULK_IMPORTS_VAULT_H

#include "base/arena.h"
#include "base/err.h"

#include <stdio.h>

/*
 * Keeps an uploaded file under a name of its own, flushed; no half file is ever seen under such a name. Passwords may
 * stand in it, so it is removed as soon as nobody needs it.
 */
bool vault_keep(struct arena *arena, struct str data, int fd, struct str *stored, struct err *err)
    __attribute__((warn_unused_result));
/* Closed with the arena. NULL: err says why. */
FILE *vault_open(struct arena *arena, struct str data, struct str stored, struct err *err);
void vault_remove(struct str data, struct str stored);
/* Removes what was put before then and `used` knows nothing of. */
bool vault_sweep(struct arena *arena, struct str data, int64_t before_us,
                 bool (*used)(void *context, struct str stored, bool *is_used, struct err *err), void *context,
                 struct err *err) __attribute__((warn_unused_result));

/* Beside the database, where the import itself may hold off every other writer. */
struct vault_progress {
    int64_t run;
    struct str what; /* as a load names it: `customers.csv`, `writing` … */
    int percent;
};
void vault_progress_write(struct str data, int64_t run, const char *what, double done);
/* run 0: nothing is known. */
struct vault_progress vault_progress_read(struct arena *arena, struct str data);

#endif
