#include "cli/backup.h"
#include "service/store.h"

#include <sodium.h>
#include <unistd.h>

/* The store names each content by its BLAKE2b digest. */
static bool content_is_sound(struct arena *arena, int fd, struct str digest)
{
    crypto_generichash_state state;
    unsigned char bytes[32768], made[crypto_generichash_BYTES];
    struct buf hex;
    ssize_t n;
    (void)crypto_generichash_init(&state, NULL, 0, sizeof made);
    while ((n = read(fd, bytes, sizeof bytes)) > 0)
        (void)crypto_generichash_update(&state, bytes, (size_t)n);
    (void)crypto_generichash_final(&state, made, sizeof made);
    buf_init(&hex, arena);
    buf_hex(&hex, made, sizeof made);
    return n == 0 && str_eq(buf_text(&hex), digest);
}

static void check_content(struct arena *arena, struct str data, struct str digest, int64_t stored, struct buf *report)
{
    struct err err = {.kind = ERR_NONE};
    int fd = -1;
    int64_t size = 0;
    if (!store_open(data, digest, &fd, &size, &err)) {
        buf_printf(report, "file %.*s: %s\n", STR_FMT(digest), err.kind == ERR_NOT_FOUND ? "is missing" : err.detail);
        return;
    }
    if (size != stored || !content_is_sound(arena, fd, digest))
        buf_printf(report, "file %.*s: its content is damaged\n", STR_FMT(digest));
    (void)close(fd);
}

bool contents_check(struct arena *arena, struct str data, struct db_conn *conn, struct buf *report, struct err *err)
{
    struct arena *row = arena_create();
    struct db_rows *rows = db_query(
        conn, arena, "SELECT digest, size FROM file UNION SELECT digest, size FROM upload ORDER BY 1", DB_NO_ARGS, err);
    struct str digest;
    for (int64_t size; db_read_next(rows, TO_LENT(&digest), TO(&size));) {
        check_content(row, data, digest, size, report);
        arena_reset(row);
    }
    arena_destroy(row);
    return db_done(rows, err);
}
