#include "service/password.h"

#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <sodium.h>

#include "access/fold.h"
#include "i18n/i18n.h"

#define QUEUE_MAX 256
#define THREADS_MAX 8
#define PASSWORD_BYTES_MAX 1024
#define NICENESS 10

/* One computation; lives on the stack of the thread that waits for it. */
struct task {
    struct task *next;
    const char *password;
    size_t password_size;
    const char *hash; /* to compare with; NULL: make one */
    bool (*may_start)(void *context);
    void *context;
    char made[crypto_pwhash_STRBYTES];
    bool refused, ok, done;
};

static struct {
    pthread_mutex_t lock; /* of everything below */
    pthread_cond_t work, finished;
    struct task *first, **last;
    size_t waiting;
    bool stopping;
    struct password_cost cost;
    char unknown[crypto_pwhash_STRBYTES]; /* what names nobody has are compared with */
    pthread_t threads[THREADS_MAX];
    int thread_count;
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER, .work = PTHREAD_COND_INITIALIZER, .finished = PTHREAD_COND_INITIALIZER,
          .last = &pool.first};

static bool make_hash(char *made, const char *password, size_t size)
{
    return crypto_pwhash_str_alg(made, password, size, (unsigned long long)pool.cost.passes,
                                 (size_t)pool.cost.memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static void compute(struct task *task)
{
    task->refused = task->may_start && !task->may_start(task->context);
    if (task->refused)
        return;
    task->ok = task->hash ? crypto_pwhash_str_verify(task->hash, task->password, task->password_size) == 0
                          : make_hash(task->made, task->password, task->password_size);
}

static struct task *take(void)
{
    while (!pool.first && !pool.stopping)
        pthread_cond_wait(&pool.work, &pool.lock);
    struct task *task = pool.first;
    if (task) {
        pool.first = task->next;
        if (!pool.first)
            pool.last = &pool.first;
        pool.waiting--;
    }
    return task;
}

static void *work(void *unused)
{
    (void)unused;
    /* Page views come first; a login may wait a little. */
    (void)setpriority(PRIO_PROCESS, (id_t)gettid(), NICENESS);
    pthread_mutex_lock(&pool.lock);
    for (struct task *task = take(); task; task = take()) {
        pthread_mutex_unlock(&pool.lock);
        compute(task);
        pthread_mutex_lock(&pool.lock);
        task->done = true;
        pthread_cond_broadcast(&pool.finished);
    }
    pthread_mutex_unlock(&pool.lock);
    return NULL;
}

static bool make_unknown(struct err *err)
{
    char secret[crypto_pwhash_SALTBYTES];
    randombytes_buf(secret, sizeof secret);
    return make_hash(pool.unknown, secret, sizeof secret) ||
           err_set(err, ERR_INTERNAL, NULL, "no memory for a password hash");
}

bool password_start(struct password_cost cost, struct err *err)
{
    if (sodium_init() < 0)
        return err_set(err, ERR_INTERNAL, NULL, "libsodium does not start");
    pool.cost = cost;
    pool.stopping = false;
    if (!make_unknown(err))
        return false;
    int wanted = cost.threads < THREADS_MAX ? cost.threads : THREADS_MAX;
    for (pool.thread_count = 0; pool.thread_count < wanted; pool.thread_count++) {
        if (pthread_create(&pool.threads[pool.thread_count], NULL, work, NULL) != 0) {
            password_stop();
            return err_set(err, ERR_INTERNAL, NULL, "cannot start a thread for passwords");
        }
    }
    return true;
}

void password_stop(void)
{
    pthread_mutex_lock(&pool.lock);
    pool.stopping = true;
    pthread_cond_broadcast(&pool.work);
    pthread_mutex_unlock(&pool.lock);
    for (int i = 0; i < pool.thread_count; i++)
        (void)pthread_join(pool.threads[i], NULL);
    pool.thread_count = 0;
}

static bool run(struct task *task, struct err *err)
{
    pthread_mutex_lock(&pool.lock);
    if (pool.waiting >= QUEUE_MAX || pool.stopping) {
        pthread_mutex_unlock(&pool.lock);
        (void)err_set(err, ERR_BUSY, NULL, "the queue of passwords is full");
        if (err)
            err->retry_after = 5;
        return false;
    }
    *pool.last = task;
    pool.last = &task->next;
    pool.waiting++;
    pthread_cond_signal(&pool.work);
    while (!task->done)
        pthread_cond_wait(&pool.finished, &pool.lock);
    pthread_mutex_unlock(&pool.lock);
    if (task->refused)
        return err_set(err, ERR_THROTTLED, NULL, "too many guesses");
    return true;
}

bool password_hash(struct arena *arena, struct str password, struct str *hash, struct err *err)
{
    struct str typed = fold_none(arena, password);
    struct task task = {.password = typed.p ? typed.p : "", .password_size = typed.n};
    if (!run(&task, err))
        return false;
    if (!task.ok)
        return err_set(err, ERR_INTERNAL, NULL, "no memory for a password hash");
    *hash = arena_str(arena, str_of(task.made));
    return true;
}

bool password_verify(struct str hash, struct str password, bool (*may_start)(void *context), void *context, bool *correct,
                     bool *rehash, struct err *err)
{
    struct arena *arena = arena_create();
    struct str typed = password.n <= PASSWORD_BYTES_MAX ? fold_none(arena, password) : STR_NONE;
    struct task task = {
        .password = typed.p ? typed.p : "",
        .password_size = typed.n,
        .hash = hash.n ? arena_z(arena, hash) : pool.unknown,
        .may_start = may_start,
        .context = context,
    };
    bool ran = run(&task, err);
    *correct = ran && task.ok && hash.n && password.n <= PASSWORD_BYTES_MAX;
    if (rehash)
        *rehash = *correct && crypto_pwhash_str_needs_rehash(task.hash, (unsigned long long)pool.cost.passes,
                                                             (size_t)pool.cost.memory_kib * 1024) != 0;
    arena_destroy(arena);
    return ran;
}

/* å ä ö and their capitals in NFC: C3 and one of these. */
static bool has_nordic_letter(struct str s)
{
    static const char NORDIC[] = "\xA5\xA4\xB6\x85\x84\x96";
    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.p[i] == '\xC3' && memchr(NORDIC, s.p[i + 1], sizeof NORDIC - 1))
            return true;
    }
    return false;
}

const char *password_fault(struct str password, int min_length, bool refuse_nordic_letters)
{
    if (password.n > PASSWORD_BYTES_MAX)
        return _("The password is too long.");
    if (!utf8_valid(password))
        return _("The password has characters that cannot be read.");
    struct arena *arena = arena_create();
    struct str typed = fold_none(arena, password);
    const char *fault = NULL;
    if (utf8_count(typed) < (size_t)min_length)
        fault = _("The password is too short.");
    else if (refuse_nordic_letters && has_nordic_letter(typed))
        fault = _("The password must not contain the letters å, ä or ö.");
    arena_destroy(arena);
    return fault;
}
