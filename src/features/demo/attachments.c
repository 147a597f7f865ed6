#include "features/demo/attachments.h"

#include "base/clock.h"
#include "base/random.h"
#include "features/demo/picture.h"
#include "service/store.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#define CASES 30
#define KEY_BYTES 16

struct attachment {
    int64_t case_id, created;
    struct str number, title;
    const char *category;
    struct str name, content;
    struct stored stored;
};

static struct str protocol(struct arena *arena, const struct attachment *one)
{
    return arena_printf(
        arena,
        "Protokoll\n\nÄrende: %.*s\n%.*s\n\nKontrollerat av jourhavande tekniker.\nInga ytterligare anmärkningar.\n",
        STR_FMT(one->number), STR_FMT(one->title));
}

/* Every third is a text, the others photos. */
static void make_content(struct arena *arena, struct attachment *one, size_t nth)
{
    if (nth % 3 == 2) {
        one->category = "protokoll";
        one->name = arena_printf(arena, "protokoll-%.*s.txt", STR_FMT(one->number));
        one->content = protocol(arena, one);
    } else {
        one->category = "foto";
        one->name = arena_printf(arena, "IMG_%04zu.png", 1001 + nth * 7);
        one->content = picture_png(arena, (unsigned)nth);
    }
}

static bool write_all(int fd, struct str content)
{
    while (content.n) {
        ssize_t n = write(fd, content.p, content.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        content = str_slice(content, (size_t)n, content.n);
    }
    return lseek(fd, 0, SEEK_SET) == 0;
}

static bool store_one(struct arena *arena, struct str data, struct attachment *one, struct err *err)
{
    int fd = memfd_create("attachment", MFD_CLOEXEC);
    if (fd < 0)
        return err_errno(err, "memfd_create");
    bool ok = (write_all(fd, one->content) || err_errno(err, "write")) &&
              store_put(arena, data, fd, one->name, &one->stored, err);
    (void)close(fd);
    return ok;
}

static bool choose_cases(struct db_conn *conn, struct arena *arena, struct attachment *all, size_t *count,
                         struct err *err)
{
    struct db_rows *rows =
        db_query(conn, arena, "SELECT id, created, number, title FROM cases ORDER BY created DESC, id DESC LIMIT $1",
                 DB_ARGS(DB_INT(CASES)), err);
    while (rows && db_next(rows))
        all[(*count)++] = (struct attachment){.case_id = db_int(rows, 0),
                                              .created = db_int(rows, 1),
                                              .number = db_text_copy(rows, 2, arena),
                                              .title = db_text_copy(rows, 3, arena)};
    return db_done(rows, err);
}

static bool insert_one(struct db_conn *conn, struct arena *arena, const struct attachment *one, struct err *err)
{
    return db_exec(
        conn,
        "INSERT INTO file (key, case_id, name, media_type, size, digest, category_id, visible, created, path)"
        " SELECT $1, $2, $3, $4, $5, $6, p.id, 1, $7, $9 FROM picklist_item p"
        " WHERE p.list = 'file_category' AND p.key = $8",
        DB_ARGS(DB_TEXT(random_token(arena, KEY_BYTES)), DB_INT(one->case_id), DB_TEXT(one->name),
                DB_TEXT(str_of(one->stored.media_type)), DB_INT(one->stored.size), DB_TEXT(one->stored.digest),
                DB_INT(one->created), DB_TEXT(str_of(one->category)),
                DB_TEXT(arena_printf(arena, "arenden/%.*s/%.*s", STR_FMT(one->number), STR_FMT(one->name)))),
        err);
}

bool attachments_add(struct db_conn *conn, struct arena *arena, struct str data, struct err *err)
{
    struct attachment *all = ARENA_ARRAY(arena, struct attachment, CASES);
    size_t count = 0;
    if (!store_prepare(data, err) || !choose_cases(conn, arena, all, &count, err))
        return false;
    for (size_t i = 0; i < count; i += 2) { /* every other case has one */
        make_content(arena, &all[i], i / 2);
        if (!store_one(arena, data, &all[i], err) || !insert_one(conn, arena, &all[i], err))
            return false;
    }
    return true;
}
