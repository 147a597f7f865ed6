/* Reads parts of the archive and unpacks them while reading, never to more bytes than the size of the file allows. */
#include "service/workbook_parts.h"

#include <archive.h>
#include <archive_entry.h>
#include <expat.h>
#include <string.h>
#include <unistd.h>

#define ENTRIES 10000
#define DEPTH 64
#define CHUNK 65536
/* How many bytes of one tag the parser may hold. */
#define TAG_BYTES (2 * 1024 * 1024)
/* Small files may unpack to this much, whatever their size. */
#define FREE_BYTES (16 * 1024 * 1024)

static const char BROKEN[] = "it is damaged, or no workbook (XLSX)";

struct xml {
    XML_Parser parser;
    const struct xml_reader *reader;
    int depth;
    bool stopped;
    const char *fault; /* NULL: stopped with success */
};

bool xml_refuse(struct xml *xml, const char *message)
{
    xml->stopped = true;
    xml->fault = message;
    (void)XML_StopParser(xml->parser, XML_FALSE);
    return false;
}

/* Returns the name without its namespace, which expat puts before it with a blank. */
static const char *local_name(const char *name)
{
    const char *blank = strrchr(name, ' ');
    return blank ? blank + 1 : name;
}

struct str xml_attribute(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2) {
        if (strcmp(local_name(attributes[i]), name) == 0)
            return str_of(attributes[i + 1]);
    }
    return STR_NONE;
}

static void XMLCALL on_open(void *context, const char *name, const char **attributes)
{
    struct xml *xml = context;
    if (xml->stopped)
        return;
    if (++xml->depth > DEPTH)
        (void)xml_refuse(xml, "its parts lie too deep in each other");
    else if (xml->reader->open)
        (void)xml->reader->open(xml->reader->context, xml, local_name(name), (const char *const *)attributes);
}

static void XMLCALL on_close(void *context, const char *name)
{
    struct xml *xml = context;
    xml->depth--;
    if (!xml->stopped && xml->reader->close)
        (void)xml->reader->close(xml->reader->context, xml, local_name(name));
}

static void XMLCALL on_text(void *context, const char *text, int n)
{
    struct xml *xml = context;
    if (!xml->stopped && xml->reader->text)
        (void)xml->reader->text(xml->reader->context, xml, (struct str){text, (size_t)n});
}

static void XMLCALL on_doctype(void *context, const char *name, const char *system, const char *public, int internal)
{
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    (void)xml_refuse(context, "it has a document type, which no workbook has");
}

static bool xml_begin(struct xml *xml)
{
    xml->parser = XML_ParserCreateNS(NULL, ' ');
    if (!xml->parser)
        return false;
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_open, on_close);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    return true;
}

/* Parses some bytes. Returns false if no more are needed, or if xml->fault gives a reason. */
static bool xml_feed(struct xml *xml, const char *bytes, size_t n, int64_t fed)
{
    if (XML_Parse(xml->parser, bytes, (int)n, n == 0) != XML_STATUS_OK) {
        if (!xml->stopped)
            (void)xml_refuse(xml, BROKEN);
        return false;
    }
    if (n && fed + (int64_t)n - XML_GetCurrentByteIndex(xml->parser) > TAG_BYTES)
        return xml_refuse(xml, "one of its tags is too long");
    return !xml->stopped;
}

/* --- the archive -------------------------------------------------------------------------------------------------- */

static bool workbook_xml_fail(struct workbook_fault *fault, const char *message)
{
    *fault = (struct workbook_fault){1, message};
    return false;
}

bool workbook_measure(const struct workbook *book, int64_t bytes)
{
    return bytes <= WORKBOOK_BYTES && bytes <= FREE_BYTES + book->size * WORKBOOK_RATIO;
}

static bool parse_entry(struct workbook *book, struct archive *archive, struct xml *xml)
{
    char chunk[CHUNK];
    int64_t fed = 0;
    la_ssize_t n;
    while ((n = archive_read_data(archive, chunk, sizeof chunk)) > 0) {
        book->unpacked += n;
        if (!workbook_measure(book, book->unpacked))
            return xml_refuse(xml, WORKBOOK_TOO_LARGE);
        if (!xml_feed(xml, chunk, (size_t)n, fed))
            return xml->fault == NULL;
        fed += n;
    }
    if (n < 0)
        return xml_refuse(xml, BROKEN);
    return xml_feed(xml, chunk, 0, fed) || xml->fault == NULL;
}

static bool read_entry(struct workbook *book, struct archive *archive, const struct xml_reader *reader,
                       struct workbook_fault *fault)
{
    struct xml xml = {.reader = reader};
    if (!xml_begin(&xml))
        return workbook_xml_fail(fault, "there is no memory to read it");
    bool ok = parse_entry(book, archive, &xml);
    XML_ParserFree(xml.parser);
    return ok || workbook_xml_fail(fault, xml.fault);
}

static bool is_entry(struct archive_entry *entry, struct str path)
{
    const char *name = archive_entry_pathname_utf8(entry);
    return name && str_eq_nocase(str_of(name), path);
}

/* Returns 1 if the entry was found, 0 if it does not exist, -1 if the archive is damaged or has too many entries. */
static int find_entry(struct archive *archive, struct str path)
{
    struct archive_entry *entry;
    for (int i = 0; i < ENTRIES; i++) {
        int status = archive_read_next_header(archive, &entry);
        if (status == ARCHIVE_EOF)
            return 0;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return -1;
        if (is_entry(entry, path))
            return 1;
    }
    return -1;
}

static struct archive *archive_begin(const struct workbook *book)
{
    struct archive *archive = archive_read_new();
    if (archive && lseek(book->fd, 0, SEEK_SET) == 0 &&
        archive_read_support_format_zip_seekable(archive) == ARCHIVE_OK &&
        archive_read_open_fd(archive, book->fd, CHUNK) == ARCHIVE_OK)
        return archive;
    if (archive)
        (void)archive_read_free(archive);
    return NULL;
}

bool part_read(struct workbook *book, struct str path, const struct xml_reader *reader, bool *found,
               struct workbook_fault *fault)
{
    struct archive *archive = archive_begin(book);
    int at = archive ? find_entry(archive, path) : -1;
    bool ok = at > 0 ? read_entry(book, archive, reader, fault) : at == 0 && found;
    if (at < 0 || (at == 0 && !found))
        (void)workbook_xml_fail(fault, BROKEN);
    if (found)
        *found = at > 0;
    if (archive)
        (void)archive_read_free(archive);
    return ok;
}
