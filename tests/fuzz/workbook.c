/*
 * Workbooks from outside. An input is an archive as it is, or, since a changed byte in one is caught by its checksums,
 * the parts to make one of: each begins with a line `--- PATH`. Text that is read must be valid and within its limits.
 */
#include "service/workbook.h"
#include "service/csv.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MARK "--- "

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void add_part(struct archive *archive, struct str path, struct str text)
{
    char name[256];
    struct archive_entry *entry = archive_entry_new();
    (void)snprintf(name, sizeof name, "%.*s", (int)(path.n < 200 ? path.n : 200), path.p);
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)text.n);
    if (archive_write_header(archive, entry) == ARCHIVE_OK)
        (void)archive_write_data(archive, text.p, text.n);
    archive_entry_free(entry);
}

static void write_parts(int fd, struct str input)
{
    struct archive *archive = archive_write_new();
    must(archive_write_set_format_zip(archive) == ARCHIVE_OK &&
         archive_write_zip_set_compression_store(archive) == ARCHIVE_OK &&
         archive_write_open_fd(archive, fd) == ARCHIVE_OK);
    while (str_starts(input, STR(MARK))) {
        struct str rest = str_slice(input, sizeof MARK - 1, input.n), path = STR_NONE;
        (void)str_cut(&rest, '\n', &path);
        ptrdiff_t end = str_find(rest, STR("\n" MARK));
        if (path.n && path.p[0]) /* a part without a name is no part */
            add_part(archive, path, end < 0 ? rest : str_slice(rest, 0, (size_t)end));
        input = end < 0 ? STR_NONE : str_slice(rest, (size_t)end + 1, rest.n);
    }
    (void)archive_write_free(archive);
}

static bool check_row(void *context, int64_t row, const struct str *cells, size_t count)
{
    int64_t *last = context;
    size_t bytes = 0;
    must(row > *last && count >= 1 && count <= CSV_COLUMNS && cells[count - 1].n > 0);
    for (size_t i = 0; i < count; i++) {
        must(utf8_valid(cells[i]));
        bytes += cells[i].n;
    }
    must(bytes <= CSV_RECORD_BYTES);
    *last = row;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct workbook_fault fault = {0};
    struct str input = {(const char *)data, size};
    int fd = memfd_create("workbook", MFD_CLOEXEC);
    must(fd >= 0);
    if (str_starts(input, STR(MARK)))
        write_parts(fd, input);
    else
        must(write(fd, data, size) == (ssize_t)size);
    struct arena *arena = arena_create();
    struct workbook *book = workbook_open(arena, fd, STR("/nowhere"), &fault);
    must(book || fault.message);
    for (size_t i = 0; book && i < workbook_count(book) && i < 3; i++) {
        int64_t last = 0;
        must(utf8_valid(workbook_sheet(book, i)));
        if (!workbook_rows(book, i, check_row, &last, &fault))
            must(fault.message && fault.row >= 1);
    }
    arena_destroy(arena);
    must(close(fd) == 0);
    return 0;
}
