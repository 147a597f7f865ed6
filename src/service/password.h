/*
 * Passwords: Argon2id through libsodium in two threads of their own at low priority, so that a hundred logins at once
 * neither slow a page view nor take more memory than two computations. Callers wait in a bounded queue (ERR_BUSY when
 * full). Passwords are brought to Unicode NFC here, wherever they come from, so that phones and PCs agree on the bytes.
 */
#ifndef KP_SERVICE_PASSWORD_H
#define KP_SERVICE_PASSWORD_H

#include "base/arena.h"
#include "base/err.h"

/* Longer passwords are refused when chosen and are never right. */
#define PASSWORD_MAX_BYTES 1024

struct password_cost {
    int memory_kib, passes, threads; /* threads: how many are computed at a time, at most 8 */
};

/* Once in a process, after its last fork. */
bool password_start(struct password_cost cost, struct err *err) __attribute__((warn_unused_result));
/* Callers that wait get ERR_BUSY. Nobody may call the others any more when it returns. */
void password_stop(void);
/* How many callers wait for a computation to begin: for the metrics. */
size_t password_waiting(void);

/* *hash is a self-describing text. */
bool password_hash(struct arena *arena, struct str password, struct str *hash, struct err *err)
    __attribute__((warn_unused_result));
/*
 * `hash` empty: the same work is done and the answer is no. *rehash (may be NULL): the cost has risen since.
 * `may_start` (may be NULL) is asked, in another thread while the caller waits, when the computation is about to begin;
 * false gives ERR_THROTTLED without work.
 */
bool password_verify(struct str hash, struct str password, bool (*may_start)(void *context), void *context,
                     bool *correct, bool *rehash, struct err *err) __attribute__((warn_unused_result));

/*
 * Domain 3.1 and the settings: NULL when the password is fine, else the msgid of what is wrong, where {1} stands for
 * min_length (characters).
 */
const char *password_fault(struct str password, int min_length, bool refuse_nordic_letters);

#endif
