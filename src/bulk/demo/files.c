/* Files of customers, objects and cases. */
#include "base/clock.h"
#include "base/io.h"
#include "bulk/demo/rows.h"
#include "model/file.h"
#include "service/paper.h"
#include "service/store.h"

#include <sys/mman.h>
#include <unistd.h>

/* Number of customers with files. The largest one has many files, the next ones a few each. */
#define CUSTOMERS 24
#define BIG_OBJECTS 40
#define OBJECTS 4
#define CASES 30 /* the newest; every other one has a file */
#define DAY_US (INT64_C(24) * 3600 * US_PER_SECOND)

enum { PURPOSE_FILES = 50 };

struct demo_file {
    enum file_owner_kind owner_kind;
    struct str owner_number;
    const char *category;
    struct str folder, name, content; /* folder: the folder in exports */
    int64_t created;
};

struct filing {
    struct db_conn *conn;
    const struct world *world;
    struct str data;
    struct arena *arena;              /* for one customer or case */
    struct arena *kept;               /* for the manuals */
    struct str manuals[OBJECT_KINDS]; /* made when the first object of the kind needs one */
};

/* --- adding ------------------------------------------------------------------------------------------------------- */

static bool demo_file_store(struct filing *filing, const struct demo_file *file, struct stored *stored, struct err *err)
{
    int fd = memfd_create("file", MFD_CLOEXEC);
    if (fd < 0)
        return err_errno(err, "memfd_create");
    bool ok = (io_write(fd, file->content.p, file->content.n) || err_errno(err, "write")) &&
              store_put(filing->arena, filing->data, &store_unlimited, fd, file->name, stored, err);
    (void)close(fd);
    return ok;
}

static bool demo_file_add(struct filing *filing, const struct demo_file *file, struct err *err)
{
    struct stored stored;
    struct file_owner owner;
    struct arena *arena = filing->arena;
    int64_t category = 0;
    if (!demo_file_store(filing, file, &stored, err) ||
        !file_owner_find(filing->conn, arena, file->owner_kind, file->owner_number, &owner, err) ||
        !db_query_int(filing->conn, "SELECT id FROM picklist_item WHERE list = 'file_category' AND key = $1",
                      DB_ARGS(DB_TEXT(str_of(file->category))), NULL, &category, err))
        return false;
    const struct new_file_row row = {.owner_kind = owner.kind,
                                     .owner_id = owner.id,
                                     .category_id = category,
                                     .name = stored.name,
                                     .media_type = str_of(stored.media_type),
                                     .digest = stored.digest,
                                     .size = stored.size,
                                     .created = file->created,
                                     .visible = true,
                                     .path =
                                         arena_printf(arena, "%.*s/%.*s", STR_FMT(file->folder), STR_FMT(file->name))};
    return file_insert(filing->conn, arena, &row, err);
}

static struct str picture(const struct pictures *pictures, size_t nth)
{
    return pictures->items[nth % pictures->count];
}

/* --- documents ---------------------------------------------------------------------------------------------------- */

struct document {
    struct str title, text;
};

static void document_draw(struct paper *paper, const void *context)
{
    const struct document *document = context;
    struct str rest = document->text, line;
    paper_text(paper, PAPER_TITLE, document->title);
    while (str_cut(&rest, '\n', &line))
        paper_text(paper, PAPER_TEXT, line);
}

/* Makes a PDF of a title and a text; each line of the text is a paragraph. */
static bool document_make(struct arena *arena, struct str title, struct str text, int64_t created, struct str *pdf,
                          struct err *err)
{
    const struct document document = {title, text};
    const struct paper_info info = {
        .title = title, .author = STR("Björks Hiss & Service AB"), .lang = LANG_SV, .created_us = created};
    struct buf out;
    buf_init(&out, arena);
    bool ok = paper_make(arena, &info, document_draw, &document, &out, err);
    *pdf = buf_text(&out);
    return ok;
}

static bool agreement_add(struct filing *filing, int customer, struct err *err)
{
    const struct world *world = filing->world;
    const struct demo_customer *one = &world->customers[customer];
    struct arena *arena = filing->arena;
    struct dice dice = dice_of(world->seed, PURPOSE_FILES, (uint64_t)customer);
    int64_t created = world->end_us - (200 + dice_below(&dice, 340)) * DAY_US;
    struct str title = arena_printf(arena, "Serviceavtal %d", clock_local(created).year);
    struct str text = arena_printf(arena,
                                   "Mellan serviceföretaget och %.*s (kundnummer %.*s).\n"
                                   "1. Omfattning: felavhjälpning dygnet runt och planerad service av anläggningarna.\n"
                                   "2. Inställelse: inom två timmar vid akuta fel, annars inom tre arbetsdagar.\n"
                                   "3. Pris: enligt bilagd prislista, exklusive moms. Rabatt på material: %d procent.\n"
                                   "4. Fakturering: månadsvis i efterskott, sedan specifikationen har godkänts.\n"
                                   "5. Avtalstid: 24 månader, därefter tills vidare med tre månaders uppsägning.\n",
                                   STR_FMT(one->name), STR_FMT(one->number), customer == BIG ? 10 : 0);
    struct demo_file file = {.owner_kind = OWNER_CUSTOMER,
                             .owner_number = one->number,
                             .category = "avtal",
                             .folder = arena_printf(arena, "kunder/%.*s", STR_FMT(one->number)),
                             .name = arena_printf(arena, "%.*s.pdf", STR_FMT(title)),
                             .created = created};
    return document_make(arena, title, text, created, &file.content, err) && demo_file_add(filing, &file, err);
}

static bool manual_make(struct filing *filing, enum object_kind kind, struct demo_file *file, struct err *err)
{
    const char *machine = OBJECT_GROUP(kind)->label_sv;
    struct str *manual = &filing->manuals[kind];
    if (!manual->n && !document_make(filing->kept, arena_printf(filing->kept, "Skötselanvisning: %s", machine),
                                     STR("Varje vecka: lyssna efter ovanliga ljud och se efter läckage.\n"
                                         "Varje månad: gör ren filter och galler. Anteckna i journalen.\n"
                                         "Varje år: service och kontroll av behörig tekniker.\n"
                                         "Vid fel: stäng av huvudbrytaren och skapa ett ärende i kundportalen.\n"),
                                     filing->world->end_us, manual, err))
        return false;
    file->category = "manual";
    file->name = arena_printf(filing->arena, "Skötselanvisning %s.pdf", machine);
    file->content = *manual;
    return true;
}

/* Areas and properties have plans, machines have manuals, and every fourth machine has a photo. */
static bool object_files_add(struct filing *filing, int object, struct err *err)
{
    struct arena *arena = filing->arena;
    enum object_kind kind = filing->world->objects[object].kind;
    struct dice dice = dice_of(filing->world->seed, PURPOSE_FILES, UINT64_C(1) << 32 | (uint64_t)object);
    struct str number = object_number(arena, filing->world, object);
    struct demo_file file = {
        .owner_kind = OWNER_OBJECT,
        .owner_number = number,
        .category = "ritning",
        .folder = arena_printf(arena, "objekt/%.*s", STR_FMT(number)),
        .name = arena_printf(arena, "%s %.*s.png", kind == OBJECT_AREA ? "Översikt" : "Planritning", STR_FMT(number)),
        .content = picture(&plans, (size_t)object),
        .created = filing->world->end_us - (5 + dice_below(&dice, 500)) * DAY_US};
    bool machine = kind > OBJECT_PROPERTY;
    if ((machine && !manual_make(filing, kind, &file, err)) || !demo_file_add(filing, &file, err))
        return false;
    if (!machine || object % 4 != 0)
        return true;
    file.category = "foto";
    file.name = arena_printf(arena, "Foto %.*s.png", STR_FMT(number));
    file.content = picture(&photos, (size_t)object / 4);
    return demo_file_add(filing, &file, err);
}

static bool customer_files_add(struct filing *filing, int customer, struct err *err)
{
    const struct demo_customer *one = &filing->world->customers[customer];
    int most = customer == BIG ? BIG_OBJECTS : OBJECTS;
    bool ok = agreement_add(filing, customer, err);
    for (int i = 0; ok && i < most && i < one->object_count; i++)
        ok = object_files_add(filing, one->first_object + i, err);
    return ok;
}

/* --- cases -------------------------------------------------------------------------------------------------------- */

struct demo_subject {
    struct str number, title;
    int64_t created;
};

/* Every third file is a protocol; the others are photos. */
static bool case_file_add(struct filing *filing, const struct demo_subject *one, size_t nth, struct err *err)
{
    struct arena *arena = filing->arena;
    struct demo_file file = {.owner_kind = OWNER_CASE,
                             .owner_number = one->number,
                             .category = "foto",
                             .folder = arena_printf(arena, "arenden/%.*s", STR_FMT(one->number)),
                             .name = arena_printf(arena, "IMG_%04zu.png", 1001 + nth * 7),
                             .content = picture(&photos, nth),
                             .created = one->created};
    if (nth % 3 == 2) {
        file.category = "protokoll";
        file.name = arena_printf(arena, "protokoll-%.*s.txt", STR_FMT(one->number));
        file.content = arena_printf(arena,
                                    "Protokoll\n\nÄrende: %.*s\n%.*s\n\nKontrollerat av jourhavande tekniker.\nInga "
                                    "ytterligare anmärkningar.\n",
                                    STR_FMT(one->number), STR_FMT(one->title));
    }
    return demo_file_add(filing, &file, err);
}

static bool case_files_add(struct filing *filing, struct err *err)
{
    struct demo_subject newest[CASES];
    size_t count = 0;
    struct db_rows *rows = db_query(filing->conn, filing->kept,
                                    "SELECT created, number, title FROM cases ORDER BY created DESC, id DESC LIMIT $1",
                                    DB_ARGS(DB_INT(CASES)), err);
    for (; db_next(rows); count++)
        db_read(rows, TO(&newest[count].created), TO(&newest[count].number), TO(&newest[count].title));
    bool ok = db_done(rows, err);
    for (size_t i = 0; ok && i < count; i += 2)
        ok = case_file_add(filing, &newest[i], i / 2, err);
    return ok;
}

bool demo_files_add(struct db_conn *conn, const struct world *world, struct str data, struct err *err)
{
    struct filing filing = {
        .conn = conn, .world = world, .data = data, .arena = arena_create(), .kept = arena_create()};
    bool ok = store_prepare(data, err);
    for (int customer = 0; ok && customer < CUSTOMERS && customer < world->customer_count; customer++) {
        ok = customer_files_add(&filing, customer, err);
        arena_reset(filing.arena);
    }
    ok = ok && case_files_add(&filing, err);
    arena_destroy(filing.arena);
    arena_destroy(filing.kept);
    return ok;
}
