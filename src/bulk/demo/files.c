#include "bulk/demo/files.h"

#include "base/clock.h"
#include "bulk/demo/pdf.h"
#include "bulk/demo/picture.h"
#include "service/store.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

/* Number of customers with files. The largest one has many files, the next ones a few each. */
#define CUSTOMERS 24
#define BIG_OBJECTS 40
#define OBJECTS 4
#define DAY_US (INT64_C(24) * 3600 * US_PER_SECOND)

enum { PURPOSE_FILES = 50 };

static bool demo_files_write_all(int fd, struct str content)
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

static bool demo_file_store(struct arena *arena, struct str data, const struct demo_file *file, struct stored *stored,
                            struct err *err)
{
    int fd = memfd_create("file", MFD_CLOEXEC);
    if (fd < 0)
        return err_errno(err, "memfd_create");
    bool ok = (demo_files_write_all(fd, file->content) || err_errno(err, "write")) &&
              store_put(arena, data, fd, file->name, stored, err);
    (void)close(fd);
    return ok;
}

bool demo_file_add(struct db_conn *conn, struct arena *arena, struct str data, const struct demo_file *file,
                   struct err *err)
{
    struct stored stored;
    struct file_owner owner;
    int64_t category = 0;
    if (!demo_file_store(arena, data, file, &stored, err) ||
        !file_owner_find(conn, arena, file->owner_kind, file->owner_number, &owner, err) ||
        !db_query_int(conn, "SELECT id FROM picklist_item WHERE list = 'file_category' AND key = $1",
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
    return file_insert(conn, arena, &row, err);
}

static struct demo_file agreement(struct arena *arena, const struct world *world, int customer)
{
    const struct demo_customer *one = &world->customers[customer];
    struct dice dice = dice_of(world->seed, PURPOSE_FILES, (uint64_t)customer);
    int64_t created = world->end_us - (200 + dice_below(&dice, 340)) * DAY_US;
    int year = clock_local(created).year;
    struct str text = arena_printf(arena,
                                   "Mellan serviceföretaget och %.*s (kundnummer %.*s).\n\n"
                                   "1. Omfattning: felavhjälpning dygnet runt och planerad service av anläggningarna.\n"
                                   "2. Inställelse: inom två timmar vid akuta fel, annars inom tre arbetsdagar.\n"
                                   "3. Pris: enligt bilagd prislista, exklusive moms. Rabatt på material: %d procent.\n"
                                   "4. Fakturering: månadsvis i efterskott, sedan specifikationen har godkänts.\n"
                                   "5. Avtalstid: 24 månader, därefter tills vidare med tre månaders uppsägning.\n",
                                   STR_FMT(one->name), STR_FMT(one->number), customer == BIG ? 10 : 0);
    return (struct demo_file){.owner_kind = OWNER_CUSTOMER,
                              .owner_number = one->number,
                              .category = "avtal",
                              .folder = arena_printf(arena, "kunder/%.*s", STR_FMT(one->number)),
                              .name = arena_printf(arena, "Serviceavtal %d.pdf", year),
                              .content = pdf_page(arena, arena_printf(arena, "Serviceavtal %d", year), text),
                              .created = created};
}

/* Areas and properties have plans, machines have manuals, and every fourth machine has a photo. */
static struct demo_file object_file(struct arena *arena, const struct world *world, int object, bool photo)
{
    const struct demo_object *one = &world->objects[object];
    struct dice dice = dice_of(world->seed, PURPOSE_FILES, UINT64_C(1) << 32 | (uint64_t)object);
    struct str number = object_number(arena, world, object);
    struct demo_file file = {.owner_kind = OWNER_OBJECT,
                             .owner_number = number,
                             .category = photo ? "foto" : "ritning",
                             .folder = arena_printf(arena, "objekt/%.*s", STR_FMT(number)),
                             .created = world->end_us - (5 + dice_below(&dice, 500)) * DAY_US};
    if (photo) {
        file.name = arena_printf(arena, "Foto %.*s.png", STR_FMT(number));
        file.content = picture_png(arena, (unsigned)object);
    } else if (one->kind <= OBJECT_PROPERTY) {
        file.name = arena_printf(arena, one->kind == OBJECT_AREA ? "Översikt %.*s.png" : "Planritning %.*s.png",
                                 STR_FMT(number));
        file.content = drawing_png(arena, (unsigned)object);
    } else {
        file.category = "manual";
        file.name = arena_printf(arena, "Skötselanvisning %s.pdf", object_group_labels[one->kind][0]);
        file.content = pdf_page(arena, arena_printf(arena, "Skötselanvisning: %s", object_group_labels[one->kind][0]),
                                STR("Varje vecka: lyssna efter ovanliga ljud och se efter läckage.\n"
                                    "Varje månad: gör ren filter och galler. Anteckna i journalen.\n"
                                    "Varje år: service och kontroll av behörig tekniker.\n\n"
                                    "Vid fel: stäng av huvudbrytaren och skapa ett ärende i kundportalen.\n"));
    }
    return file;
}

static bool demo_files_add_object(struct db_conn *conn, struct arena *arena, const struct world *world, struct str data,
                                  int object, struct err *err)
{
    struct demo_file file = object_file(arena, world, object, false);
    if (!demo_file_add(conn, arena, data, &file, err))
        return false;
    if (world->objects[object].kind <= OBJECT_PROPERTY || object % 4 != 0)
        return true;
    file = object_file(arena, world, object, true);
    return demo_file_add(conn, arena, data, &file, err);
}

static bool add_customer(struct db_conn *conn, struct arena *arena, const struct world *world, struct str data,
                         int customer, struct err *err)
{
    const struct demo_customer *one = &world->customers[customer];
    int most = customer == BIG ? BIG_OBJECTS : OBJECTS;
    struct demo_file file = agreement(arena, world, customer);
    bool ok = demo_file_add(conn, arena, data, &file, err);
    for (int i = 0; ok && i < most && i < one->object_count; i++) {
        arena_reset(arena);
        ok = demo_files_add_object(conn, arena, world, data, one->first_object + i, err);
    }
    return ok;
}

bool demo_files_add(struct db_conn *conn, const struct world *world, struct str data, struct err *err)
{
    struct arena *one = arena_create();
    bool ok = store_prepare(data, err);
    for (int customer = 0; ok && customer < CUSTOMERS && customer < world->customer_count; customer++) {
        ok = add_customer(conn, one, world, data, customer, err);
        arena_reset(one);
    }
    arena_destroy(one);
    return ok;
}
