/* Kinds by content, found where the programs that open them look: at the beginning, near it, or at the end. */
#include "base/io.h"
#include "service/store_kinds.h"

#include <string.h>

enum { SECTOR_MAX = 4096, FOLDER_SECTORS = 64, ZIP_END = 22, ZIP_ENTRY = 46, ZIP_LOCAL = 30, ZIP_TAIL = 66000 };

static bool has_at(const unsigned char *head, size_t n, size_t at, const char *magic, size_t size)
{
    return n >= at + size && memcmp(head + at, magic, size) == 0;
}
#define HAS_AT(at, magic) has_at(head, n, (at), (magic), sizeof(magic) - 1)

static uint32_t little(const unsigned char *at, size_t bytes)
{
    uint32_t value = 0;
    for (size_t i = bytes; i > 0; i--)
        value = value << 8 | at[i - 1];
    return value;
}

/* Reads up to n bytes at a place of the content. Returns how many. */
static size_t content_read(const struct store_content *content, int64_t at, unsigned char *bytes, size_t n)
{
    if (at < 0 || at >= content->size)
        return 0;
    if (content->fd >= 0 && at + (int64_t)n > (int64_t)content->n) {
        ssize_t got = io_read(content->fd, bytes, n, at);
        return got > 0 ? (size_t)got : 0;
    }
    size_t left = (uint64_t)at < content->n ? content->n - (size_t)at : 0;
    n = left < n ? left : n;
    memcpy(bytes, content->head + at, n);
    return n;
}

/* --- pictures, films and sound ------------------------------------------------------------------------------------ */

struct magic {
    unsigned at, size;
    const char bytes[12];
    const char *media_type;
};
#define MAGIC(at, bytes, type)                                                                                         \
    {                                                                                                                  \
        (at), sizeof(bytes) - 1, bytes, type                                                                           \
    }

static const char *by_magic(const struct magic *magic, size_t count, const unsigned char *head, size_t n)
{
    for (size_t i = 0; i < count; i++) {
        if (has_at(head, n, magic[i].at, magic[i].bytes, magic[i].size))
            return magic[i].media_type;
    }
    return NULL;
}

/* The first brand of a known family; a general one, such as `mif1`, stands below those that say more. */
static const char *of_brand(const unsigned char *brand, bool general)
{
    static const struct magic BRANDS[] = {
        MAGIC(0, "avif", "image/avif"), MAGIC(0, "avis", "image/avif"),      MAGIC(0, "hei", "image/heic"),
        MAGIC(0, "hev", "image/heic"),  MAGIC(0, "qt  ", "video/quicktime"), MAGIC(0, "3g", "video/3gpp"),
        MAGIC(0, "M4A", "audio/mp4"),   MAGIC(0, "M4B", "audio/mp4"),        MAGIC(0, "M4V", "video/mp4"),
        MAGIC(0, "mp4", "video/mp4"),   MAGIC(0, "avc1", "video/mp4"),       MAGIC(0, "hvc1", "video/mp4"),
        MAGIC(0, "mmp4", "video/mp4"),  MAGIC(0, "MSNV", "video/mp4"),       MAGIC(0, "XAVC", "video/mp4"),
        MAGIC(0, "dash", "video/mp4"),  MAGIC(0, "f4v ", "video/mp4"),
    };
    static const struct magic GENERAL[] = {MAGIC(0, "iso", "video/mp4"), MAGIC(0, "mif", "image/heic"),
                                           MAGIC(0, "msf", "image/heic")};
    const char *type = by_magic(BRANDS, sizeof BRANDS / sizeof *BRANDS, brand, 4);
    return type || !general ? type : by_magic(GENERAL, sizeof GENERAL / sizeof *GENERAL, brand, 4);
}

/* ISO base media: the first box names brands. The major brand may be general, so the compatible ones are asked too. */
static const char *sniff_brands(const unsigned char *head, size_t n)
{
    size_t size = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    if (size < 16 || size > n)
        return NULL;
    for (int general = 0; general < 2; general++) {
        for (size_t at = 8; at + 4 <= size; at += at == 8 ? 8 : 4) {
            const char *type = of_brand(head + at, general == 1);
            if (type)
                return type;
        }
    }
    return NULL;
}

/* Films of older cameras begin with another box. */
static bool is_old_quicktime(const unsigned char *head, size_t n)
{
    static const char BOXES[][5] = {"moov", "mdat", "free", "skip", "wide", "pnot"};
    for (size_t i = 0; n >= 8 && head[0] < 0x20 && i < sizeof BOXES / sizeof *BOXES; i++) {
        if (memcmp(head + 4, BOXES[i], 4) == 0)
            return true;
    }
    return false;
}

/* `BM` begins many texts too: the four bytes after the size are zero, and the head of the picture has a known size. */
static bool is_bitmap(const unsigned char *head, size_t n)
{
    return n >= 26 && HAS_AT(0, "BM") && HAS_AT(6, "\0\0\0\0") && little(head + 14, 4) <= 124;
}

/* --- office files and archives ------------------------------------------------------------------------------------ */

struct archive_signs {
    bool types; /* [Content_Types].xml */
    const char *office;
    int64_t mimetype; /* where the local entry `mimetype` is; -1: nowhere */
};

static void archive_sign(struct archive_signs *signs, const unsigned char *head, size_t n, int64_t local)
{
    static const struct magic PARTS[] = {MAGIC(0, "word/", STORE_DOCX), MAGIC(0, "xl/", STORE_XLSX),
                                         MAGIC(0, "ppt/", STORE_PPTX)};
    const char *office = by_magic(PARTS, sizeof PARTS / sizeof *PARTS, head, n);
    if (office)
        signs->office = office;
    if (n == 19 && HAS_AT(0, "[Content_Types].xml"))
        signs->types = true;
    if (n == 8 && HAS_AT(0, "mimetype"))
        signs->mimetype = local;
}

/* Finds the list of entries, which the record at the end of an archive points to. Returns false without one. */
static bool find_entries(const struct store_content *content, int64_t *at, size_t *count)
{
    unsigned char end[ZIP_END];
    for (int64_t back = ZIP_END; back <= content->size && back <= ZIP_TAIL; back++) {
        if (content_read(content, content->size - back, end, sizeof end) == sizeof end &&
            memcmp(end, "PK\5\6", 4) == 0) {
            *count = little(end + 10, 2);
            *at = little(end + 16, 4);
            return true;
        }
    }
    return false;
}

/* The parts of an office file may stand in any order, so all names of the archive are read. */
static bool read_entries(const struct store_content *content, struct archive_signs *signs)
{
    int64_t at = 0;
    size_t count = 0;
    if (!find_entries(content, &at, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        unsigned char entry[ZIP_ENTRY + 32];
        size_t n = content_read(content, at, entry, sizeof entry);
        if (n < ZIP_ENTRY || memcmp(entry, "PK\1\2", 4) != 0)
            return false;
        size_t name = little(entry + 28, 2), rest = little(entry + 30, 2) + little(entry + 32, 2);
        archive_sign(signs, entry + ZIP_ENTRY, name < n - ZIP_ENTRY ? name : n - ZIP_ENTRY, little(entry + 42, 4));
        at += (int64_t)(ZIP_ENTRY + name + rest);
    }
    return true;
}

static const char *of_mimetype(const struct store_content *content, int64_t at)
{
    static const char *const TYPES[] = {
        "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.graphics"};
    unsigned char head[ZIP_LOCAL + 300];
    size_t n = content_read(content, at, head, sizeof head);
    if (n < ZIP_LOCAL)
        return NULL;
    size_t from = ZIP_LOCAL + little(head + 26, 2) + little(head + 28, 2), size = little(head + 22, 4);
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        if (size == strlen(TYPES[i]) && has_at(head, n, from, TYPES[i], size))
            return TYPES[i];
    }
    return NULL;
}

static const char *sniff_archive(const struct store_content *content)
{
    struct archive_signs signs = {.mimetype = -1};
    if (!read_entries(content, &signs))
        return NULL;
    const char *open_document = signs.mimetype >= 0 ? of_mimetype(content, signs.mimetype) : NULL;
    if (open_document)
        return open_document;
    return signs.types && signs.office ? signs.office : STORE_ZIP;
}

/* Returns the kind that the name of an entry reveals; names are UTF-16, 64 bytes of the 128 of an entry. */
static const char *of_ole_entry(const unsigned char *entry)
{
    static const struct {
        const char *name, *media_type;
    } NAMES[] = {
        {"WordDocument", "application/msword"},
        {"Workbook", "application/vnd.ms-excel"},
        {"Book", "application/vnd.ms-excel"},
        {"PowerPoint Document", "application/vnd.ms-powerpoint"},
        {"__properties_version1.0", "application/vnd.ms-outlook"},
    };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        size_t n = strlen(NAMES[i].name), at = 0;
        while (at < n && entry[at * 2] == (unsigned char)NAMES[i].name[at] && !entry[at * 2 + 1])
            at++;
        if (at == n && !entry[at * 2] && !entry[at * 2 + 1])
            return NAMES[i].media_type;
    }
    return NULL;
}

/* Follows the sectors of the folder through the table of sectors. The head names its first 109 parts. */
static const char *sniff_ole(const struct store_content *content)
{
    const unsigned char *head = content->head;
    size_t shift = content->n < 512 ? 0 : little(head + 30, 2), size = (size_t)1 << (shift & 15);
    if (size < 512 || size > SECTOR_MAX)
        return STORE_OLE;
    uint32_t sector = little(head + 48, 4);
    for (int i = 0; i < FOLDER_SECTORS && sector < 0xfffffff0; i++) {
        unsigned char bytes[SECTOR_MAX], next[4];
        size_t n = content_read(content, ((int64_t)sector + 1) * (int64_t)size, bytes, size);
        for (size_t at = 0; at + 128 <= n; at += 128) {
            const char *type = of_ole_entry(bytes + at);
            if (type)
                return type;
        }
        uint32_t part = sector / (uint32_t)(size / 4), in_part = sector % (uint32_t)(size / 4);
        if (part >= 109)
            break;
        int64_t table = ((int64_t)little(head + 76 + 4 * (size_t)part, 4) + 1) * (int64_t)size;
        if (content_read(content, table + 4 * (int64_t)in_part, next, 4) < 4)
            break;
        sector = little(next, 4);
    }
    return STORE_OLE;
}

/* --- text --------------------------------------------------------------------------------------------------------- */

static bool is_control_sign(unsigned c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7f;
}

bool store_is_text(enum text_coding coding, const unsigned char *bytes, size_t n)
{
    if (coding == TEXT_BYTES) {
        for (size_t i = 0; i < n; i++) {
            if (is_control_sign(bytes[i]))
                return false;
        }
        return true;
    }
    for (size_t i = 0; i + 1 < n; i += 2) {
        if (is_control_sign((unsigned)bytes[i + (coding == TEXT_UTF16_BE)] |
                            (unsigned)bytes[i + (coding == TEXT_UTF16_LE)] << 8))
            return false;
    }
    return coding != TEXT_NONE && n % 2 == 0;
}

/* In UTF-16 without its mark every other byte of ordinary letters is zero. */
static enum text_coding guess_coding(const unsigned char *head, size_t n)
{
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < n; i++)
        zeros[i % 2] += head[i] == 0;
    if (zeros[0] == 0 && zeros[1] > n / 4)
        return TEXT_UTF16_LE;
    return zeros[1] == 0 && zeros[0] > n / 4 ? TEXT_UTF16_BE : TEXT_BYTES;
}

enum text_coding store_coding(const unsigned char *head, size_t n)
{
    enum text_coding coding = HAS_AT(0, "\xff\xfe")   ? TEXT_UTF16_LE
                              : HAS_AT(0, "\xfe\xff") ? TEXT_UTF16_BE
                                                      : guess_coding(head, n);
    return store_is_text(coding, head, n) ? coding : TEXT_NONE;
}

static bool is_tag_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("_:-", c));
}

/* A tag, a comment or a declaration; not `<anna@example.se> skrev:`. */
static bool is_markup(const unsigned char *letters, size_t n)
{
    size_t at = 1;
    if (n < 2 || letters[0] != '<')
        return false;
    if (letters[1] == '!' || letters[1] == '?')
        return true;
    while (at < n && is_tag_letter(letters[at]))
        at++;
    return at > 1 && (at == n || (letters[at] && strchr(" \t\r\n/>", letters[at])));
}

/* UTF-8, UTF-16, or an older encoding with one byte a letter; what a browser would take for a page is not text. */
static const char *sniff_text(const unsigned char *head, size_t n)
{
    enum text_coding coding = store_coding(head, n);
    size_t step = coding == TEXT_BYTES ? 1 : 2, count = 0;
    unsigned char letters[64];
    if (coding == TEXT_NONE)
        return NULL;
    for (size_t at = HAS_AT(0, "\xef\xbb\xbf") ? 3 : 0; at + step <= n && count < sizeof letters; at += step) {
        unsigned char letter = head[at + (coding == TEXT_UTF16_BE)];
        bool mark = at == 0 && step == 2 && (HAS_AT(0, "\xff\xfe") || HAS_AT(0, "\xfe\xff"));
        if (!mark && (count || letter > ' '))
            letters[count++] = letter;
    }
    return !count ? NULL : is_markup(letters, count) ? STORE_MARKUP : STORE_TEXT;
}

/* --- all ---------------------------------------------------------------------------------------------------------- */

/* Readers of PDF look for its mark in the first 1,024 bytes. */
static bool has_pdf_mark(const unsigned char *head, size_t n)
{
    const unsigned char *at = memmem(head, n < 1024 ? n : 1024, "%PDF-", 5);
    return at && (size_t)(at - head) + 5 < n && at[5] >= '0' && at[5] <= '9';
}

static const char *sniff_binary(const struct store_content *content)
{
    static const struct magic MAGICS[] = {
        MAGIC(0, "\xff\xd8\xff", "image/jpeg"),
        MAGIC(0, "\x89PNG\r\n\x1a\n", "image/png"),
        MAGIC(0, "GIF87a", "image/gif"),
        MAGIC(0, "GIF89a", "image/gif"),
        MAGIC(0, "II*\0", "image/tiff"),
        MAGIC(0, "MM\0*", "image/tiff"),
        MAGIC(0, "II+\0", "image/tiff"),
        MAGIC(0, "MM\0+", "image/tiff"),
        MAGIC(0, "\x1a\x45\xdf\xa3", "video/webm"),
        MAGIC(0, "OggS\0", "audio/ogg"),
        MAGIC(0, "#!AMR", "audio/amr"),
        MAGIC(0, "{\\rtf", "application/rtf"),
        MAGIC(0, "AutoCAD Bin", "image/vnd.dxf"),
    };
    static const struct magic RIFFS[] = {MAGIC(8, "WEBP", "image/webp"), MAGIC(8, "AVI ", "video/x-msvideo"),
                                         MAGIC(8, "WAVE", "audio/wav")};
    const unsigned char *head = content->head;
    size_t n = content->n;
    const char *type = by_magic(MAGICS, sizeof MAGICS / sizeof *MAGICS, head, n);
    if (!type && HAS_AT(0, "RIFF"))
        type = by_magic(RIFFS, sizeof RIFFS / sizeof *RIFFS, head, n);
    if (!type && n >= 12 && HAS_AT(4, "ftyp"))
        type = sniff_brands(head, n);
    if (!type && is_bitmap(head, n))
        type = "image/bmp";
    if (!type && is_old_quicktime(head, n))
        type = "video/quicktime";
    if (!type && HAS_AT(0, "AC1") && n > 6 && !store_is_text(TEXT_BYTES, head, n))
        type = "image/vnd.dwg";
    if (!type && (HAS_AT(0, "ID3") || (n > 3 && head[0] == 0xff && head[1] >= 0xfa && head[1] <= 0xfb)))
        type = "audio/mpeg";
    return type;
}

const char *store_look(const struct store_content *content)
{
    const unsigned char *head = content->head;
    size_t n = content->n;
    const char *type = sniff_binary(content);
    if (type || (n >= 12 && HAS_AT(4, "ftyp")))
        return type;
    if (has_pdf_mark(head, n))
        return "application/pdf";
    if (HAS_AT(0, "PK\3\4") || HAS_AT(0, "PK\5\6"))
        return sniff_archive(content);
    if (HAS_AT(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
        return sniff_ole(content);
    return sniff_text(head, n);
}

const char *store_sniff(const unsigned char *bytes, size_t n)
{
    const char *type = store_look(&(struct store_content){bytes, n < STORE_HEAD ? n : STORE_HEAD, -1, (int64_t)n});
    return type && strcmp(type, STORE_MARKUP) == 0 ? NULL : type;
}
