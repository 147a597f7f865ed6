#include "service/store_kinds.h"

#include "base/buf.h"
#include "model/field.h"

#include <string.h>

enum family { FAMILY_OTHER, FAMILY_PICTURE, FAMILY_FILM };

static const struct kind {
    const char *media_type;
    const char *extensions; /* a name without an extension gets the first */
    const char *within;     /* what the content is seen to be, where the name alone says which of its kinds; or NULL */
    enum family family;
    bool is_inline; /* every browser shows it, and it cannot contain scripts */
    bool is_listed; /* taken only if its extension is among [attachments] download_only */
} KINDS[] = {
    {"image/jpeg", "jpg jpeg jpe jfif", NULL, FAMILY_PICTURE, true, false},
    {"image/png", "png", NULL, FAMILY_PICTURE, true, false},
    {"image/gif", "gif", NULL, FAMILY_PICTURE, true, false},
    {"image/webp", "webp", NULL, FAMILY_PICTURE, true, false},
    {"image/avif", "avif", NULL, FAMILY_PICTURE, true, false},
    {"image/heic", "heic heif hif", NULL, FAMILY_PICTURE, false, false},
    {"image/bmp", "bmp dib", NULL, FAMILY_PICTURE, false, false},
    {"image/tiff", "tif tiff dng", NULL, FAMILY_PICTURE, false, true},
    {"application/pdf", "pdf", NULL, FAMILY_OTHER, false, false},
    {"video/mp4", "mp4 m4v", NULL, FAMILY_FILM, false, false},
    {"video/quicktime", "mov qt", NULL, FAMILY_FILM, false, false},
    {"video/3gpp", "3gp 3gpp 3g2", NULL, FAMILY_FILM, false, false},
    {"video/webm", "webm mkv", NULL, FAMILY_FILM, false, false},
    {"video/x-msvideo", "avi", NULL, FAMILY_FILM, false, false},
    {"audio/mp4", "m4a m4b", NULL, FAMILY_OTHER, false, false},
    {"audio/mpeg", "mp3", NULL, FAMILY_OTHER, false, false},
    {"audio/ogg", "ogg oga opus", NULL, FAMILY_OTHER, false, false},
    {"audio/wav", "wav", NULL, FAMILY_OTHER, false, false},
    {"audio/amr", "amr", NULL, FAMILY_OTHER, false, false},
    {STORE_DOCX, "docx", NULL, FAMILY_OTHER, false, false},
    {STORE_XLSX, "xlsx", NULL, FAMILY_OTHER, false, false},
    {STORE_PPTX, "pptx", NULL, FAMILY_OTHER, false, false},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.template", "dotx", STORE_DOCX, FAMILY_OTHER, false,
     false},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.template", "xltx", STORE_XLSX, FAMILY_OTHER, false,
     false},
    {"application/vnd.openxmlformats-officedocument.presentationml.slideshow", "ppsx", STORE_PPTX, FAMILY_OTHER, false,
     false},
    {"application/vnd.ms-word.document.macroEnabled.12", "docm", STORE_DOCX, FAMILY_OTHER, false, true},
    {"application/vnd.ms-excel.sheet.macroEnabled.12", "xlsm xlsb", STORE_XLSX, FAMILY_OTHER, false, true},
    {"application/vnd.ms-powerpoint.presentation.macroEnabled.12", "pptm ppsm", STORE_PPTX, FAMILY_OTHER, false, true},
    {"application/vnd.oasis.opendocument.text", "odt", NULL, FAMILY_OTHER, false, false},
    {"application/vnd.oasis.opendocument.spreadsheet", "ods", NULL, FAMILY_OTHER, false, false},
    {"application/vnd.oasis.opendocument.presentation", "odp", NULL, FAMILY_OTHER, false, false},
    {"application/vnd.oasis.opendocument.graphics", "odg", NULL, FAMILY_OTHER, false, false},
    {"application/vnd.apple.pages", "pages", STORE_ZIP, FAMILY_OTHER, false, false},
    {"application/vnd.apple.numbers", "numbers", STORE_ZIP, FAMILY_OTHER, false, false},
    {"application/vnd.apple.keynote", "key", STORE_ZIP, FAMILY_OTHER, false, false},
    {"application/msword", "doc dot", STORE_OLE, FAMILY_OTHER, false, false},
    {"application/vnd.ms-excel", "xls xlt", STORE_OLE, FAMILY_OTHER, false, false},
    {"application/vnd.ms-powerpoint", "ppt pps pot", STORE_OLE, FAMILY_OTHER, false, false},
    {"application/vnd.ms-outlook", "msg", STORE_OLE, FAMILY_OTHER, false, true},
    {STORE_TEXT, "txt log", NULL, FAMILY_OTHER, false, false},
    {"text/csv", "csv", STORE_TEXT, FAMILY_OTHER, false, true},
    {"message/rfc822", "eml", STORE_TEXT, FAMILY_OTHER, false, true},
    {"image/vnd.dxf", "dxf", STORE_TEXT, FAMILY_OTHER, false, true},
    {"application/x-step", "ifc", STORE_TEXT, FAMILY_OTHER, false, true},
    {"image/vnd.dwg", "dwg", NULL, FAMILY_OTHER, false, true},
    {"application/rtf", "rtf", NULL, FAMILY_OTHER, false, true},
    {STORE_ZIP, "zip", NULL, FAMILY_OTHER, false, true},
};
#define KIND_COUNT (sizeof KINDS / sizeof *KINDS)

const struct store_rules store_unlimited = {INT64_MAX, INT64_MAX, STR_INIT("")};

/* What installations list on top of these, such as `skp`: any content, as plain bytes. */
static const char ANY_CONTENT[] = "application/octet-stream";

static const struct kind *kind_of_type(struct str media_type)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (str_eqz(media_type, KINDS[i].media_type))
            return &KINDS[i];
    }
    return NULL;
}

bool store_inline(struct str media_type)
{
    const struct kind *kind = kind_of_type(media_type);
    return kind && kind->is_inline;
}

const char *store_safe_type(struct str media_type)
{
    const struct kind *kind = kind_of_type(media_type);
    return kind ? kind->media_type : ANY_CONTENT;
}

/* --- names -------------------------------------------------------------------------------------------------------- */

/* Characters, and bytes: no file system of today takes names of more than 255. */
enum { FILE_NAME_LIMIT = 120, NAME_BYTES = 240 };

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

/* Windows keeps the names of devices for itself, whatever the extension: `aux.pdf` cannot be unpacked there. */
static bool is_device(struct str name)
{
    static const char *const DEVICES[] = {"con", "prn", "aux", "nul", "conin$", "conout$"};
    ptrdiff_t dot = str_find_char(name, '.');
    struct str stem = str_trim(dot < 0 ? name : str_slice(name, 0, (size_t)dot));
    for (size_t i = 0; i < sizeof DEVICES / sizeof *DEVICES; i++) {
        if (str_eq_nocase(stem, str_of(DEVICES[i])))
            return true;
    }
    struct str number = str_slice(stem, 3, stem.n), three = str_slice(stem, 0, 3);
    bool digit = (number.n == 1 && number.p[0] >= '0' && number.p[0] <= '9') || str_eqz(number, "¹") ||
                 str_eqz(number, "²") || str_eqz(number, "³");
    return digit && (str_eq_nocase(three, STR("com")) || str_eq_nocase(three, STR("lpt")));
}

/* Windows drops points and blanks at the end of a name, and names that begin with a point are hidden elsewhere. */
static struct str trim_name(struct str name)
{
    struct str clean = str_trim(name);
    while (clean.n && (clean.p[0] == '.' || clean.p[0] == '-'))
        clean = str_trim(str_slice(clean, 1, clean.n));
    while (clean.n && clean.p[clean.n - 1] == '.')
        clean = str_trim(str_slice(clean, 0, clean.n - 1));
    return clean;
}

static struct str shorten_name(struct arena *arena, struct str name)
{
    size_t tail = extension_size(name) ? extension_size(name) + 1 : 0, letters = utf8_count(name);
    if (letters <= FILE_NAME_LIMIT && name.n <= NAME_BYTES)
        return name;
    struct str stem = utf8_prefix(str_slice(name, 0, name.n - tail), FILE_NAME_LIMIT - tail);
    while (stem.n + tail > NAME_BYTES)
        stem = utf8_prefix(stem, utf8_count(stem) - 1);
    stem = trim_name(field_clean_text(arena, stem, false)); /* half an emoji may have been left at the end */
    return arena_printf(arena, "%.*s%.*s", STR_FMT(stem), STR_FMT(str_slice(name, name.n - tail, name.n)));
}

struct str store_clean_name(struct arena *arena, struct str raw)
{
    struct str name = field_clean_text(arena, raw, false);
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < name.n; i++)
        buf_char(&out, strchr("/\\:*?\"<>|", name.p[i]) ? '_' : name.p[i]);
    struct str clean = shorten_name(arena, trim_name(buf_text(&out)));
    if (is_device(clean))
        clean = arena_printf(arena, "_%.*s", STR_FMT(clean));
    return shorten_name(arena, clean);
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

/* Whether a list such as `dwg, dxf` has the extension. */
static bool is_listed(struct str list, struct str extension)
{
    struct str rest = list, one;
    while (str_cut(&rest, ',', &one)) {
        if (extension.n && str_eq_nocase(str_trim(one), extension))
            return true;
    }
    return false;
}

struct str store_accept(struct arena *arena, const struct store_rules *rules)
{
    struct buf out;
    buf_init(&out, arena);
    buf_z(&out, "image/*,video/*,audio/*");
    for (size_t i = 0; i < KIND_COUNT; i++) {
        struct str rest = str_of(KINDS[i].extensions), one;
        while (str_cut(&rest, ' ', &one)) {
            if (!KINDS[i].is_listed || is_listed(rules->downloads, one)) {
                buf_z(&out, ",.");
                buf_str(&out, one);
            }
        }
    }
    struct str rest = rules->downloads, one;
    while (str_cut(&rest, ',', &one)) {
        if (!kind_of_extension(str_trim(one))) {
            buf_z(&out, ",.");
            buf_str(&out, str_trim(one));
        }
    }
    return buf_text(&out);
}

int64_t store_limit(const struct store_rules *rules, const char *media_type)
{
    const struct kind *kind = media_type ? kind_of_type(str_of(media_type)) : NULL;
    return kind && kind->family == FAMILY_FILM ? rules->film_bytes : rules->max_bytes;
}

int64_t store_limit_of_name(const struct store_rules *rules, struct str name)
{
    size_t size = extension_size(name);
    const struct kind *kind = kind_of_extension(str_slice(name, name.n - size, name.n));
    return kind ? store_limit(rules, kind->media_type) : rules->max_bytes;
}

/* Gives a name the extension, in place of one of another kind. */
static struct str put_extension(struct arena *arena, struct str clean, struct str extension)
{
    size_t size = extension_size(clean);
    bool of_a_kind = kind_of_extension(str_slice(clean, clean.n - size, clean.n)) != NULL;
    struct str stem = of_a_kind ? str_slice(clean, 0, clean.n - size - 1) : clean;
    return store_clean_name(arena,
                            arena_printf(arena, "%.*s.%.*s", STR_FMT(stem.n ? stem : STR("file")), STR_FMT(extension)));
}

struct str store_rename(struct arena *arena, struct str media_type, struct str name, struct str before)
{
    const struct kind *kind = kind_of_type(media_type);
    struct str clean = store_clean_name(arena, name);
    struct str extension = str_slice(clean, clean.n - extension_size(clean), clean.n);
    struct str kept = str_slice(before, before.n - extension_size(before), before.n);
    bool fits = (kind && has_extension(kind, extension)) || !kept.n || str_eq_nocase(kept, extension);
    return fits ? clean : put_extension(arena, clean, kept);
}

/* Says why a content of a kind that is not known, or cannot be seen, is refused. */
static enum store_refusal why_unknown(const char *seen, const struct kind *named)
{
    static const char *const OFFICE[] = {STORE_DOCX, STORE_XLSX, STORE_PPTX};
    bool sealed = seen && strcmp(seen, STORE_OLE) == 0;
    for (size_t i = 0; sealed && named && i < sizeof OFFICE / sizeof *OFFICE; i++) {
        if (strcmp(named->media_type, OFFICE[i]) == 0)
            return STORE_LOCKED;
    }
    if (!seen && named && strcmp(named->within ? named->within : named->media_type, STORE_TEXT) == 0)
        return STORE_NOT_TEXT;
    return STORE_UNKNOWN;
}

enum store_refusal store_fit(struct arena *arena, const struct store_rules *rules, const char *seen, struct str name,
                             struct stored *stored)
{
    struct str clean = store_clean_name(arena, name);
    size_t size = extension_size(clean);
    struct str extension = str_slice(clean, clean.n - size, clean.n), first, rest;
    const struct kind *named = kind_of_extension(extension), *kind = seen ? kind_of_type(str_of(seen)) : NULL;
    bool fits = named && seen && (named == kind || (named->within && strcmp(named->within, seen) == 0));
    stored->name = clean;
    if (!named && is_listed(rules->downloads, extension)) {
        stored->media_type = ANY_CONTENT;
        return STORE_TAKEN;
    }
    if (fits)
        kind = named;
    if (!kind)
        return why_unknown(seen, named);
    if (!fits && named && strcmp(seen, STORE_TEXT) == 0)
        return STORE_OTHER_KIND;
    stored->media_type = kind->media_type;
    rest = str_of(kind->extensions);
    (void)str_cut(&rest, ' ', &first);
    if (kind->is_listed && !is_listed(rules->downloads, fits ? extension : first))
        return STORE_UNKNOWN;
    if (fits)
        return STORE_TAKEN;
    stored->name = put_extension(arena, clean, first);
    return STORE_TAKEN;
}
