#include "service/password.h"

#include "base/log.h"
#include "base/random.h"
#include "i18n/fold.h"
#include "i18n/i18n.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <sodium.h>

enum { QUEUE_LIMIT = 256, THREAD_LIMIT = 8, RETRY_SECONDS = 5, LOW_PRIORITY = 10 };

/* One computation. It lives on the stack of the caller, who waits for it. */
struct job {
    struct job *next;
    struct password_share share;
    int64_t account_turn, place_turn; /* its turn is the later of the two */
    struct str password;              /* NFC */
    struct str hash;                  /* the hash to compare with, for a verification */
    char *made;                       /* crypto_pwhash_STRBYTES to fill, for a new hash; else NULL */
    bool (*may_start)(void *context);
    void *context;
    pthread_cond_t ended;
    bool done;
    enum { JOB_DONE, JOB_THROTTLED, JOB_STOPPED, JOB_DISPLACED, JOB_NO_MEMORY } outcome;
    bool correct;
};

static struct {
    pthread_mutex_t lock; /* guards everything below, except what is set before the threads start */
    pthread_cond_t filled;
    struct job *first, *last; /* in the order they came */
    int count;
    int64_t turn; /* of the job that was taken last */
    bool stopping;
    pthread_t threads[THREAD_LIMIT];
    int thread_count;
    unsigned long long passes;
    size_t memory;
    char decoy[crypto_pwhash_STRBYTES]; /* used for the comparison when there is no hash */
} queue = {.lock = PTHREAD_MUTEX_INITIALIZER, .filled = PTHREAD_COND_INITIALIZER};

static bool compute_hash(char *made, struct str password)
{
    return crypto_pwhash_str_alg(made, password.p, password.n, queue.passes, queue.memory,
                                 crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static void job_run(struct job *job)
{
    if (job->may_start && !job->may_start(job->context)) {
        job->outcome = JOB_THROTTLED;
        return;
    }
    job->outcome = JOB_DONE;
    if (job->made) {
        if (!compute_hash(job->made, job->password))
            job->outcome = JOB_NO_MEMORY;
        return;
    }
    char known[crypto_pwhash_STRBYTES] = {0};
    bool comparable = job->hash.n > 0 && job->hash.n < sizeof known && job->password.n <= PASSWORD_MAX_BYTES;
    memcpy(known, comparable ? job->hash.p : queue.decoy, comparable ? job->hash.n : sizeof queue.decoy);
    errno = 0;
    bool same = crypto_pwhash_str_verify(known, job->password.p, job->password.n) == 0;
    if (!same && errno == ENOMEM)
        job->outcome = JOB_NO_MEMORY;
    job->correct = same && comparable;
}

/* --- turns -------------------------------------------------------------------------------------------------------- */

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t turn_of(const struct job *job)
{
    return later(job->account_turn, job->place_turn);
}

/* Returns whether the turn of `job` is before that of `other`, which came earlier. */
static bool goes_before(const struct job *job, const struct job *other)
{
    int64_t mine = turn_of(job), theirs = turn_of(other);
    return mine < theirs || (mine == theirs && job->share.known && !other->share.known);
}

/* Nobody waits in vain: each job that is taken brings the turns of new ones forward. */
static void give_turn(struct job *job)
{
    job->account_turn = job->place_turn = queue.turn;
    for (const struct job *each = queue.first; each; each = each->next) {
        if (job->share.account && each->share.account == job->share.account)
            job->account_turn = later(job->account_turn, each->account_turn + SHARE_OF_PLACE);
        if (job->share.place && each->share.place == job->share.place)
            job->place_turn = later(job->place_turn, each->place_turn + 1);
    }
}

static void job_remove(struct job *job)
{
    struct job *before = queue.first == job ? NULL : queue.first;
    while (before && before->next != job)
        before = before->next;
    *(before ? &before->next : &queue.first) = job->next;
    queue.last = job->next ? queue.last : before;
    queue.count--;
}

static struct job *job_take(void)
{
    struct job *job = queue.first;
    for (struct job *each = job; each; each = each->next)
        job = goes_before(each, job) ? each : job;
    if (job) {
        job_remove(job);
        queue.turn = later(queue.turn, turn_of(job));
    }
    return job;
}

static void job_end(struct job *job)
{
    job->done = true;
    (void)pthread_cond_signal(&job->ended);
}

/* Makes room in a full queue by sending away the one who would wait longest. Returns whether there is room. */
static bool job_make_room(const struct job *job)
{
    struct job *last = queue.first;
    if (queue.count < QUEUE_LIMIT)
        return true;
    for (struct job *each = last; each; each = each->next)
        last = goes_before(each, last) ? last : each;
    if (!goes_before(job, last))
        return false;
    job_remove(last);
    last->outcome = JOB_DISPLACED;
    job_end(last);
    return true;
}

static void *thread_run(void *unused)
{
    struct job *job;
    (void)unused;
    if (setpriority(PRIO_PROCESS, (id_t)gettid(), LOW_PRIORITY) != 0)
        log_event(LOG_WARN, "password_priority", LOG_I("errno", errno));
    (void)pthread_mutex_lock(&queue.lock);
    for (;;) {
        while (!(job = job_take()) && !queue.stopping)
            (void)pthread_cond_wait(&queue.filled, &queue.lock);
        if (!job)
            break;
        bool stopping = queue.stopping;
        (void)pthread_mutex_unlock(&queue.lock);
        job->outcome = JOB_STOPPED;
        if (!stopping)
            job_run(job);
        (void)pthread_mutex_lock(&queue.lock);
        job_end(job);
    }
    (void)pthread_mutex_unlock(&queue.lock);
    return NULL;
}

bool password_start(struct password_cost cost, struct err *err)
{
    char secret[32];
    int wanted = cost.threads < 1 ? 1 : cost.threads > THREAD_LIMIT ? THREAD_LIMIT : cost.threads;
    if (sodium_init() < 0)
        return err_set(err, ERR_INTERNAL, NULL, "libsodium does not start");
    queue.memory = (size_t)cost.memory_kib * 1024;
    queue.passes = (unsigned long long)cost.passes;
    random_bytes(secret, sizeof secret);
    if (!compute_hash(queue.decoy, (struct str){secret, sizeof secret}))
        return err_set(err, ERR_INTERNAL, NULL, "no memory to compute passwords with");
    queue.stopping = false;
    for (queue.thread_count = 0; queue.thread_count < wanted; queue.thread_count++) {
        if (pthread_create(&queue.threads[queue.thread_count], NULL, thread_run, NULL) != 0) {
            password_stop();
            return err_set(err, ERR_INTERNAL, NULL, "no thread to compute passwords in");
        }
    }
    return true;
}

size_t password_waiting(void)
{
    (void)pthread_mutex_lock(&queue.lock);
    int count = queue.count;
    (void)pthread_mutex_unlock(&queue.lock);
    return (size_t)count;
}

void password_stop(void)
{
    (void)pthread_mutex_lock(&queue.lock);
    queue.stopping = true;
    (void)pthread_cond_broadcast(&queue.filled);
    (void)pthread_mutex_unlock(&queue.lock);
    while (queue.thread_count > 0)
        (void)pthread_join(queue.threads[--queue.thread_count], NULL);
}

static bool busy(struct err *err, const char *why)
{
    (void)err_set(err, ERR_BUSY, NULL, "%s", why);
    if (err)
        err->retry_after = RETRY_SECONDS;
    return false;
}

/* Queues the job and waits for its outcome; returns false if the queue did not take it. */
static bool job_wait(struct job *job)
{
    (void)pthread_mutex_lock(&queue.lock);
    give_turn(job);
    bool taken = !queue.stopping && queue.thread_count > 0 && job_make_room(job);
    if (taken) {
        *(queue.last ? &queue.last->next : &queue.first) = job;
        queue.last = job;
        queue.count++;
        (void)pthread_cond_signal(&queue.filled);
    }
    while (taken && !job->done)
        (void)pthread_cond_wait(&job->ended, &queue.lock);
    (void)pthread_mutex_unlock(&queue.lock);
    return taken;
}

static bool job_do(struct job *job, struct err *err)
{
    if (pthread_cond_init(&job->ended, NULL) != 0)
        return busy(err, "no condition variable for a password");
    bool taken = job_wait(job);
    (void)pthread_cond_destroy(&job->ended);
    if (!taken)
        return busy(err, "the queue of passwords is full");
    switch (job->outcome) {
    case JOB_DONE:
        return true;
    case JOB_THROTTLED:
        return err_set(err, ERR_THROTTLED, NULL, "too many wrong passwords");
    case JOB_STOPPED:
        return busy(err, "password threads are stopping");
    case JOB_DISPLACED:
        return busy(err, "others wait for fewer passwords");
    case JOB_NO_MEMORY:
        break;
    }
    return busy(err, "no memory for a password");
}

/* Returns the password in NFC, never with a null pointer, which the library does not accept. */
static struct str normal_form(struct arena *arena, struct str password)
{
    return password.n ? fold_none(arena, password) : STR("");
}

bool password_hash(struct arena *arena, struct password_share share, struct str password, struct str *hash,
                   struct err *err)
{
    char *made = arena_alloc(arena, crypto_pwhash_STRBYTES);
    struct str normal = normal_form(arena, password);
    struct job job = {.share = share, .password = normal, .made = made};
    if (password.n > PASSWORD_MAX_BYTES || normal.n > PASSWORD_MAX_BYTES)
        return err_set(err, ERR_INVALID, NULL, "password of %zu bytes", password.n);
    if (!job_do(&job, err))
        return false;
    *hash = str_of(made);
    return true;
}

static bool needs_rehash(struct str hash)
{
    char known[crypto_pwhash_STRBYTES] = {0};
    memcpy(known, hash.p, hash.n);
    return crypto_pwhash_str_needs_rehash(known, queue.passes, queue.memory) != 0;
}

bool password_verify(struct password_share share, struct str hash, struct str password,
                     bool (*may_start)(void *context), void *context, bool *correct, bool *rehash, struct err *err)
{
    struct arena *arena = arena_create();
    struct job job = {
        .share = share,
        .password = normal_form(arena, str_slice(password, 0, PASSWORD_MAX_BYTES + 1)),
        .hash = hash,
        .may_start = may_start,
        .context = context,
    };
    bool ok = job_do(&job, err);
    arena_destroy(arena);
    *correct = ok && job.correct && password.n <= PASSWORD_MAX_BYTES;
    if (rehash)
        *rehash = *correct && needs_rehash(hash);
    return ok;
}

/* Says whether the password has å ä ö Å Ä Ö, which are two bytes each in NFC. */
static bool has_nordic_letter(struct str normal)
{
    static const char *const letters[] = {"å", "ä", "ö", "Å", "Ä", "Ö"};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (str_find(normal, str_of(letters[i])) >= 0)
            return true;
    }
    return false;
}

const struct msgid *password_fault(struct str password, int min_length, bool refuse_nordic_letters)
{
    struct arena *arena = arena_create();
    struct str normal = fold_none(arena, str_slice(password, 0, PASSWORD_MAX_BYTES * 2));
    const struct msgid *fault = NULL;
    if (password.n > PASSWORD_MAX_BYTES || normal.n > PASSWORD_MAX_BYTES)
        fault = _("The password is too long.");
    else if (min_length > 0 && utf8_count(normal) < (size_t)min_length)
        fault = _("The password must have at least {1} characters.");
    else if (refuse_nordic_letters && has_nordic_letter(normal))
        fault = _("The password must not contain the letters å, ä or ö.");
    arena_destroy(arena);
    return fault;
}
