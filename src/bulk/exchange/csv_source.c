#include "bulk/exchange/csv_source.h"

#include "bulk/exchange/format.h"
#include "service/csv.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct csv_file {
    struct csv_reader *reader;
    struct csv_fault fault;
};

static void file_close(void *what)
{
    (void)fclose(what); /* read only, so closing cannot lose data */
}

static bool file_rewind(void *context)
{
    struct csv_file *file = context;
    struct csv_record header;
    return csv_rewind(file->reader, &file->fault) && csv_next(file->reader, &header, &file->fault) == CSV_RECORD;
}

static enum load_step file_next(void *context, struct load_row *row, const char **broken)
{
    struct csv_file *file = context;
    struct csv_record record;
    switch (csv_next(file->reader, &record, &file->fault)) {
    case CSV_RECORD:
        *row = (struct load_row){record.line, record.count, record.cells};
        return LOAD_ROW;
    case CSV_END:
        return LOAD_END;
    case CSV_BROKEN:
        break;
    }
    row->line = file->fault.line;
    *broken = file->fault.message;
    return LOAD_BROKEN;
}

static double file_done(void *context)
{
    const struct csv_file *file = context;
    int64_t size = csv_size(file->reader);
    return size ? (double)csv_position(file->reader) / (double)size : 1;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void csv_source_add_fault(struct csv_sources *all, const char *name, int64_t line, const char *what,
                                 const char *message)
{
    buf_printf(&all->faults, "%s:%" PRId64 ": %s: %s\n", name, line, what, message);
}

static bool csv_source_is_taken(const struct csv_sources *all, const char *name)
{
    for (size_t i = 0; i < all->count; i++) {
        if (strcmp(all->sources[i].file, name) == 0)
            return true;
    }
    return false;
}

static bool csv_source_name_fits(struct csv_sources *all, const char *name)
{
    if (!format_of_file(name)) {
        csv_source_add_fault(
            all, name, 1, "file",
            "unknown; the files are picklists.csv, customers.csv, objects.csv, contacts.csv, accounts.csv, "
            "articles.csv, "
            "cases.csv, work_orders.csv, article_rows.csv, invoice_specifications.csv and files.csv");
    } else if (csv_source_is_taken(all, name)) {
        csv_source_add_fault(all, name, 1, "file", "given twice");
    } else {
        return true;
    }
    return false;
}

static const char *csv_source_folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_printf(arena, "%.*s", (int)(slash - path + 1), path).p : ".";
}

bool load_csv_open(struct arena *arena, FILE *stream, struct load_source *source, int64_t *line, const char **broken)
{
    struct csv_file *file = ARENA_NEW(arena, struct csv_file);
    struct csv_record record;
    file->reader = csv_open(arena, stream, &file->fault);
    enum csv_step step = file->reader ? csv_next(file->reader, &record, &file->fault) : CSV_BROKEN;
    if (step != CSV_RECORD) {
        *line = step == CSV_END ? 1 : file->fault.line;
        *broken = step == CSV_END ? "the file is empty; it needs at least a header" : file->fault.message;
        return false;
    }
    struct str *header = ARENA_ARRAY(arena, struct str, record.count);
    for (size_t i = 0; i < record.count; i++)
        header[i] = arena_str(arena, record.cells[i]);
    *source = (struct load_source){.header = header,
                                   .header_count = record.count,
                                   .rewind = file_rewind,
                                   .next = file_next,
                                   .done = file_done,
                                   .context = file};
    return true;
}

static void read_header(struct csv_sources *all, struct arena *arena, FILE *stream, const char *path, const char *name)
{
    struct load_source *source = &all->sources[all->count];
    int64_t line = 1;
    const char *broken = NULL;
    if (!load_csv_open(arena, stream, source, &line, &broken)) {
        csv_source_add_fault(all, name, line, "row", broken);
        return;
    }
    source->file = name;
    source->folder = csv_source_folder_of(arena, path);
    all->count++;
}

static bool csv_source_is_workbook(const char *name)
{
    struct str text = str_of(name), ending = STR(".xlsx");
    return text.n > ending.n && str_eq_nocase(str_slice(text, text.n - ending.n, text.n), ending);
}

/* Counts the sheets that are not empty. A workbook that cannot be read is reported later. */
static size_t count_filled(struct arena *arena, struct workbook *book)
{
    size_t filled = 0;
    for (size_t i = 0; i < workbook_count(book); i++) {
        struct workbook_fault fault;
        struct str *header;
        size_t count = 0;
        filled += !load_sheet_header(arena, book, i, &header, &count, &fault) || count > 0;
    }
    return filled;
}

static void add_sheet(struct csv_sources *all, struct arena *arena, struct workbook *book, size_t sheet,
                      const char *path, bool only)
{
    struct workbook_fault fault;
    struct str *header, name = workbook_sheet(book, sheet);
    size_t count = 0;
    const char *file = load_file_of_sheet(str_of(base_name(path)), name, only);
    const char *shown = file ? file : arena_printf(arena, "%s", base_name(path)).p;
    if (!load_sheet_header(arena, book, sheet, &header, &count, &fault)) {
        csv_source_add_fault(all, shown, fault.row, "row", fault.message);
        return;
    }
    if (!count && !file)
        return;
    if (!file) {
        csv_source_add_fault(all, shown, 1, "file",
                             "a sheet has none of the names of the files, such as customers or cases");
        return;
    }
    if (!csv_source_name_fits(all, file))
        return;
    struct load_source *source = &all->sources[all->count];
    if (!load_sheet_open(arena, book, sheet, all->data, source, &fault)) {
        csv_source_add_fault(all, file, fault.row, "row", fault.message);
        return;
    }
    source->file = file;
    source->folder = csv_source_folder_of(arena, path);
    all->count++;
}

static bool add_workbook(struct csv_sources *all, struct arena *arena, const char *path, struct err *err)
{
    struct workbook_fault fault;
    FILE *stream = fopen(path, "rbe");
    if (!stream)
        return err_errno(err, path);
    arena_on_release(arena, file_close, stream);
    struct workbook *book = workbook_open(arena, fileno(stream), all->data, &fault);
    if (!book) {
        csv_source_add_fault(all, base_name(path), fault.row, "file", fault.message);
        return true;
    }
    size_t filled = count_filled(arena, book);
    if (!filled)
        csv_source_add_fault(all, base_name(path), 1, "row", "it has no sheet with rows");
    for (size_t i = 0; i < workbook_count(book); i++)
        add_sheet(all, arena, book, i, path, filled == 1);
    return true;
}

static bool csv_source_add_file(struct csv_sources *all, struct arena *arena, const char *path, struct err *err)
{
    const char *name = arena_z(arena, str_of(base_name(path)));
    if (csv_source_is_workbook(name))
        return add_workbook(all, arena, path, err);
    if (!csv_source_name_fits(all, name))
        return true;
    FILE *stream = fopen(path, "rbe");
    if (!stream)
        return err_errno(err, path);
    arena_on_release(arena, file_close, stream);
    read_header(all, arena, stream, path, name);
    return true;
}

static int is_csv(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && str_ends(str_of(entry->d_name), STR(".csv"));
}

static bool csv_source_add_folder(struct csv_sources *all, struct arena *arena, const char *path, struct err *err)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_csv, alphasort);
    if (count < 0)
        return err_errno(err, path);
    bool ok = count > 0 || err_set(err, ERR_INVALID, NULL, "%s: no .csv file in this folder", path);
    for (int i = 0; i < count; i++) {
        ok = ok && csv_source_add_file(all, arena, arena_printf(arena, "%s/%s", path, entries[i]->d_name).p, err);
        free(entries[i]);
    }
    free(entries);
    return ok;
}

bool csv_sources_add(struct csv_sources *all, struct arena *arena, const char *path, struct err *err)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return err_errno(err, path);
    return S_ISDIR(info.st_mode) ? csv_source_add_folder(all, arena, path, err)
                                 : csv_source_add_file(all, arena, path, err);
}
