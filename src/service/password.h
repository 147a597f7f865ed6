/*
 * Hashes passwords with Argon2id (libsodium) in a few threads of their own at low priority (two in the portal), so that
 * a hundred logins at once neither slow down a page view nor take more memory than two computations. Callers wait in a
 * bounded queue that is shared fairly (struct password_share); ERR_BUSY when it is full. All passwords are normalised
 * to Unicode NFC here, so that phones and PCs agree on the bytes.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"

/* Longer passwords cannot be chosen, and never match. */
#define PASSWORD_MAX_BYTES 1024

struct password_cost {
    int memory_kib, passes, threads; /* threads: how many hashes are computed at a time, at most 8 */
};

/*
 * Whose turn a computation takes. The more computations of the same account or place wait already, the later is the
 * turn of another: it comes after 1 of each other account and after SHARE_OF_PLACE of each other place. When the queue
 * is full, the last of those who wait gives way to somebody whose turn comes earlier.
 */
struct password_share {
    uint64_t account; /* digest of the account, or of the account and a device that is known to it */
    uint64_t place;   /* digest of the network */
    bool known;       /* a known device: takes its turn before strangers whose turn is the same */
};
#define SHARE_OF_PLACE 32
/* For computations that no request waits for: each is somebody of its own. */
#define PASSWORD_NO_SHARE ((struct password_share){0})

/* Call it once in a process, after the last fork of the process. */
MUST_CHECK bool password_start(struct password_cost cost, struct err *err);
/* Ends the threads; waiting callers get ERR_BUSY. After it returns, call no other function of this file. */
void password_stop(void);
/* Returns how many callers wait for their computation to begin; for the metrics. */
size_t password_waiting(void);

/* Computes the hash of a password. *hash is a text that includes its parameters. */
MUST_CHECK bool password_hash(struct arena *arena, struct password_share share, struct str password, struct str *hash,
                              struct err *err);
/*
 * Compares a password with a hash. If `hash` is empty, it does the same work and the answer is no. *rehash (may be
 * NULL): the hash was made at a lower cost than today's. `may_start` (may be NULL) is called in another thread, while
 * the caller waits, just before the computation begins; if it returns false, the result is ERR_THROTTLED without any
 * work.
 */
MUST_CHECK bool password_verify(struct password_share share, struct str hash, struct str password,
                                bool (*may_start)(void *context), void *context, bool *correct, bool *rehash,
                                struct err *err);

/*
 * Checks a new password by domain 3.1 and the settings. Returns NULL if it is fine, else the msgid of the fault, where
 * {1} stands for min_length (characters).
 */
const struct msgid *password_fault(struct str password, int min_length, bool refuse_nordic_letters);
