/* Runs a dry run on a copy of the database, so that it does not hold up anybody who writes. */
#include "bulk/exchange/load.h"
#include "service/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "try-"

/*
 * Removes the folder that a process has below DATA/tmp. It holds only the copy and the files that SQLite writes beside
 * it.
 */
static void aside_remove(struct arena *arena, struct str folder)
{
    static const char *const names[] = {"db", "db.part", "db.part-journal", "db-wal", "db-shm", "db-journal"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)unlink(arena_printf(arena, "%.*s/%s", STR_FMT(folder), names[i]).p);
    (void)rmdir(arena_z(arena, folder));
}

/* Removes folders that killed processes left. */
static void aside_sweep(struct arena *arena, struct str tmp)
{
    DIR *folder = opendir(arena_z(arena, tmp));
    const struct dirent *entry;
    while (folder && (entry = readdir(folder))) {
        if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) != 0)
            continue;
        long pid = strtol(entry->d_name + strlen(PREFIX), NULL, 10);
        if (pid > 0 && kill((pid_t)pid, 0) != 0 && errno == ESRCH)
            aside_remove(arena, arena_printf(arena, "%.*s/%s", STR_FMT(tmp), entry->d_name));
    }
    if (folder)
        (void)closedir(folder);
}

bool load_aside_open(struct load_aside *aside, struct db_conn *conn, struct arena *arena, struct str data,
                     struct err *err)
{
    struct db_options pool = {.connections = 1};
    struct str tmp = arena_printf(arena, "%.*s/tmp", STR_FMT(data));
    *aside = (struct load_aside){.arena = arena, .conn = conn};
    if (db_conn_engine(conn) != DB_SQLITE)
        return true;
    if (!store_prepare(data, err))
        return false;
    aside_sweep(arena, tmp);
    aside->folder = arena_printf(arena, "%.*s/" PREFIX "%ld", STR_FMT(tmp), (long)getpid());
    aside_remove(arena, aside->folder);
    struct str copy = arena_printf(arena, "%.*s/db", STR_FMT(aside->folder));
    if (mkdir(aside->folder.p, 0700) != 0)
        return err_errno(err, aside->folder.p);
    if (!db_backup(conn, copy.p, err) ||
        !db_open(&aside->db, arena_printf(arena, "sqlite:%.*s", STR_FMT(copy)), &pool, err))
        return false;
    aside->conn = db_acquire(aside->db, err);
    return aside->conn != NULL;
}

void load_aside_close(struct load_aside *aside)
{
    if (aside->db) {
        db_release(aside->conn);
        db_close(aside->db);
    }
    if (aside->folder.n)
        aside_remove(aside->arena, aside->folder);
}
