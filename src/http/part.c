#include "http/part.h"

#include "base/buf.h"
#include "http/escape.h"

#define FILENAME_BYTES 255
#define NAME_BYTES 255

/* The three forms in which clients send the name of a file. */
struct names {
    bool has_plain, has_extended, other;
    struct str plain, extended;
};

bool charset_allowed(struct arena *arena, struct str content_type)
{
    struct str rest, name, value;
    bool broken = false;
    (void)parameter_main(content_type, &rest);
    while (parameter_next(arena, &rest, &name, &value, &broken)) {
        bool known = str_eq_nocase(value, STR("utf-8")) || str_eq_nocase(value, STR("utf8")) ||
                     str_eq_nocase(value, STR("us-ascii"));
        if (str_eq_nocase(name, STR("charset")) && !known)
            return false;
    }
    return !broken;
}

/*
 * Decodes RFC 5987: `UTF-8''na%C3%AFve.txt`. The older ISO-8859-1 is not supported, because no client that matters
 * sends it.
 */
static bool decode_extended(struct arena *arena, struct str value, struct str *name)
{
    struct str charset, language;
    return str_cut(&value, '\'', &charset) && str_cut(&value, '\'', &language) &&
           str_eq_nocase(charset, STR("utf-8")) && escape_decode(arena, value, false, name);
}

/*
 * Whether this is an escape of browsers: they escape three characters of a name but leave a real `%22` as it is, so the
 * two look alike. A wrong quote in a name is the rarer mistake.
 */
static bool is_browser_escape(struct str s, size_t i)
{
    struct str three = str_slice(s, i, i + 3);
    return str_eqz(three, "%22") || str_eq_nocase(three, STR("%0d")) || str_eq_nocase(three, STR("%0a"));
}

static bool keeps(struct str s, size_t i, bool valid)
{
    unsigned char c = (unsigned char)s.p[i];
    return c >= 0x20 && c != 0x7f && (valid || c < 0x80);
}

/* Returns a client's file name in a form fit to be shown: without folders and control characters, and only UTF-8. */
static struct str clean_filename(struct arena *arena, struct str raw)
{
    struct buf out;
    bool valid = utf8_valid(raw);
    buf_init(&out, arena);
    for (size_t i = 0; i < raw.n; i++) {
        if (is_browser_escape(raw, i)) {
            if (raw.p[i + 1] == '2')
                buf_char(&out, '"');
            i += 2;
        } else if (raw.p[i] == '/' || raw.p[i] == '\\') {
            buf_clear(&out);
        } else {
            buf_char(&out, keeps(raw, i, valid) ? raw.p[i] : '_');
        }
    }
    struct str name = str_trim(buf_text(&out));
    if (str_eqz(name, ".") || str_eqz(name, ".."))
        return STR("_");
    size_t n = name.n < FILENAME_BYTES ? name.n : FILENAME_BYTES;
    while (n < name.n && n > 0 && ((unsigned char)name.p[n] & 0xc0) == 0x80)
        n--;
    return str_slice(name, 0, n);
}

static bool take_parameter(struct arena *arena, struct str key, struct str value, struct names *names,
                           struct part_head *head)
{
    if (str_eq_nocase(key, STR("name"))) {
        bool again = head->name.p != NULL;
        head->name = (struct str){value.n ? value.p : "", value.n};
        return !again;
    }
    if (str_eq_nocase(key, STR("filename"))) {
        bool again = names->has_plain;
        names->has_plain = true;
        names->plain = value;
        return !again;
    }
    if (str_eq_nocase(key, STR("filename*")))
        names->has_extended = decode_extended(arena, value, &names->extended);
    /* The pieces of RFC 2231 (`filename*0=`) are not joined, but they still mean a file. */
    names->other |= str_eq_nocase(str_slice(key, 0, 9), STR("filename*"));
    return true;
}

static bool parse_disposition(struct arena *arena, struct str value, struct part_head *head)
{
    struct names names = {0};
    struct str rest, key, text;
    bool broken = false;
    if (head->name.p || !str_eq_nocase(parameter_main(value, &rest), STR("form-data")))
        return false;
    while (parameter_next(arena, &rest, &key, &text, &broken)) {
        if (!take_parameter(arena, key, text, &names, head))
            return false;
    }
    head->file = names.has_plain || names.has_extended || names.other;
    head->filename = clean_filename(arena, names.has_extended ? names.extended : names.plain);
    if (!head->filename.n && names.other)
        head->filename = STR("_");
    return !broken && head->name.n && head->name.n <= NAME_BYTES && utf8_valid(head->name);
}

static bool encoding_allowed(struct str value)
{
    return str_eq_nocase(value, STR("binary")) || str_eq_nocase(value, STR("8bit")) ||
           str_eq_nocase(value, STR("7bit"));
}

static bool take_line(struct arena *arena, struct str line, struct part_head *head, struct str *type, struct err *err)
{
    ptrdiff_t colon = str_find_char(line, ':');
    struct str name = colon < 0 ? STR_NONE : str_slice(line, 0, (size_t)colon);
    struct str value = trim_blanks(str_slice(line, (size_t)(colon + 1), line.n));
    if (!token_valid(name) || has_control(value, true))
        return err_set(err, ERR_INVALID, NULL, "header line of a part");
    if (str_eq_nocase(name, STR("content-disposition")) && !parse_disposition(arena, value, head))
        return err_set(err, ERR_INVALID, NULL, "Content-Disposition of a part");
    if (str_eq_nocase(name, STR("content-transfer-encoding")) && !encoding_allowed(value))
        return err_set(err, ERR_UNSUPPORTED, NULL, "Content-Transfer-Encoding of a part");
    if (str_eq_nocase(name, STR("content-type")))
        *type = value;
    return true;
}

bool part_parse(struct arena *arena, struct str block, struct part_head *head, struct err *err)
{
    struct str rest = block, type = STR_NONE;
    *head = (struct part_head){.file = false};
    while (rest.n) {
        ptrdiff_t end = str_find(rest, STR("\r\n"));
        struct str line = str_slice(rest, 0, end < 0 ? rest.n : (size_t)end);
        rest = str_slice(rest, line.n + 2, rest.n);
        if (!take_line(arena, line, head, &type, err))
            return false;
    }
    if (!head->name.n)
        return err_set(err, ERR_INVALID, NULL, "a part without name");
    if (str_eq_nocase(str_slice(type, 0, 10), STR("multipart/")))
        return err_set(err, ERR_UNSUPPORTED, NULL, "multipart within multipart");
    if (!head->file && !charset_allowed(arena, type))
        return err_set(err, ERR_UNSUPPORTED, NULL, "charset of a field");
    return true;
}
