/*
 * The floor of the database: the statements of a page, prepared once, run and read in a loop with nothing around them.
 * bare_sql sqlite:PATH|postgresql://… SECONDS < statements — one statement a line, values written out. Prints how many
 * rounds of all statements it made, then waits to be ended, so that the measuring program can read what it and its
 * server process used.
 */
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define STATEMENTS 32
#define LINE 16384

static double seconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static size_t read_lines(char *lines[STATEMENTS])
{
    static char text[STATEMENTS][LINE];
    size_t count = 0;
    while (count < STATEMENTS && fgets(text[count], LINE, stdin)) {
        lines[count] = text[count];
        count++;
    }
    return count;
}

static size_t touched; /* keeps the reading from being optimised away */

static int finish(long rounds)
{
    printf("%ld\n", rounds);
    (void)fflush(stdout);
    (void)pause();
    return 0;
}

static int run_sqlite(const char *path, double limit, char **lines, size_t count)
{
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENTS];
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return 1;
    for (size_t i = 0; i < count; i++) {
        if (sqlite3_prepare_v2(db, lines[i], -1, &statements[i], NULL) != SQLITE_OK) {
            (void)fprintf(stderr, "%s: %s\n", lines[i], sqlite3_errmsg(db));
            return 1;
        }
    }
    double end = seconds() + limit;
    long rounds = 0;
    while (seconds() < end) {
        for (size_t i = 0; i < count; i++) {
            while (sqlite3_step(statements[i]) == SQLITE_ROW) {
                for (int column = 0; column < sqlite3_column_count(statements[i]); column++) {
                    (void)sqlite3_column_text(statements[i], column);
                    touched += (size_t)sqlite3_column_bytes(statements[i], column);
                }
            }
            (void)sqlite3_reset(statements[i]);
        }
        rounds++;
    }
    return finish(rounds);
}

static int run_postgres(const char *url, double limit, char **lines, size_t count)
{
    PGconn *conn = PQconnectdb(url);
    if (PQstatus(conn) != CONNECTION_OK)
        return 1;
    for (size_t i = 0; i < count; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "s%zu", i);
        if (PQresultStatus(PQprepare(conn, name, lines[i], 0, NULL)) != PGRES_COMMAND_OK) {
            (void)fprintf(stderr, "%s: %s\n", lines[i], PQerrorMessage(conn));
            return 1;
        }
    }
    double end = seconds() + limit;
    long rounds = 0;
    while (seconds() < end) {
        for (size_t i = 0; i < count; i++) {
            char name[16];
            (void)snprintf(name, sizeof name, "s%zu", i);
            PGresult *result = PQexecPrepared(conn, name, 0, NULL, NULL, NULL, 0);
            for (int row = 0; row < PQntuples(result); row++) {
                for (int column = 0; column < PQnfields(result); column++)
                    touched += (size_t)PQgetlength(result, row, column);
            }
            PQclear(result);
        }
        rounds++;
    }
    return finish(rounds);
}

int main(int argc, char **argv)
{
    char *lines[STATEMENTS];
    if (argc != 3)
        return 2;
    size_t count = read_lines(lines);
    double limit = strtod(argv[2], NULL);
    if (strncmp(argv[1], "sqlite:", 7) == 0)
        return run_sqlite(argv[1] + 7, limit, lines, count);
    return run_postgres(argv[1], limit, lines, count);
}
