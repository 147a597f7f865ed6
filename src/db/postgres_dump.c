/*
 * Backups are made with PostgreSQL's own programs, because they know every kind of object in a database and read all of
 * it as of one moment.
 */
#include "db/postgres.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define VARIABLES_MAX 64
#define REASON_MAX 400

/*
 * The environment of the program: our own, then the parts of the address. Unlike arguments, other users cannot see it
 * in a list of processes.
 */
struct surroundings {
    char **all;
    char *made[VARIABLES_MAX];
    size_t made_count;
};

static bool is_given(const struct surroundings *around, const char *variable)
{
    size_t name = strcspn(variable, "=");
    for (size_t i = 0; i < around->made_count; i++) {
        if (strncmp(around->made[i], variable, name + 1) == 0)
            return true;
    }
    return false;
}

static void surroundings_end(struct surroundings *around)
{
    for (size_t i = 0; i < around->made_count; i++)
        free(around->made[i]);
    free(around->all);
}

static bool add_options(struct surroundings *around, const PQconninfoOption *options)
{
    for (const PQconninfoOption *one = options; one->keyword; one++) {
        if (!one->envvar || !one->val || around->made_count == VARIABLES_MAX)
            continue;
        if (asprintf(&around->made[around->made_count], "%s=%s", one->envvar, one->val) < 0)
            return false;
        around->made_count++;
    }
    return true;
}

static bool surroundings_begin(struct surroundings *around, const char *address, struct err *err)
{
    size_t count = 0, at = 0;
    PQconninfoOption *options = PQconninfoParse(address, NULL);
    *around = (struct surroundings){0};
    bool made = options && add_options(around, options);
    PQconninfoFree(options);
    while (environ[count])
        count++;
    around->all = calloc(count + around->made_count + 1, sizeof *around->all);
    if (!made || !around->all) {
        surroundings_end(around);
        return err_set(err, ERR_INTERNAL, NULL, "no memory for an environment");
    }
    for (size_t i = 0; i < around->made_count; i++)
        around->all[at++] = around->made[i];
    for (size_t i = 0; i < count; i++) {
        if (!is_given(around, environ[i]))
            around->all[at++] = environ[i];
    }
    return true;
}

static bool postgres_dump_start(const char *const argv[], char **environment, int told, pid_t *pid, struct err *err)
{
    posix_spawn_file_actions_t actions;
    (void)posix_spawn_file_actions_init(&actions);
    int rc = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (rc == 0)
        rc = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (rc == 0)
        rc = posix_spawn_file_actions_adddup2(&actions, told, STDERR_FILENO);
    if (rc == 0)
        rc = posix_spawnp(pid, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv, environment);
    (void)posix_spawn_file_actions_destroy(&actions);
    if (rc == ENOENT)
        return err_set(err, ERR_INVALID, NULL, "there is no %s on this machine: install PostgreSQL's client programs",
                       argv[0]);
    return rc == 0 || err_set(err, ERR_INTERNAL, NULL, "%s: %s", argv[0], strerror(rc));
}

/* Reports the first line that the program wrote to `told`. */
static bool postgres_dump_fail(int told, const char *name, struct err *err)
{
    char reason[REASON_MAX + 1] = {0};
    if (pread(told, reason, REASON_MAX, 0) < 0)
        reason[0] = '\0';
    size_t length = strcspn(reason, "\n");
    return length ? err_set(err, ERR_INTERNAL, NULL, "%.*s", (int)length, reason)
                  : err_set(err, ERR_INTERNAL, NULL, "%s failed", name);
}

static bool postgres_dump_run(const char *address, const char *const argv[], struct err *err)
{
    struct surroundings around;
    pid_t pid = 0;
    int status = 0, told = memfd_create("told", MFD_CLOEXEC);
    if (told < 0)
        return err_errno(err, "memory for what a program tells");
    bool ok = surroundings_begin(&around, address, err);
    if (ok) {
        ok = postgres_dump_start(argv, around.all, told, &pid, err);
        surroundings_end(&around);
    }
    while (ok && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (ok && !(WIFEXITED(status) && WEXITSTATUS(status) == 0))
        ok = postgres_dump_fail(told, argv[0], err);
    (void)close(told);
    return ok;
}

bool postgres_backup(struct db_conn *conn, const char *path, struct err *err)
{
    const char *const argv[] = {"pg_dump",       "--format=custom", "--no-owner", "--no-privileges",
                                "--no-comments", "--file",          path,         NULL};
    return postgres_dump_run(conn->db->address, argv, err);
}

bool db_dump_check(const char *path, struct err *err)
{
    const char *const argv[] = {"pg_restore", "--list", path, NULL};
    return postgres_dump_run("", argv, err);
}

/* Restores in one transaction: everything or nothing. */
bool postgres_restore(struct db_conn *conn, const char *path, struct err *err)
{
    int64_t tables = 0;
    const char *const argv[] = {
        "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--dbname=", path,
        NULL};
    if (!db_query_int(conn,
                      "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                      " WHERE c.relkind = 'r' AND n.nspname = 'public'",
                      DB_NO_ARGS, NULL, &tables, err))
        return false;
    if (tables > 0)
        return err_set(err, ERR_CONFLICT, NULL,
                       "the database has tables already: restore only where there is no data yet");
    return postgres_dump_run(conn->db->address, argv, err) && db_maintain(conn, err);
}
