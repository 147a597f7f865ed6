#include "bulk/demo/attachments.h"

#include "bulk/demo/files.h"
#include "bulk/demo/picture.h"
#include "service/store.h"

#define CASES 30

struct subject {
    struct str number, title;
    int64_t created;
};

static struct str protocol(struct arena *arena, const struct subject *one)
{
    return arena_printf(
        arena,
        "Protokoll\n\nÄrende: %.*s\n%.*s\n\nKontrollerat av jourhavande tekniker.\nInga ytterligare anmärkningar.\n",
        STR_FMT(one->number), STR_FMT(one->title));
}

/* Every third file is a text; the others are photos. */
static struct demo_file make_file(struct arena *arena, const struct subject *one, size_t nth)
{
    struct demo_file file = {.owner_kind = OWNER_CASE,
                             .owner_number = one->number,
                             .folder = arena_printf(arena, "arenden/%.*s", STR_FMT(one->number)),
                             .created = one->created};
    if (nth % 3 == 2) {
        file.category = "protokoll";
        file.name = arena_printf(arena, "protokoll-%.*s.txt", STR_FMT(one->number));
        file.content = protocol(arena, one);
    } else {
        file.category = "foto";
        file.name = arena_printf(arena, "IMG_%04zu.png", 1001 + nth * 7);
        file.content = picture_png(arena, (unsigned)nth);
    }
    return file;
}

static bool choose_cases(struct db_conn *conn, struct arena *arena, struct subject *all, size_t *count, struct err *err)
{
    struct db_rows *rows =
        db_query(conn, arena, "SELECT created, number, title FROM cases ORDER BY created DESC, id DESC LIMIT $1",
                 DB_ARGS(DB_INT(CASES)), err);
    while (db_next(rows))
        all[(*count)++] = (struct subject){
            .created = db_int(rows, 0), .number = db_text_copy(rows, 1, arena), .title = db_text_copy(rows, 2, arena)};
    return db_done(rows, err);
}

bool attachments_add(struct db_conn *conn, struct arena *arena, struct str data, struct err *err)
{
    struct subject *all = ARENA_ARRAY(arena, struct subject, CASES);
    size_t count = 0;
    if (!store_prepare(data, err) || !choose_cases(conn, arena, all, &count, err))
        return false;
    for (size_t i = 0; i < count; i += 2) { /* every other case has a file */
        struct demo_file file = make_file(arena, &all[i], i / 2);
        if (!demo_file_add(conn, arena, data, &file, err))
            return false;
    }
    return true;
}
