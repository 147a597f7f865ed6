#include "bulk/exchange/csv_source.h"

#include "bulk/exchange/load.h"
#include "bulk/exchange/mapping.h"
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
    return csv_rewind(file->reader, &file->fault);
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

void load_files_init(struct load_files *files, struct arena *arena, struct str data)
{
    *files = (struct load_files){.arena = arena, .data = data};
    buf_init(&files->faults, arena);
}

void load_files_fault(struct load_files *files, const char *name, int64_t line, const char *what, const char *message)
{
    buf_printf(&files->faults, "%s:%" PRId64 ": %s: %s\n", name, line, what, message);
}

static bool name_fits(struct load_files *files, const char *name)
{
    const char *fault = NULL;
    if (!format_of_file(name))
        fault = "unknown; the files are picklists.csv, customers.csv, objects.csv, contacts.csv, accounts.csv,"
                " articles.csv, cases.csv, work_orders.csv, article_rows.csv, invoice_specifications.csv and files.csv";
    for (size_t i = 0; !fault && i < files->count; i++)
        fault = strcmp(files->sources[i].file, name) == 0 ? "given twice" : NULL;
    if (fault)
        load_files_fault(files, name, 1, "file", fault);
    return !fault;
}

static const char *csv_source_folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_printf(arena, "%.*s", (int)(slash - path + 1), path).p : ".";
}

bool load_csv_open(struct arena *arena, FILE *stream, struct load_source *source, int64_t *line, const char **broken)
{
    struct csv_file *file = ARENA_NEW(arena, struct csv_file);
    struct csv_options options = {.encoding = source->mapping ? source->mapping->encoding : CSV_ANY};
    file->reader = csv_open(arena, stream, &options, &file->fault);
    if (!file->reader) {
        *line = file->fault.line;
        *broken = file->fault.message;
        return false;
    }
    source->rewind = file_rewind;
    source->next = file_next;
    source->done = file_done;
    source->context = file;
    return tidy_open(arena, source->file ? format_of_file(source->file) : NULL, source, line, broken);
}

/* Returns the source that comes next; it counts when it is open. */
static struct load_source *source_prepare(struct load_files *files, const struct load_source *as)
{
    struct load_source *source = &files->sources[files->count];
    *source = *as;
    return source;
}

bool load_files_add_csv(struct load_files *files, FILE *stream, const struct load_source *as)
{
    int64_t line = 1;
    const char *broken = NULL;
    if (!name_fits(files, as->file))
        return false;
    if (load_csv_open(files->arena, stream, source_prepare(files, as), &line, &broken)) {
        files->count++;
        return true;
    }
    load_files_fault(files, as->file, line, "row", broken);
    return false;
}

bool load_files_add_sheet(struct load_files *files, struct workbook *book, size_t sheet, const struct load_source *as)
{
    struct workbook_fault fault;
    if (!name_fits(files, as->file))
        return false;
    if (sheet_open(files->arena, book, sheet, files->data, source_prepare(files, as), &fault)) {
        files->count++;
        return true;
    }
    load_files_fault(files, as->file, fault.row, "row", fault.message);
    return false;
}

/* Returns how a file or sheet of this name is read; its file is NULL when nothing says it. */
static struct load_source source_named(struct load_files *files, struct str name, const char *path)
{
    const struct load_mapping *mapping = mapping_of_name(files->mappings, files->mapping_count, name);
    return (struct load_source){.mapping = mapping,
                                .file = mapping ? mapping->file : load_file_of_name(name),
                                .folder = csv_source_folder_of(files->arena, path)};
}

/* Counts the sheets that are not empty. A workbook that cannot be read is reported later. */
static size_t count_filled(struct arena *arena, struct workbook *book)
{
    size_t filled = 0;
    for (size_t i = 0; i < workbook_count(book); i++) {
        struct workbook_fault fault;
        const struct str *header = NULL;
        size_t count = 0;
        filled += !load_sheet_header(arena, book, i, &header, &count, &fault) || count > 0;
    }
    return filled;
}

static void add_sheet(struct load_files *files, struct workbook *book, size_t sheet, const char *path, bool only)
{
    struct workbook_fault fault;
    const struct str *header = NULL;
    struct str name = workbook_sheet(book, sheet);
    size_t count = 0;
    struct load_source as = source_named(files, only ? str_of(base_name(path)) : name, path);
    if (!as.mapping)
        as = source_named(files, name, path);
    const char *file = as.mapping ? as.file : load_file_of_sheet(str_of(base_name(path)), name, only);
    as.file = file;
    const char *shown = file ? file : arena_printf(files->arena, "%s", base_name(path)).p;
    if (!load_sheet_header(files->arena, book, sheet, &header, &count, &fault))
        load_files_fault(files, shown, fault.row, "row", fault.message);
    else if (file)
        (void)load_files_add_sheet(files, book, sheet, &as);
    else if (count)
        load_files_fault(files, shown, 1, "file",
                         "a sheet has none of the names of the files, such as customers or cases");
}

static void add_workbook(struct load_files *files, FILE *stream, const char *path)
{
    struct workbook_fault fault;
    struct workbook *book = workbook_open(files->arena, fileno(stream), files->data, &fault);
    if (!book) {
        load_files_fault(files, base_name(path), fault.row, "file", fault.message);
        return;
    }
    size_t filled = count_filled(files->arena, book);
    if (!filled)
        load_files_fault(files, base_name(path), 1, "row", "it has no sheet with rows");
    for (size_t i = 0; i < workbook_count(book); i++)
        add_sheet(files, book, i, path, filled == 1);
}

static bool csv_source_add_file(struct load_files *files, const char *path, struct err *err)
{
    const char *name = arena_z(files->arena, str_of(base_name(path)));
    bool workbook = load_is_workbook(str_of(name));
    struct load_source as = source_named(files, str_of(name), path);
    const char *file = as.mapping || load_is_csv(str_of(name)) ? as.file : NULL;
    name = file ? file : name;
    FILE *stream = workbook || file ? fopen(path, "rbe") : NULL;
    if (!stream)
        return (!workbook && !name_fits(files, name)) || err_errno(err, path);
    arena_on_release(files->arena, file_close, stream);
    if (workbook)
        add_workbook(files, stream, path);
    else
        (void)load_files_add_csv(files, stream, &as);
    return true;
}

static int is_csv(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && str_ends(str_of(entry->d_name), STR(".csv"));
}

static bool csv_source_add_folder(struct load_files *files, const char *path, struct err *err)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_csv, alphasort);
    if (count < 0)
        return err_errno(err, path);
    bool ok = count > 0 || err_set(err, ERR_INVALID, NULL, "%s: no .csv file in this folder", path);
    for (int i = 0; i < count; i++) {
        ok = ok && csv_source_add_file(files, arena_printf(files->arena, "%s/%s", path, entries[i]->d_name).p, err);
        free(entries[i]);
    }
    free(entries);
    return ok;
}

bool csv_sources_add(struct load_files *files, const char *path, struct err *err)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return err_errno(err, path);
    return S_ISDIR(info.st_mode) ? csv_source_add_folder(files, path, err) : csv_source_add_file(files, path, err);
}
