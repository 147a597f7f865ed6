/*
 * iCalendar objects: every line ends with CR LF, has at most 75 bytes and is valid UTF-8, no text of an event makes a
 * line of its own, its summary reads back as it was, and objects that stand one after the other are cut apart again.
 */
#include "service/calendar.h"
#include "base/clock.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LINE_BYTES 75

/* Checks the lines, and counts those that begin with `name:`. Unfolds the value of the last of them. */
static size_t check_lines(struct str object, struct str name, struct buf *value)
{
    size_t found = 0;
    bool inside = false;
    struct str rest = object, line;
    while (str_cut(&rest, '\n', &line)) {
        if (!line.n && !rest.n)
            break;
        if (!line.n || line.p[line.n - 1] != '\r' || line.n - 1 > LINE_BYTES || !utf8_valid(line))
            __builtin_trap();
        line.n--;
        if (str_find_char(line, '\r') >= 0)
            __builtin_trap();
        bool folded = line.n && line.p[0] == ' ';
        if (!folded) {
            inside = str_starts(line, name);
            found += inside;
            buf_clear(inside ? value : &(struct buf){.arena = value->arena});
        }
        if (inside)
            buf_str(value, str_slice(line, folded ? 1 : name.n, line.n));
    }
    return found;
}

/* Undoes the escapes of a text. */
static struct str plain(struct arena *arena, struct str text)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < text.n; i++) {
        bool escaped = text.p[i] == '\\' && i + 1 < text.n;
        i += escaped;
        buf_char(&out, escaped && text.p[i] == 'n' ? '\n' : text.p[i]);
    }
    return buf_text(&out);
}

/* Calendars have no control characters but line breaks. */
static struct str without_controls(struct arena *arena, struct str text)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '\n' || (c >= 0x20 && c != 0x7f))
            buf_char(&out, text.p[i]);
    }
    return buf_text(&out);
}

static void check_calendar(struct arena *arena, struct str texts[5])
{
    const struct calendar_people people = {.organizer_name = texts[4],
                                           .organizer = STR("firma@x.se"),
                                           .attendee = STR("kim@x.se"),
                                           .now_us = INT64_C(1796112000000000)};
    struct calendar_event event = {.uid = texts[0],
                                   .summary = texts[1],
                                   .location = texts[2],
                                   .description = texts[3],
                                   .from_us = INT64_C(1796115600000000),
                                   .to_us = INT64_C(1796119200000000)};
    struct buf out, value;
    struct str rest, object;
    buf_init(&out, arena);
    buf_init(&value, arena);
    calendar_add(&out, &people, &event);
    event.cancelled = true;
    calendar_add(&out, &people, &event);
    rest = buf_text(&out);
    for (int i = 0; i < 2; i++) {
        if (!calendar_cut(&rest, &object) || strcmp(calendar_method(object), i ? "CANCEL" : "REQUEST") != 0 ||
            check_lines(object, STR("BEGIN:VCALENDAR"), &value) != 1 || check_lines(object, STR("UID:"), &value) != 1 ||
            check_lines(object, STR("SUMMARY:"), &value) != 1)
            __builtin_trap();
        if (!str_eq(plain(arena, buf_text(&value)), without_controls(arena, texts[1])))
            __builtin_trap();
    }
    if (rest.n)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = {(const char *)data, size}, texts[5] = {STR_NONE};
    if (!utf8_valid(rest) || str_find_char(rest, '\0') >= 0 || !clock_set_zone("Europe/Stockholm"))
        return 0;
    struct arena *arena = arena_create();
    for (size_t i = 0; i < 5; i++)
        (void)str_cut(&rest, '\x1f', &texts[i]);
    check_calendar(arena, texts);
    arena_destroy(arena);
    return 0;
}
