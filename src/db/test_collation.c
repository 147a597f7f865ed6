#include "db/test_database.h"

static const char *const names[] = {
    "",        "-",       "1",       "10",        "2",        "a",      "A",     "a-b",   "ab",     "aB",
    "Ab",      "a b",     "Åkesson", "Andersson", "Ängström", "Öberg",  "Ärla",  "åre",   "zebra",  "Zebra",
    "ö",       "ä",       "å",       "é",         "e",        "E",      "É",     "ea",    "vagn",   "wagn",
    "Vik",     "Wik",     "vi",      "w",         "v",        "W",      "V",     "ü",     "y",      "Ü",
    "ø",       "æ",       "ß",       "ss",        "100-2",    "100-10", "100/2", "lgh 2", "lgh 10", "lgh2",
    "a\u030A", "o\u0308", "漢字",    "😀",         "_",        "~",      "'",     "\"",    "co-op",  "coop",
};
#define COUNT (sizeof names / sizeof names[0])

static struct str in_order(struct test_database *test)
{
    struct err err = {0};
    struct buf out;
    buf_init(&out, test->arena);
    struct db_rows *rows = db_query(test->conn, test->arena,
                                    "SELECT key FROM setting ORDER BY key COLLATE \"sv-natural\"", DB_NO_ARGS, &err);
    while (db_next(rows)) {
        buf_str(&out, db_text(rows, 0));
        buf_char(&out, '|');
    }
    assert_ok(db_done(rows, &err), err);
    return buf_text(&out);
}

static void fill(struct test_database *test)
{
    struct err err = {0};
    for (size_t i = 0; i < COUNT; i++)
        assert_ok(db_exec(test->conn, "INSERT INTO setting (key, value) VALUES ($1, '')",
                          DB_ARGS(DB_TEXT(str_of(names[i]))), &err),
                  err);
}

static const char *before(struct test_database *test, const char *a, const char *b)
{
    struct err err = {0};
    int64_t less, greater;
    struct db_value values[] = {DB_TEXT(str_of(a)), DB_TEXT(str_of(b))};
    assert_ok(db_query_int(test->conn, "SELECT CAST($1 AS TEXT) < CAST($2 AS TEXT) COLLATE \"sv-natural\"", values, 2,
                           NULL, &less, &err),
              err);
    assert_ok(db_query_int(test->conn, "SELECT CAST($1 AS TEXT) > CAST($2 AS TEXT) COLLATE \"sv-natural\"", values, 2,
                           NULL, &greater, &err),
              err);
    return less ? "<" : greater ? ">" : "=";
}

static void knows_the_swedish_alphabet(void **state)
{
    struct test_database *test = *state;
    static const char *const ascending[] = {"",  "-", "1", "2", "a", "A", "b", "e", "é", "v",
                                            "V", "w", "W", "x", "z", "å", "Å", "ä", "ö"};
    for (size_t i = 0; i + 1 < sizeof ascending / sizeof ascending[0]; i++)
        assert_string_equal(before(test, ascending[i], ascending[i + 1]), "<");
    assert_string_equal(before(test, "Åkesson", "Andersson"), ">");
    assert_string_equal(before(test, "ängen", "Ökna"), "<");
    assert_string_not_equal(before(test, "å", "a\u030A"), "="); /* equal letters in different bytes: the bytes decide */
    assert_string_equal(before(test, "å", "å"), "=");
}

static void counts_numbers_within_a_text(void **state)
{
    struct test_database *test = *state;
    assert_string_equal(before(test, "Lgh 2", "Lgh 10"), "<");
    assert_string_equal(before(test, "9", "10"), "<");
    assert_string_equal(before(test, "A-2-3", "A-2-12"), "<");
    assert_string_equal(before(test, "K10", "Å2"), "<");
    assert_string_not_equal(before(test, "Lgh 02", "Lgh 2"), "=");
}

/* The engine that runs second compares its order with that of the first. */
static void sorts_alike_on_both_engines(void **state)
{
    struct test_database *test = *state;
    static struct arena *kept;
    static struct str first;
    fill(test);
    struct str order = in_order(test);
    if (!kept) {
        kept = arena_create();
        first = arena_str(kept, order);
        return;
    }
    assert_str(order, first.p);
    arena_destroy(kept);
    kept = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(knows_the_swedish_alphabet),
        ON_BOTH_ENGINES(counts_numbers_within_a_text),
        ON_BOTH_ENGINES(sorts_alike_on_both_engines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
