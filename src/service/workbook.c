#include "service/workbook_parts.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- the places of its parts -------------------------------------------------------------------------------------- */

struct relations {
    struct workbook *book;
    struct str folder; /* the folder of the part that has these relations */
};

static struct str workbook_folder_of(struct str path)
{
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return str_slice(path, 0, at);
}

/*
 * Returns the path of a target, which is relative to the folder of the part that refers to it, or starts at the top
 * with `/`.
 */
static struct str target_path(const struct relations *relations, struct str target)
{
    struct arena *arena = relations->book->arena;
    if (str_starts(target, STR("/")))
        return arena_str(arena, str_slice(target, 1, target.n));
    struct str folder = relations->folder;
    while (str_starts(target, STR("../"))) {
        target = str_slice(target, 3, target.n);
        folder = folder.n ? workbook_folder_of(str_slice(folder, 0, folder.n - 1)) : folder;
    }
    return arena_printf(arena, "%.*s%.*s", STR_FMT(folder), STR_FMT(target));
}

static bool relation_open(void *context, struct xml *xml, const char *name, const char *const *attributes)
{
    struct relations *relations = context;
    struct workbook *book = relations->book;
    struct str type = xml_attribute(attributes, "Type"), id = xml_attribute(attributes, "Id");
    struct str target = xml_attribute(attributes, "Target");
    (void)xml;
    if (!str_eqz(str_of(name), "Relationship") || target.n > 1000)
        return true;
    if (str_ends(type, STR("/officeDocument")))
        book->book_path = target_path(relations, target);
    else if (str_ends(type, STR("/styles")))
        book->styles_path = target_path(relations, target);
    else if (str_ends(type, STR("/sharedStrings")))
        book->strings_path = target_path(relations, target);
    for (size_t i = 0; str_ends(type, STR("/worksheet")) && i < book->sheet_count; i++) {
        if (str_eq(book->sheets[i].id, id))
            book->sheets[i].path = target_path(relations, target);
    }
    return true;
}

static bool relations_read(struct workbook *book, struct str of, struct workbook_fault *fault)
{
    struct relations relations = {book, workbook_folder_of(of)};
    struct xml_reader reader = {.open = relation_open, .context = &relations};
    struct str name = str_slice(of, relations.folder.n, of.n);
    struct str path = arena_printf(book->arena, "%.*s_rels/%.*s.rels", STR_FMT(relations.folder), STR_FMT(name));
    return part_read(book, path, &reader, NULL, fault);
}

/* --- its sheets --------------------------------------------------------------------------------------------------- */

static bool book_open(void *context, struct xml *xml, const char *name, const char *const *attributes)
{
    struct workbook *book = context;
    struct str value = xml_attribute(attributes, "date1904");
    if (str_eqz(str_of(name), "workbookPr"))
        book->from_1904 = str_eqz(value, "1") || str_eqz(value, "true");
    if (!str_eqz(str_of(name), "sheet"))
        return true;
    if (book->sheet_count == WORKBOOK_SHEETS)
        return xml_refuse(xml, "it has too many sheets");
    struct str sheet = xml_attribute(attributes, "name"), id = xml_attribute(attributes, "id");
    book->sheets[book->sheet_count++] =
        (struct sheet_part){.name = arena_str(book->arena, utf8_prefix(sheet, 100)), .id = arena_str(book->arena, id)};
    return true;
}

/* Removes sheets without rows: diagrams count as sheets too. */
static void drop_others(struct workbook *book)
{
    size_t kept = 0;
    for (size_t i = 0; i < book->sheet_count; i++) {
        if (book->sheets[i].path.n)
            book->sheets[kept++] = book->sheets[i];
    }
    book->sheet_count = kept;
}

static bool read_parts(struct workbook *book, struct str data, struct workbook_fault *fault)
{
    struct xml_reader sheets = {.open = book_open, .context = book};
    if (!relations_read(book, STR_NONE, fault))
        return false;
    if (!book->book_path.n) {
        *fault = (struct workbook_fault){1, "it is no workbook (XLSX)"};
        return false;
    }
    if (!part_read(book, book->book_path, &sheets, NULL, fault) || !relations_read(book, book->book_path, fault))
        return false;
    drop_others(book);
    return styles_read(book, fault) && strings_read(book, data, fault);
}

struct workbook *workbook_open(struct arena *arena, int fd, struct str data, struct workbook_fault *fault)
{
    struct workbook *book = ARENA_NEW(arena, struct workbook);
    struct stat facts;
    *book = (struct workbook){.arena = arena, .fd = fd};
    if (fstat(fd, &facts) != 0) {
        *fault = (struct workbook_fault){1, "it cannot be read"};
        return NULL;
    }
    book->size = facts.st_size;
    return read_parts(book, data, fault) ? book : NULL;
}

size_t workbook_count(const struct workbook *book)
{
    return book->sheet_count;
}

struct str workbook_sheet(const struct workbook *book, size_t sheet)
{
    return book->sheets[sheet].name;
}

/* --- room for texts that do not fit into memory ------------------------------------------------------------------- */

static void workbook_close_stream(void *stream)
{
    (void)fclose(stream); /* the file is not read again */
}

FILE *workbook_scratch(struct arena *arena, struct str data)
{
    struct str folder = arena_printf(arena, "%.*s/tmp", STR_FMT(data));
    int fd = open(folder.p, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    FILE *stream = fd >= 0 ? fdopen(fd, "w+b") : tmpfile();
    if (stream)
        arena_on_release(arena, workbook_close_stream, stream);
    else if (fd >= 0)
        (void)close(fd);
    return stream;
}
