#include "service/csv_probe.h"

#include <string.h>

#define CHUNK 65536
#define END_OF_FILE (-1)
#define READ_FAILED (-2)

struct span {
    size_t from, to;
};

struct csv_reader {
    struct arena *record; /* memory of values that are not as they stand in the file */
    FILE *file;
    struct csv_probe probe;
    char delimiter;
    int64_t position, line, left; /* left: bytes that are not read into the chunk yet */
    struct buf text;              /* text of the record, unescaped */
    struct span spans[CSV_COLUMNS];
    struct str cells[CSV_COLUMNS];
    size_t count;
    const char *broken; /* the reason why the file cannot be read */
    int64_t broken_line;
    size_t at, n;
    unsigned char chunk[CHUNK];
};

static void csv_read_release(void *record)
{
    arena_destroy(record);
}

struct csv_reader *csv_open(struct arena *arena, FILE *file, const struct csv_options *options, struct csv_fault *fault)
{
    struct csv_reader *reader = ARENA_NEW(arena, struct csv_reader);
    reader->file = file;
    buf_init(&reader->text, arena);
    if (!csv_probe(file, options, &reader->probe, fault))
        return NULL;
    reader->record = arena_create();
    arena_on_release(arena, csv_read_release, reader->record);
    reader->delimiter = reader->probe.delimiter;
    return csv_rewind(reader, fault) ? reader : NULL;
}

bool csv_rewind(struct csv_reader *reader, struct csv_fault *fault)
{
    reader->position = reader->probe.start;
    reader->left = reader->probe.end - reader->probe.start;
    reader->line = reader->probe.first_line;
    reader->at = reader->n = 0;
    reader->broken = NULL;
    if (fseeko(reader->file, reader->probe.start, SEEK_SET) == 0)
        return true;
    *fault = (struct csv_fault){1, "the file cannot be read from its beginning: it must be a file, not a pipe"};
    return false;
}

int64_t csv_size(const struct csv_reader *reader)
{
    return reader->probe.end;
}

int64_t csv_position(const struct csv_reader *reader)
{
    return reader->position;
}

static int peek_byte(struct csv_reader *reader)
{
    if (reader->at == reader->n) {
        reader->n = fread(reader->chunk, 1, reader->left < CHUNK ? (size_t)reader->left : CHUNK, reader->file);
        reader->at = 0;
        reader->left -= (int64_t)reader->n;
        if (!reader->n)
            return ferror(reader->file) ? READ_FAILED : END_OF_FILE;
    }
    return reader->chunk[reader->at];
}

static void skip_byte(struct csv_reader *reader)
{
    reader->at++;
    reader->position++;
}

static bool csv_read_refuse(struct csv_reader *reader, int64_t line, const char *message)
{
    reader->broken = message;
    reader->broken_line = line;
    return false;
}

/* Ends a line after CR, LF or CR LF. */
static void end_line(struct csv_reader *reader, int c)
{
    reader->line++;
    if (c == '\r' && peek_byte(reader) == '\n')
        skip_byte(reader);
}

static bool add_byte(struct csv_reader *reader, int c, int64_t line, size_t from)
{
    if (c >= 0x80 && reader->probe.encoding != CSV_UTF8)
        csv_put_byte(&reader->text, reader->probe.encoding, (unsigned char)c);
    else
        buf_char(&reader->text, (char)c);
    if (reader->text.n - from > CSV_FIELD_BYTES)
        return csv_read_refuse(reader, line, "a value is longer than 1 MiB; is a quotation mark missing?");
    if (reader->text.n > CSV_RECORD_BYTES)
        return csv_read_refuse(reader, line, "a row is longer than 4 MiB; is a quotation mark missing?");
    return true;
}

/* Reads from after the opening quotation mark to after the closing one. Line breaks in between stay as they are. */
static bool read_quoted(struct csv_reader *reader, size_t from)
{
    int64_t line = reader->line;
    for (;;) {
        int c = peek_byte(reader);
        if (c == READ_FAILED)
            return csv_read_refuse(reader, reader->line, "the file cannot be read any further");
        if (c == END_OF_FILE)
            return csv_read_refuse(reader, line, "a quotation mark is opened and never closed");
        skip_byte(reader);
        if (c == '"') {
            if (peek_byte(reader) != '"')
                return true;
            skip_byte(reader);
        }
        if (c == '\n' || (c == '\r' && peek_byte(reader) != '\n'))
            reader->line++;
        if (!add_byte(reader, c, line, from))
            return false;
    }
}

static bool at_end_of_field(const struct csv_reader *reader, int c)
{
    return c < 0 || c == '\n' || c == '\r' || c == reader->delimiter;
}

/* Reads the text of one field, up to but without the character that ends it. */
static bool csv_read_field(struct csv_reader *reader, size_t from)
{
    int c = peek_byte(reader);
    if (c == '"') {
        skip_byte(reader);
        if (!read_quoted(reader, from))
            return false;
        if (!at_end_of_field(reader, peek_byte(reader)))
            return csv_read_refuse(
                reader, reader->line,
                "text after a closing quotation mark; quotation marks inside a value are written twice");
        return true;
    }
    while (!at_end_of_field(reader, c)) {
        skip_byte(reader);
        if (!add_byte(reader, c, reader->line, from))
            return false;
        c = peek_byte(reader);
    }
    return true;
}

/* Reads the fields of one line; *quoted says that there was a quotation mark. */
static bool read_line(struct csv_reader *reader, bool *quoted)
{
    reader->count = 0;
    buf_clear(&reader->text);
    *quoted = false;
    for (;;) {
        if (reader->count == CSV_COLUMNS)
            return csv_read_refuse(reader, reader->line, "a row has more than 500 values");
        size_t from = reader->text.n;
        *quoted = *quoted || peek_byte(reader) == '"';
        if (!csv_read_field(reader, from))
            return false;
        reader->spans[reader->count++] = (struct span){from, reader->text.n};
        int c = peek_byte(reader);
        if (c == READ_FAILED)
            return csv_read_refuse(reader, reader->line, "the file cannot be read any further");
        if (c == END_OF_FILE)
            return true;
        skip_byte(reader);
        if (c == reader->delimiter)
            continue;
        end_line(reader, c);
        return true;
    }
}

enum csv_step csv_next(struct csv_reader *reader, struct csv_record *record, struct csv_fault *fault)
{
    bool quoted = false;
    do {
        record->line = reader->line;
        if (peek_byte(reader) == END_OF_FILE)
            return CSV_END;
        if (!read_line(reader, &quoted)) {
            *fault = (struct csv_fault){reader->broken_line, reader->broken};
            return CSV_BROKEN;
        }
    } while (reader->count == 1 && !reader->text.n && !quoted);
    struct str text = buf_text(&reader->text);
    bool added = str_find_char(text, '\'') >= 0;
    if (added)
        arena_reset(reader->record);
    for (size_t i = 0; i < reader->count; i++) {
        struct span span = reader->spans[i];
        struct str cell = str_slice(text, span.from, span.to);
        reader->cells[i] = added ? csv_undefused(reader->record, cell) : cell;
    }
    record->count = reader->count;
    record->cells = reader->cells;
    return CSV_RECORD;
}
