/*
 * Adds what cairo 1.16 cannot write: the language of the document, which screen readers need; that the window shows its
 * title; title, author and language as XMP; and dates as the format requires. The additions follow the format's rules
 * for changes: new objects after the end, with a table of references to them.
 */
#include "service/paper_metadata.html.h"
#include "service/paper_parts.h"

#include <inttypes.h>

/* How many bytes to search: more than the trailer has, and more than the last two objects have besides their texts. */
#define TRAILER_BYTES 200
#define OBJECT_BYTES 1000

struct tail {
    int64_t size, root, info, table; /* from the trailer, and where its table of references begins */
    struct str catalogue, about;     /* the contents of the objects root and info */
};

/* Reads the number after a name in the trailer, such as `/Root 12 0 R`. */
static bool paper_end_find_number(struct str text, struct str name, int64_t *value)
{
    ptrdiff_t at = str_find(text, name);
    if (at < 0)
        return false;
    struct str rest = str_slice(text, (size_t)at + name.n + 1, text.n);
    size_t digits = 0;
    while (digits < rest.n && rest.p[digits] >= '0' && rest.p[digits] <= '9')
        digits++;
    return str_to_int(str_slice(rest, 0, digits), value);
}

/* Copies the content of an object, because the document may move in memory when something is added. */
static bool find_object(struct arena *arena, struct str text, int64_t number, struct str *content)
{
    struct str name = arena_printf(arena, "\n%" PRId64 " 0 obj\n<<", number);
    ptrdiff_t at = str_find(text, name);
    if (at < 0)
        return false;
    struct str rest = str_slice(text, (size_t)at + name.n, text.n);
    ptrdiff_t close = str_find(rest, STR(">>\nendobj"));
    *content = arena_str(arena, str_slice(rest, 0, close < 0 ? 0 : (size_t)close));
    return close >= 0;
}

/* Info and catalogue are the last two objects before the table of references. */
static bool read_tail(struct arena *arena, const struct paper_info *info, struct str document, struct tail *tail)
{
    struct str end = str_slice(document, document.n > TRAILER_BYTES ? document.n - TRAILER_BYTES : 0, document.n);
    if (!paper_end_find_number(end, STR("/Size"), &tail->size) ||
        !paper_end_find_number(end, STR("/Root"), &tail->root) ||
        !paper_end_find_number(end, STR("/Info"), &tail->info) ||
        !paper_end_find_number(end, STR("startxref"), &tail->table) || tail->table < 0 ||
        (size_t)tail->table > document.n)
        return false;
    size_t table = (size_t)tail->table, room = OBJECT_BYTES + 8 * (info->title.n + info->author.n);
    struct str last = str_slice(document, table > room ? table - room : 0, table);
    return find_object(arena, last, tail->root, &tail->catalogue) && find_object(arena, last, tail->info, &tail->about);
}

/* Adds the `D:` that the format requires before a date. */
static void write_about(struct buf *out, const struct tail *tail)
{
    struct str rest = tail->about, name = STR("/CreationDate (2");
    ptrdiff_t at = str_find(rest, name);
    size_t date = at < 0 ? rest.n : (size_t)at + name.n - 1;
    buf_printf(out, "%" PRId64 " 0 obj\n<<", tail->info);
    buf_str(out, str_slice(rest, 0, date));
    buf_z(out, at < 0 ? "" : "D:");
    buf_str(out, str_slice(rest, date, rest.n));
    buf_z(out, ">>\nendobj\n");
}

/* The new object gets the first number that is free. */
static void write_metadata(struct arena *arena, struct buf *out, const struct tail *tail, const struct paper_info *info)
{
    struct buf xmp;
    buf_init(&xmp, arena);
    buf_z(&xmp, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    paper_metadata_html(&xmp, &(struct view){.arena = arena, .lang = info->lang}, info->title, info->author);
    buf_z(&xmp, "<?xpacket end=\"r\"?>\n");
    buf_printf(out, "%" PRId64 " 0 obj\n<< /Type /Metadata /Subtype /XML /Length %zu >>\nstream\n", tail->size, xmp.n);
    buf_str(out, buf_text(&xmp));
    buf_z(out, "\nendstream\nendobj\n");
}

static void write_catalogue(struct buf *out, const struct tail *tail, enum lang lang)
{
    buf_printf(out, "%" PRId64 " 0 obj\n<<", tail->root);
    buf_str(out, tail->catalogue);
    buf_printf(out,
               "   /Lang (%s)\n   /Metadata %" PRId64 " 0 R\n   /ViewerPreferences << /DisplayDocTitle true >>\n>>\n"
               "endobj\n",
               lang_code(lang), tail->size);
}

bool paper_end(struct arena *arena, const struct paper_info *info, struct buf *out, size_t from, struct err *err)
{
    struct tail tail = {0};
    if (!read_tail(arena, info, str_slice(buf_text(out), from, out->n), &tail))
        return err_set(err, ERR_INTERNAL, NULL, "a document without its trailer");
    size_t about = out->n - from;
    write_about(out, &tail);
    size_t catalogue = out->n - from;
    write_catalogue(out, &tail, info->lang);
    size_t metadata = out->n - from;
    write_metadata(arena, out, &tail, info);
    size_t table = out->n - from;
    buf_printf(out, "xref\n%" PRId64 " 1\n%010zu 00000 n \n", tail.info, about);
    buf_printf(out, "%" PRId64 " 1\n%010zu 00000 n \n", tail.root, catalogue);
    buf_printf(out, "%" PRId64 " 1\n%010zu 00000 n \n", tail.size, metadata);
    buf_printf(out, "trailer\n<< /Size %" PRId64 "\n   /Root %" PRId64 " 0 R\n   /Info %" PRId64 " 0 R\n",
               tail.size + 1, tail.root, tail.info);
    buf_printf(out, "   /Prev %" PRId64 "\n>>\nstartxref\n%zu\n%%%%EOF\n", tail.table, table);
    return true;
}
