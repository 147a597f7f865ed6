/* Bookings as iCalendar: what a calendar reads back is what was written, whatever the texts are. */
#include "base/test.h"

#include "base/clock.h"
#include "service/calendar.h"

#define NOW (INT64_C(1796112000) * US_PER_SECOND) /* 2026-12-01T08:00:00Z */

static const struct calendar_people PEOPLE = {.organizer_name = STR_INIT("Björks \"Hiss\"\r\nX: y"),
                                              .organizer = STR_INIT("portal@example.com"),
                                              .attendee = STR_INIT("kim@x.se"),
                                              .now_us = NOW};

static struct str written(struct arena *arena, const struct calendar_event *event)
{
    struct buf out;
    buf_init(&out, arena);
    calendar_add(&out, &PEOPLE, event);
    return buf_text(&out);
}

static bool has(struct str text, const char *line)
{
    return str_find(text, str_of(line)) >= 0;
}

static void a_booking_is_written_in_utc_with_a_uid_that_stays(void **state)
{
    struct calendar_event event = {.uid = STR("booking-7"),
                                   .summary = STR("Byt packning"),
                                   .location = STR("Storgatan 1; Göteborg"),
                                   .from_us = NOW,
                                   .to_us = NOW + 7200 * US_PER_SECOND};
    struct str text = written(*state, &event);
    assert_true(has(text, "\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:booking-7@example.com\r\nSEQUENCE:218275200\r\n"));
    assert_true(has(text, "\r\nDTSTART:20261201T080000Z\r\nDTEND:20261201T100000Z\r\nSTATUS:CONFIRMED\r\n"));
    assert_true(has(text, "\r\nLOCATION:Storgatan 1\\; Göteborg\r\n"));
    assert_true(has(text, "\r\nORGANIZER;CN=\"Björks HissX: y\":mailto:portal@example.com\r\n"));
    assert_true(has(text, "\r\nATTENDEE:mailto:kim@x.se\r\n"));
    assert_string_equal(calendar_method(text), "REQUEST");
}

static void a_removed_booking_is_cancelled_under_the_same_uid(void **state)
{
    struct calendar_event event = {.uid = STR("booking-7"), .summary = STR("x"), .cancelled = true};
    struct str text = written(*state, &event);
    assert_true(has(text, "\r\nMETHOD:CANCEL\r\n"));
    assert_true(has(text, "\r\nUID:booking-7@example.com\r\n"));
    assert_true(has(text, "\r\nSTATUS:CANCELLED\r\n"));
    assert_false(has(text, "DTSTART"));
    assert_string_equal(calendar_method(text), "CANCEL");
}

/* Reads a property back: unfolds the lines and takes the escapes away. */
static struct str read_back(struct arena *arena, struct str text, const char *name)
{
    struct buf flat, value;
    buf_init(&flat, arena);
    buf_init(&value, arena);
    for (size_t i = 0; i < text.n; i++) {
        if (str_starts(str_slice(text, i, text.n), STR("\r\n ")))
            i += 2;
        else
            buf_char(&flat, text.p[i]);
    }
    struct str whole = buf_text(&flat);
    struct str start = arena_printf(arena, "\r\n%s:", name);
    for (size_t i = (size_t)str_find(whole, start) + start.n; whole.p[i] != '\r'; i++) {
        if (whole.p[i] == '\\')
            buf_char(&value, whole.p[++i] == 'n' ? '\n' : whole.p[i]);
        else
            buf_char(&value, whole.p[i]);
    }
    return buf_text(&value);
}

static void check_lines(struct str text)
{
    size_t start = 0;
    for (size_t i = 0; i + 1 < text.n; i++) {
        if (text.p[i] == '\n')
            assert_true(i > 0 && text.p[i - 1] == '\r');
        if (text.p[i] != '\r')
            continue;
        assert_true(text.p[i + 1] == '\n' && i - start <= 75);
        assert_true(utf8_valid(str_slice(text, start, i)));
        start = i + 2;
    }
}

static void any_text_comes_back_whole_and_begins_no_line(void **state)
{
    static const char *const PARTS[] = {
        "a", "å", "🛠", ";", ",", "\\", "\n", "\r\n", "END:VCALENDAR", "METHOD:CANCEL", " ", "\"", ":"};
    unsigned seed = 1;
    for (int round = 0; round < 2000; round++) {
        struct buf made;
        buf_init(&made, *state);
        for (int n = round % 90; n >= 0; n--) {
            seed = seed * 1103515245U + 12345U;
            buf_z(&made, PARTS[(seed >> 16) % (sizeof PARTS / sizeof *PARTS)]);
        }
        struct calendar_event event = {.uid = STR("u"), .summary = buf_text(&made), .from_us = NOW};
        struct str text = written(*state, &event), rest = text, object, expected = event.summary;
        struct buf plain;
        buf_init(&plain, *state);
        for (size_t i = 0; i < expected.n; i++) {
            if (expected.p[i] != '\r')
                buf_char(&plain, expected.p[i]);
        }
        check_lines(text);
        assert_true(str_eq(read_back(*state, text, "SUMMARY"), buf_text(&plain)));
        assert_true(calendar_cut(&rest, &object) && str_eq(object, text) && !rest.n);
        assert_string_equal(calendar_method(text), "REQUEST");
    }
}

static void several_bookings_are_cut_apart(void **state)
{
    struct calendar_event events[] = {{.uid = STR("a"), .summary = STR("x"), .from_us = NOW},
                                      {.uid = STR("b"), .summary = STR("y"), .cancelled = true}};
    struct buf out;
    struct str rest, object;
    buf_init(&out, *state);
    calendar_add(&out, &PEOPLE, &events[0]);
    calendar_add(&out, &PEOPLE, &events[1]);
    rest = buf_text(&out);
    assert_true(calendar_cut(&rest, &object) && has(object, "UID:a@"));
    assert_true(calendar_cut(&rest, &object) && has(object, "UID:b@"));
    assert_false(calendar_cut(&rest, &object));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(a_booking_is_written_in_utc_with_a_uid_that_stays),
        test_with_arena(a_removed_booking_is_cancelled_under_the_same_uid),
        test_with_arena(any_text_comes_back_whole_and_begins_no_line),
        test_with_arena(several_bookings_are_cut_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
