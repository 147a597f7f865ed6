#include "service/store_kinds.h"

#include "base/buf.h"
#include "i18n/fold.h"

#include <string.h>

enum family { FAMILY_PICTURE, FAMILY_OTHER };

static const struct kind {
    const char *media_type;
    const char *extensions; /* a name without an extension gets the first */
    enum family family;
    bool is_inline; /* every browser shows it, and it cannot contain scripts */
} KINDS[] = {
    {"image/jpeg", "jpg jpeg jpe jfif", FAMILY_PICTURE, true},
    {"image/png", "png", FAMILY_PICTURE, true},
    {"image/gif", "gif", FAMILY_PICTURE, true},
    {"image/webp", "webp", FAMILY_PICTURE, true},
    {"image/avif", "avif", FAMILY_PICTURE, true},
    {"image/heic", "heic heif", FAMILY_PICTURE, false},
    {"application/pdf", "pdf", FAMILY_OTHER, false},
    {"video/mp4", "mp4 m4v", FAMILY_OTHER, false},
    {"video/quicktime", "mov qt", FAMILY_OTHER, false},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", FAMILY_OTHER, false},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", FAMILY_OTHER, false},
    {"application/vnd.oasis.opendocument.text", "odt", FAMILY_OTHER, false},
    {"application/vnd.oasis.opendocument.spreadsheet", "ods", FAMILY_OTHER, false},
    {"text/plain", "txt csv log", FAMILY_OTHER, false},
};
#define KIND_COUNT (sizeof KINDS / sizeof *KINDS)

const char store_accept[] = "image/*,video/mp4,video/quicktime,application/pdf,.pdf,.docx,.xlsx,.odt,.ods,.txt,.csv";

/* --- kinds by content --------------------------------------------------------------------------------------------- */

static bool has_at(const unsigned char *head, size_t n, size_t at, const char *magic, size_t size)
{
    return n >= at + size && memcmp(head + at, magic, size) == 0;
}
#define HAS_AT(at, magic) has_at(head, n, (at), (magic), sizeof(magic) - 1)

/*
 * ISO base media: the first box names brands. The major brand may be general (`mif1`), so the compatible brands are
 * checked too.
 */
static const char *sniff_brands(const unsigned char *head, size_t n)
{
    static const struct {
        const char brand[5];
        const char *media_type;
    } BRANDS[] = {
        {"heic", "image/heic"},      {"heix", "image/heic"}, {"heim", "image/heic"}, {"heis", "image/heic"},
        {"hevc", "image/heic"},      {"hevx", "image/heic"}, {"avif", "image/avif"}, {"avis", "image/avif"},
        {"qt  ", "video/quicktime"}, {"isom", "video/mp4"},  {"iso2", "video/mp4"},  {"mp41", "video/mp4"},
        {"mp42", "video/mp4"},       {"avc1", "video/mp4"},  {"M4V ", "video/mp4"},  {"3gp4", "video/mp4"},
        {"3gp5", "video/mp4"},       {"mif1", "image/heic"}, {"msf1", "image/heic"},
    };
    size_t size = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    if (size < 16 || size > n || size > 256)
        return NULL;
    for (size_t b = 0; b < sizeof BRANDS / sizeof *BRANDS; b++) {
        for (size_t at = 8; at + 4 <= size; at += at == 8 ? 8 : 4) {
            if (memcmp(head + at, BRANDS[b].brand, 4) == 0)
                return BRANDS[b].media_type;
        }
    }
    return NULL;
}

/* Office files are archives; the names of their first entries reveal the kind. */
static const char *sniff_archive(const unsigned char *head, size_t n)
{
    if (HAS_AT(30, "mimetypeapplication/vnd.oasis.opendocument.text"))
        return HAS_AT(77, "-") ? NULL : "application/vnd.oasis.opendocument.text";
    if (HAS_AT(30, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"))
        return HAS_AT(84, "-") ? NULL : "application/vnd.oasis.opendocument.spreadsheet";
    const unsigned char *at = head;
    while ((at = memmem(at, n - (size_t)(at - head), "PK\3\4", 4)) != NULL) {
        size_t name = (size_t)(at - head) + 30;
        if (HAS_AT(name, "word/"))
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        if (HAS_AT(name, "xl/"))
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        at += 4;
    }
    return NULL;
}

bool store_has_control(const unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = bytes[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7f)
            return true;
    }
    return false;
}

/*
 * Text is UTF-8 or an older encoding with one byte a letter. Content that begins like HTML, SVG or XML does not count
 * as text.
 */
static bool is_text(const unsigned char *head, size_t n)
{
    size_t at = HAS_AT(0, "\xef\xbb\xbf") ? 3 : 0;
    while (at < n && (head[at] <= ' '))
        at++;
    return at < n && head[at] != '<' && !store_has_control(head, n);
}

const char *store_sniff(const unsigned char *head, size_t n)
{
    if (HAS_AT(0, "\xff\xd8\xff"))
        return "image/jpeg";
    if (HAS_AT(0, "\x89PNG\r\n\x1a\n"))
        return "image/png";
    if (HAS_AT(0, "GIF87a") || HAS_AT(0, "GIF89a"))
        return "image/gif";
    if (HAS_AT(0, "RIFF") && HAS_AT(8, "WEBP"))
        return "image/webp";
    if (HAS_AT(0, "%PDF-"))
        return "application/pdf";
    if (HAS_AT(4, "ftyp"))
        return sniff_brands(head, n);
    if (HAS_AT(0, "PK\3\4"))
        return sniff_archive(head, n);
    return is_text(head, n) ? "text/plain" : NULL;
}

static const struct kind *kind_of_type(const char *media_type)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (strcmp(KINDS[i].media_type, media_type) == 0)
            return &KINDS[i];
    }
    return NULL;
}

bool store_inline(const char *media_type)
{
    const struct kind *kind = kind_of_type(media_type);
    return kind && kind->is_inline;
}

bool store_knows(const char *media_type)
{
    return kind_of_type(media_type) != NULL;
}

/* --- names -------------------------------------------------------------------------------------------------------- */

enum { NAME_LIMIT = 120 };

/* Marks that change the direction of text could make `gpj.exe` look like `exe.jpg`. */
static size_t hidden_mark(struct str rest)
{
    static const char *const MARKS[] = {"\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e",
                                        "\u2066", "\u2067", "\u2068", "\u2069", "\u200b", "\ufeff"};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (str_starts(rest, str_of(MARKS[i])))
            return strlen(MARKS[i]);
    }
    return 0;
}

/* Returns the length of the extension after the last dot, 0 without an extension. */
static size_t extension_size(struct str name)
{
    size_t n = 0;
    while (n < name.n && n <= 8) {
        char c = name.p[name.n - 1 - n];
        if (c == '.')
            return n + 1 < name.n ? n : 0;
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
            return 0;
        n++;
    }
    return 0;
}

struct str store_clean_name(struct arena *arena, struct str raw)
{
    struct str name = fold_none(arena, raw); /* a Mac sends å as a and a ring; a search for å would not find it */
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < name.n; i++) {
        size_t skip = hidden_mark(str_slice(name, i, name.n));
        unsigned char c = (unsigned char)name.p[i];
        if (skip)
            i += skip - 1;
        else if (c < 0x20 || c == 0x7f || strchr("/\\:*?\"<>|", c))
            buf_char(&out, '_');
        else
            buf_char(&out, (char)c);
    }
    struct str clean = str_trim(buf_text(&out));
    while (clean.n && (clean.p[0] == '.' || clean.p[0] == '-'))
        clean = str_trim(str_slice(clean, 1, clean.n));
    size_t tail = extension_size(clean) ? extension_size(clean) + 1 : 0;
    if (utf8_count(clean) > NAME_LIMIT)
        clean = arena_printf(arena, "%.*s%.*s", STR_FMT(utf8_prefix(clean, NAME_LIMIT - tail)),
                             STR_FMT(str_slice(clean, clean.n - tail, clean.n)));
    return str_trim(clean);
}

static bool has_extension(const struct kind *kind, struct str extension)
{
    struct str rest = str_of(kind->extensions), one;
    while (str_cut(&rest, ' ', &one)) {
        if (str_eq_nocase(one, extension))
            return true;
    }
    return false;
}

static const struct kind *kind_of_extension(struct str extension)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (has_extension(&KINDS[i], extension))
            return &KINDS[i];
    }
    return NULL;
}

bool store_fit_name(struct arena *arena, const char *media_type, struct str name, struct str *fitted)
{
    const struct kind *kind = kind_of_type(media_type);
    struct str clean = store_clean_name(arena, name);
    size_t size = extension_size(clean);
    struct str extension = str_slice(clean, clean.n - size, clean.n);
    struct str first, rest = str_of(kind->extensions);
    (void)str_cut(&rest, ' ', &first);
    *fitted = clean;
    if (size && has_extension(kind, extension))
        return true;
    const struct kind *claimed = size ? kind_of_extension(extension) : NULL;
    if (size && !(claimed && claimed->family == FAMILY_PICTURE && kind->family == FAMILY_PICTURE))
        return false;
    struct str stem = size ? str_slice(clean, 0, clean.n - size - 1) : clean;
    *fitted = arena_printf(arena, "%.*s.%.*s", STR_FMT(stem.n ? stem : STR("file")), STR_FMT(first));
    return true;
}
