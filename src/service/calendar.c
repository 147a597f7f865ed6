#include "service/calendar.h"

#include "base/clock.h"

#include <inttypes.h>

/* A line has at most so many bytes before its line break; what follows begins with a blank on the next line. */
#define LINE_BYTES 75
/* Lines of a value that is folded begin with a blank, so no value looks like this. */
#define OBJECT_END "\r\nEND:VCALENDAR\r\n"
/* 2020-01-01: SEQUENCE is the seconds since then and fits into 31 bits for decades. */
#define SEQUENCE_START INT64_C(1577836800)

static void calendar_line(struct buf *out, struct str line)
{
    size_t length = 0;
    for (size_t i = 0; i < line.n;) {
        size_t n = 1;
        while (i + n < line.n && ((unsigned char)line.p[i + n] & 0xc0) == 0x80)
            n++;
        if (length + n > LINE_BYTES) {
            buf_z(out, "\r\n ");
            length = 1;
        }
        buf_str(out, str_slice(line, i, i + n));
        length += n;
        i += n;
    }
    buf_z(out, "\r\n");
}

static void calendar_text(struct buf *out, const char *name, struct str text)
{
    struct buf line;
    buf_init(&line, out->arena);
    buf_printf(&line, "%s:", name);
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '\n')
            buf_z(&line, "\\n");
        else if (c == '\\' || c == ';' || c == ',')
            buf_printf(&line, "\\%c", c);
        else if (c >= 0x20 && c != 0x7f)
            buf_char(&line, (char)c);
    }
    calendar_line(out, buf_text(&line));
}

static void calendar_instant(struct buf *out, const char *name, int64_t instant_us)
{
    struct str digits = instant_format_utc(out->arena, instant_us);
    buf_printf(out, "%s:", name);
    for (size_t i = 0; i < digits.n && digits.p[i] != '.' && digits.p[i] != 'Z'; i++) {
        if (digits.p[i] != '-' && digits.p[i] != ':')
            buf_char(out, digits.p[i]);
    }
    buf_z(out, "Z\r\n");
}

/* The value of a parameter stands between quotes and cannot hold one. */
static void calendar_person(struct buf *out, const char *name, struct str common, struct str address)
{
    struct buf line;
    buf_init(&line, out->arena);
    buf_z(&line, name);
    if (common.n)
        buf_z(&line, ";CN=\"");
    for (size_t i = 0; i < common.n; i++) {
        unsigned char c = (unsigned char)common.p[i];
        if (c >= 0x20 && c != '"' && c != 0x7f)
            buf_char(&line, (char)c);
    }
    buf_printf(&line, "%s:mailto:%.*s", common.n ? "\"" : "", STR_FMT(address));
    calendar_line(out, buf_text(&line));
}

void calendar_add(struct buf *out, const struct calendar_people *people, const struct calendar_event *event)
{
    ptrdiff_t at = str_find_char(people->organizer, '@');
    struct str host = str_slice(people->organizer, (size_t)(at + 1), people->organizer.n);
    buf_z(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kundportal//Kundportal//SV\r\n");
    buf_printf(out, "METHOD:%s\r\nBEGIN:VEVENT\r\n", event->cancelled ? "CANCEL" : "REQUEST");
    calendar_text(out, "UID", arena_printf(out->arena, "%.*s@%.*s", STR_FMT(event->uid), STR_FMT(host)));
    buf_printf(out, "SEQUENCE:%" PRId64 "\r\n", people->now_us / US_PER_SECOND - SEQUENCE_START);
    calendar_instant(out, "DTSTAMP", people->now_us);
    if (event->from_us)
        calendar_instant(out, "DTSTART", event->from_us);
    if (event->to_us > event->from_us)
        calendar_instant(out, "DTEND", event->to_us);
    buf_printf(out, "STATUS:%s\r\n", event->cancelled ? "CANCELLED" : "CONFIRMED");
    calendar_text(out, "SUMMARY", event->summary);
    if (event->location.n)
        calendar_text(out, "LOCATION", event->location);
    if (event->description.n)
        calendar_text(out, "DESCRIPTION", event->description);
    calendar_person(out, "ORGANIZER", people->organizer_name, people->organizer);
    calendar_person(out, "ATTENDEE", STR_NONE, people->attendee);
    buf_z(out, "END:VEVENT" OBJECT_END);
}

bool calendar_cut(struct str *rest, struct str *object)
{
    ptrdiff_t at = str_find(*rest, STR(OBJECT_END));
    if (at < 0)
        return false;
    size_t end = (size_t)at + sizeof OBJECT_END - 1;
    *object = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end, rest->n);
    return true;
}

const char *calendar_method(struct str object)
{
    return str_find(object, STR("\r\nMETHOD:CANCEL\r\n")) >= 0 ? "CANCEL" : "REQUEST";
}
