#include "view/template.h"

#include "base/clock.h"
#include "view/written.html.h"

#include <inttypes.h>
#include <string.h>

struct html view_capture(const struct buf *made_by_template)
{
    return (struct html){buf_text(made_by_template)};
}

struct view_path view_path(struct str path)
{
    return (struct view_path){path};
}

void view_text_z(struct buf *out, const char *z)
{
    buf_html(out, str_of(z));
}

void view_html(struct buf *out, struct html html)
{
    buf_str(out, html.s);
}

/* Numbers and addresses are in no language: a text has two letters after each other, and no `@`. */
static bool has_words(struct str text)
{
    size_t letters = 0, most = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        letters = c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? letters + 1 : 0;
        most = letters > most ? letters : most;
        if (c == '@')
            return false;
    }
    return most > 1;
}

void view_written(struct buf *out, struct written value)
{
    if (value.view->data_lang && has_words(value.text))
        written_text_html(out, value.view, value.text);
    else
        buf_html(out, value.text);
}

void view_unsigned(struct buf *out, uint64_t value)
{
    buf_printf(out, "%" PRIu64, value);
}

/*
 * Whether an address stays on this site or leaves it in a way that people expect. Browsers drop control characters and
 * read `\` as `/`, so both could hide another scheme or host.
 */
static bool url_harmless(struct str url)
{
    static const struct str schemes[] = {STR_INIT("https://"), STR_INIT("http://"), STR_INIT("mailto:"),
                                         STR_INIT("tel:")};
    for (size_t i = 0; i < url.n; i++) {
        if ((unsigned char)url.p[i] < 0x20)
            return false;
    }
    if (url.n == 0 || url.p[0] == '?' || url.p[0] == '#')
        return true;
    if (url.p[0] == '/')
        return url.n == 1 || (url.p[1] != '/' && url.p[1] != '\\');
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (str_eq_nocase(str_slice(url, 0, schemes[i].n), schemes[i]))
            return true;
    }
    return false;
}

void view_url(struct buf *out, struct str url)
{
    buf_html(out, url_harmless(url) ? url : STR("#"));
}

void view_url_z(struct buf *out, const char *url)
{
    view_url(out, str_of(url));
}

void view_url_path(struct buf *out, struct view_path path)
{
    view_url(out, path.s);
}

void view_url_rest(struct buf *out, struct view_path path)
{
    buf_html(out, path.s);
}

void view_url_part_z(struct buf *out, const char *part)
{
    buf_url_part(out, str_of(part));
}

/* Percent-encodes everything except unreserved characters, so the result needs no HTML escaping. */
void view_url_part(struct buf *out, struct str part)
{
    buf_url_part(out, part);
}

/* Whether all characters from that place on are digits or among `marks`. */
static bool digits_and(struct str s, size_t from, const char *marks)
{
    for (size_t i = from; i < s.n; i++) {
        if ((s.p[i] < '0' || s.p[i] > '9') && !strchr(marks, s.p[i]))
            return false;
    }
    return s.n > from;
}

static bool local_time_shown(struct str value)
{
    const size_t minutes = sizeof "2026-03-31T08:05" - 1, milliseconds = sizeof "2026-03-31T08:05:30.250" - 1;
    int64_t instant;
    return value.n >= minutes && value.n <= milliseconds && digits_and(value, minutes - 1, ":.") &&
           instant_parse(value, &instant);
}

const char *input_type(const char *type, struct str value)
{
    struct str name = str_of(type);
    int32_t date;
    int64_t number;
    bool shown = true;
    if (str_eqz(name, "date"))
        shown = date_parse_bound(value, &date) && !str_starts(value, STR("0000"));
    else if (str_eqz(name, "datetime-local"))
        shown = local_time_shown(value);
    else if (str_eqz(name, "number"))
        shown = str_to_int(value, &number);
    else if (str_eqz(name, "color"))
        shown = value.n == sizeof "#rrggbb" - 1 && value.p[0] == '#' && digits_and(value, 1, "abcdefABCDEF");
    return type && (shown || !value.n) ? type : "text";
}

bool input_is_text(const char *type)
{
    static const char *const PICKED[] = {"date", "datetime-local", "number", "color"};
    for (size_t i = 0; i < sizeof PICKED / sizeof *PICKED; i++) {
        if (str_eqz(str_of(type), PICKED[i]))
            return false;
    }
    return true;
}

bool fields_refused(const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (fields[i].error.n)
            return true;
    }
    return false;
}
