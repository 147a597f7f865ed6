#include "access/actor.h"
#include "bulk/exchange/load.h"
#include "service/password.h"

#include <pthread.h>
#include <string.h>

#define TASKS 64
#define THREADS 2

bool login_split(struct str cell, struct str *name, struct str *password)
{
    ptrdiff_t slash = str_find_char(cell, '/');
    if (slash < 0)
        return false;
    *name = str_trim(str_slice(cell, 0, (size_t)slash));
    *password = str_slice(cell, (size_t)slash + 1, cell.n);
    return name->n > 0 && password->n > 0;
}

void password_check(struct load *load, const struct input *input, int64_t line, struct str password)
{
    const struct msgid *fault = password_fault(password, 1, load->options->config->refuse_nordic_letters);
    if (fault)
        LOAD_PROBLEM(load, input, line, "password", STR_NONE, "%s", msgid_text(fault));
}

struct task {
    int64_t line;
    struct str name, password;
    struct str stored; /* the stored hash; empty: none */
    struct str hash;   /* the hash to write */
};

struct work {
    struct task tasks[TASKS];
    size_t count;
    size_t next; /* guarded by lock */
    pthread_mutex_t lock;
};

struct worker {
    struct work *work;
    struct arena *arena;
    pthread_t thread;
    bool ok;
    struct err err;
};

static struct task *task_take(struct work *work)
{
    struct task *task = NULL;
    (void)pthread_mutex_lock(&work->lock);
    if (work->next < work->count)
        task = &work->tasks[work->next++];
    (void)pthread_mutex_unlock(&work->lock);
    return task;
}

/* Keeps the stored hash when the password is the same, so that an import that changes nothing logs nobody out. */
static bool task_do(struct worker *worker, struct task *task)
{
    bool correct = false;
    if (task->stored.n &&
        !password_verify(PASSWORD_NO_SHARE, task->stored, task->password, NULL, NULL, &correct, NULL, &worker->err))
        return false;
    if (correct) {
        task->hash = task->stored;
        return true;
    }
    return password_hash(worker->arena, PASSWORD_NO_SHARE, task->password, &task->hash, &worker->err);
}

static void *worker_run(void *context)
{
    struct worker *worker = context;
    struct task *task;
    while (worker->ok && (task = task_take(worker->work)))
        worker->ok = task_do(worker, task);
    return NULL;
}

static bool work_run(struct work *work, struct arena *const arenas[THREADS], struct err *err)
{
    struct worker workers[THREADS];
    bool started[THREADS], ok = true;
    work->next = 0;
    for (size_t i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.work = work, .arena = arenas[i], .ok = true};
        started[i] = pthread_create(&workers[i].thread, NULL, worker_run, &workers[i]) == 0;
    }
    if (!started[0] && !started[1])
        return err_set(err, ERR_INTERNAL, NULL, "no thread for hashing passwords");
    for (size_t i = 0; i < THREADS; i++) {
        if (started[i])
            (void)pthread_join(workers[i].thread, NULL);
        if (started[i] && !workers[i].ok && ok) {
            ok = false;
            *err = workers[i].err;
        }
    }
    return ok;
}

static bool secrets_find_stored(struct load *load, struct arena *arena, const struct input *input, struct task *task,
                                struct err *err)
{
    bool found;
    return db_find(load->conn, arena, "SELECT password_hash FROM login WHERE kind = $1 AND name = $2",
                   DB_ARGS(DB_TEXT(str_of(input->format->login_kind)), DB_TEXT(task->name)),
                   DB_TARGETS(TO(&task->stored)), &found, err);
}

static bool hash_tasks(struct load *load, const struct input *input, struct work *work,
                       struct arena *const arenas[THREADS], struct err *err)
{
    for (size_t i = 0; i < work->count; i++) {
        if (!secrets_find_stored(load, arenas[0], input, &work->tasks[i], err))
            return false;
    }
    if (!work_run(work, arenas, err))
        return false;
    for (size_t i = 0; i < work->count; i++) {
        const struct task *task = &work->tasks[i];
        if (!db_exec(load->conn, "UPDATE stage_login SET hash = $3 WHERE kind = $1 AND line = $2",
                     DB_ARGS(DB_TEXT(str_of(input->format->login_kind)), DB_INT(task->line), DB_TEXT(task->hash)), err))
            return false;
    }
    work->count = 0;
    return true;
}

/* Reads the secret of a row and its owner. Returns false when the row has no secret. */
static bool task_of_row(const struct input *input, const struct load_row *row, struct arena *arena, struct task *task)
{
    struct str name = STR_NONE, password = STR_NONE;
    for (size_t i = 0; i < row->count; i++) {
        const struct column *column = input->destinations[i].column;
        if (!column)
            continue;
        if (column_kind(column) == CELL_LOGIN && !login_split(row->cells[i], &name, &password))
            return false;
        if (column_kind(column) == CELL_ADDRESS)
            name = field_clean(arena, column->field, row->cells[i]);
        if (column_kind(column) == CELL_PASSWORD)
            password = row->cells[i];
    }
    *task =
        (struct task){.line = row->line, .name = actor_fold_name(arena, name), .password = arena_str(arena, password)};
    return name.n > 0 && password.n > 0;
}

static bool hash_input(struct load *load, const struct input *input, struct work *work,
                       struct arena *const arenas[THREADS], struct err *err)
{
    const struct load_source *source = input->source;
    struct load_row row = {0};
    const char *broken = NULL;
    if (!source->rewind(source->context))
        return err_set(err, ERR_INTERNAL, NULL, "%s cannot be read again", source->file);
    while (source->next(source->context, &row, &broken) == LOAD_ROW) {
        if (!task_of_row(input, &row, arenas[0], &work->tasks[work->count]) || ++work->count < TASKS)
            continue;
        if (!hash_tasks(load, input, work, arenas, err))
            return false;
        for (size_t i = 0; i < THREADS; i++)
            arena_reset(arenas[i]);
        progress_show(load, "passwords", source->done(source->context));
    }
    return hash_tasks(load, input, work, arenas, err);
}

bool secrets_hash(struct load *load, struct err *err)
{
    struct arena *const arenas[THREADS] = {arena_create(), arena_create()};
    struct work *work = ARENA_NEW(load->arena, struct work);
    bool ok =
        pthread_mutex_init(&work->lock, NULL) == 0 || err_set(err, ERR_INTERNAL, NULL, "no lock for hashing passwords");
    for (size_t i = 0; ok && i < load->input_count; i++) {
        const struct input *input = &load->inputs[i];
        if (input_gives(input, "login") || input_gives(input, "password"))
            ok = hash_input(load, input, work, arenas, err);
    }
    for (size_t i = 0; i < THREADS; i++)
        arena_destroy(arenas[i]);
    return ok;
}
