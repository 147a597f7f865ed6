#include "db/test_database.h"
#include "db/test_words.h"

/* Returns the ids found as text: "1 2 5 ". */
static const char *match(struct test_database *test, const struct search_term *terms, size_t term_count,
                         const struct str *scopes, size_t scope_count)
{
    struct err err = {0};
    struct buf found;
    struct sql sql = sql_start(test->arena, "");
    buf_init(&found, test->arena);
    sql_put(&sql, "SELECT v.id FROM (WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n"
                  " WHERE id < 300) SELECT id FROM n) AS v WHERE v.id IN ");
    dialect_search_match(&sql, test->engine, &(struct search_match){terms, term_count, scopes, scope_count, STR_NONE});
    sql_put(&sql, " ORDER BY 1");
    struct db_rows *rows = db_query_sql(test->conn, test->arena, &sql, &err);
    while (db_next(rows))
        buf_printf(&found, "%d ", (int)db_int(rows, 0));
    assert_ok(db_done(rows, &err), err);
    return found.p ? found.p : "";
}

static const char *word(struct test_database *test, const char *token, bool prefix)
{
    return match(test, &(struct search_term){.token = str_of(token), .prefix = prefix}, 1, NULL, 0);
}

static void finds_words_and_their_beginnings(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(put(test->conn, 1, "pump läcker källaren ", &err), err);
    assert_ok(put(test->conn, 2, "pumpen läckte", &err), err);
    assert_ok(put(test->conn, 3, "kallaren", &err), err);
    assert_string_equal(word(test, "pump", false), "1 ");
    assert_string_equal(word(test, "pump", true), "1 2 ");
    assert_string_equal(word(test, "p", true), "1 2 ");
    assert_string_equal(word(test, "ump", true), "");
    assert_string_equal(word(test, "källaren", false), "1 ");
    assert_string_equal(word(test, "kallaren", false), "3 ");
    assert_string_equal(word(test, "kä", true), "1 ");
    struct search_term both[] = {{.token = STR("pump"), .prefix = true}, {.token = STR("läck"), .prefix = true}};
    assert_string_equal(match(test, both, 2, NULL, 0), "1 2 ");
    both[1].prefix = false;
    assert_string_equal(match(test, both, 2, NULL, 0), "");
}

/* Returns the ids that a search for the word finds, after both ways to find them have agreed. */
static const char *search(struct test_database *test, const char *token)
{
    struct err err = {0};
    struct search_term term;
    struct buf tested;
    struct sql sql = sql_start(test->arena, "SELECT s.case_id FROM ");
    buf_init(&tested, test->arena);
    buf_z(&tested, "");
    assert_ok(dialect_search_terms(test->conn, test->arena, &(struct str){token, strlen(token)}, 1, &term, &err), err);
    const struct search_match words = {.terms = &term, .term_count = 1};
    dialect_search_match(&sql, test->engine, &(struct search_match){.terms = NULL});
    sql_put(&sql, " AS s WHERE ");
    dialect_search_test(&sql, test->engine, "s.case_id", &words);
    sql_put(&sql, " ORDER BY 1");
    struct db_rows *rows = db_query_sql(test->conn, test->arena, &sql, &err);
    while (db_next(rows))
        buf_printf(&tested, "%d ", (int)db_int(rows, 0));
    assert_ok(db_done(rows, &err), err);
    assert_string_equal(tested.p, match(test, &term, 1, NULL, 0));
    return tested.p;
}

static void finds_words_inside_words(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(put(test->conn, 1, "vattenläckage i källaren 2603010001 603010001 \uE000bad", &err), err);
    assert_ok(put(test->conn, 2, "luftvärmepumpens fläkt abc12läck99 badrum \uE0001bad", &err), err);
    assert_ok(put(test->conn, 3, "läckage pump badrummet", &err), err);
    assert_ok(put(test->conn, 4, "åäöåäö", &err), err);
    assert_string_equal(search(test, "läckage"), "1 3 ");
    assert_string_equal(search(test, "pump"), "2 3 ");
    assert_string_equal(search(test, "pumpens"), "2 ");
    assert_string_equal(search(test, "läck"), "1 2 3 ");
    assert_string_equal(search(test, "läck9"), "2 ");
    assert_string_equal(search(test, "äöå"), "4 ");
    assert_string_equal(search(test, "öåäöå"), "");
    /* Scopes are no words, though they are written with letters. */
    assert_string_equal(search(test, "bad"), "2 3 ");
    /* Fewer than three letters, and numbers, are found at the beginning. */
    assert_string_equal(search(test, "lä"), "3 ");
    assert_string_equal(search(test, "lla"), "1 ");
    assert_string_equal(search(test, "03010001"), "");
    assert_string_equal(search(test, "603"), "1 ");
}

/* Returns the ids of the rows of the index that have the words, or the phone number. */
static const char *entities(struct test_database *test, enum search_index index, struct str *words, size_t count,
                            const char *phone)
{
    struct err err = {0};
    struct search_term terms[3];
    struct buf found;
    struct sql sql = sql_start(test->arena, "SELECT v.id FROM (WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT"
                                            " id + 1 FROM n WHERE id < 300) SELECT id FROM n) AS v WHERE v.id IN ");
    buf_init(&found, test->arena);
    buf_z(&found, "");
    dialect_search_entity_terms(test->arena, words, count, terms);
    dialect_search_entities(&sql, test->engine, index,
                            &(struct search_match){.terms = terms, .term_count = count, .phone = str_of(phone)});
    sql_put(&sql, " ORDER BY 1");
    struct db_rows *rows = db_query_sql(test->conn, test->arena, &sql, &err);
    while (db_next(rows))
        buf_printf(&found, "%d ", (int)db_int(rows, 0));
    assert_ok(db_done(rows, &err), err);
    return found.p;
}

static void keeps_each_kind_of_thing_apart(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    struct str pump = STR("pump"), digits = STR("45");
    assert_ok(put_into(test->conn, SEARCH_OBJECTS, 1, "värmepumpen 1", &err), err);
    assert_ok(put_into(test->conn, SEARCH_FILES, 2, "pump.pdf pumpritning", &err), err);
    assert_ok(
        put_into(test->conn, SEARCH_CONTACTS, 1, "pumpa " SEARCH_PHONE_MARK "4567 " SEARCH_PHONE_MARK "567", &err),
        err);
    assert_ok(put(test->conn, 3, "pump", &err), err);
    assert_string_equal(entities(test, SEARCH_OBJECTS, &pump, 1, ""), "1 ");
    assert_string_equal(entities(test, SEARCH_FILES, &pump, 1, ""), "2 ");
    assert_string_equal(entities(test, SEARCH_CUSTOMERS, &pump, 1, ""), "");
    assert_string_equal(entities(test, SEARCH_CONTACTS, &digits, 1, "45"), "1 ");
    assert_string_equal(entities(test, SEARCH_CONTACTS, &digits, 1, ""), "");
    assert_string_equal(word(test, "pump", true), "3 ");
    assert_ok(put_into(test->conn, SEARCH_OBJECTS, 1, "pannan", &err), err);
    assert_string_equal(entities(test, SEARCH_OBJECTS, &pump, 1, ""), "");
    assert_ok(put_into(test->conn, SEARCH_FILES, 2, "", &err), err);
    assert_string_equal(entities(test, SEARCH_FILES, &pump, 1, ""), "");
}

static void keeps_each_part_once(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    int64_t parts;
    assert_ok(put(test->conn, 1, "pumpen 12345 a1b2 ab1", &err) && put(test->conn, 2, "pumpen pumpen", &err), err);
    assert_ok(db_query_int(test->conn, "SELECT count(*) FROM search_part", DB_NO_ARGS, NULL, &parts, &err), err);
    assert_int_equal(parts, 4); /* pumpen, umpen, mpen, pen */
}

static void replaces_and_removes(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(put(test->conn, 1, "gammal", &err), err);
    assert_ok(put(test->conn, 1, "ny", &err), err);
    assert_ok(put(test->conn, 1, "ny", &err), err);
    assert_string_equal(word(test, "gammal", false), "");
    assert_string_equal(word(test, "ny", false), "1 ");
    assert_ok(put(test->conn, 1, "", &err), err);
    assert_ok(put(test->conn, 1, "", &err), err);
    assert_string_equal(word(test, "ny", false), "");
    assert_string_equal(match(test, NULL, 0, NULL, 0), "");
    assert_ok(put(test->conn, 2, "x", &err), err);
    assert_string_equal(match(test, NULL, 0, NULL, 0), "2 ");
}

static bool put_many(struct db_conn *conn, void *context, struct err *err)
{
    const struct search_row cases[] = {{1, STR("ett två")}, {2, STR_NONE}, {3, STR("två tre ")}};
    return dialect_search_put(conn, context, SEARCH_CASES, cases, 3, NULL, err);
}

static bool put_many_with_a_wrong_one(struct db_conn *conn, void *context, struct err *err)
{
    const struct search_row cases[] = {{1, STR("fyra")}, {2, STR("Fem")}};
    return dialect_search_put(conn, context, SEARCH_CASES, cases, 2, NULL, err);
}

static void puts_many_at_once(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(put(test->conn, 1, "gammal", &err) && put(test->conn, 2, "gammal", &err), err);
    assert_ok(db_transaction(test->conn, put_many, test->arena, &err), err);
    assert_string_equal(word(test, "gammal", false), "");
    assert_string_equal(word(test, "två", false), "1 3 ");
    assert_false(db_transaction(test->conn, put_many_with_a_wrong_one, test->arena, &err));
    assert_int_equal(err.kind, ERR_INVALID);
    assert_string_equal(word(test, "två", false), "1 3 ");
    assert_string_equal(word(test, "fyra", false), "");
}

static void narrows_by_any_of_the_scopes(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_ok(put(test->conn, 1, "dörr \uE0004 \uE0018", &err), err);
    assert_ok(put(test->conn, 2, "dörr \uE00044", &err), err);
    assert_ok(put(test->conn, 3, "dörr \uE0004", &err), err);
    assert_ok(put(test->conn, 4, "fönster \uE0004", &err), err);
    struct search_term door = {.token = STR("dö"), .prefix = true};
    struct str scopes[] = {STR("\uE0004"), STR("\uE0018")};
    assert_string_equal(match(test, &door, 1, scopes, 1), "1 3 ");
    assert_string_equal(match(test, &door, 1, scopes + 1, 1), "1 ");
    assert_string_equal(match(test, &door, 1, scopes, 2), "1 3 ");
    assert_string_equal(match(test, NULL, 0, scopes, 2), "1 3 4 ");
    struct str *many = ARENA_ARRAY(test->arena, struct str, 3000);
    for (int i = 0; i < 3000; i++)
        many[i] = arena_printf(test->arena, "\uE000%d", i + 44);
    assert_string_equal(match(test, &door, 1, many, 3000), "2 ");
}

static void takes_signs_of_the_question_language_as_letters(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    const char *tokens[] = {"a'b", "a\"b", "a\\b", "*",   ":*",   "&",   "|",  "!",  "(",   ")",
                            "<->", "and",  "or",   "not", "near", "a-b", "-a", "^a", "a:b", "{a}",
                            "$1",  "%",    "_",    "a,b", "+",    "'",   "\"", "\\", "''",  "\\'"};
    const int count = sizeof tokens / sizeof tokens[0];
    for (int i = 0; i < count; i++)
        assert_ok(put(test->conn, i + 1, tokens[i], &err), err);
    for (int i = 0; i < count; i++)
        assert_string_equal(word(test, tokens[i], false),
                            arena_z(test->arena, arena_printf(test->arena, "%d ", i + 1)));
    assert_string_equal(word(test, "a'", true), "1 ");
    assert_string_equal(word(test, "\\", true), "28 30 ");
}

static void refuses_what_is_no_token(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    assert_false(put(test->conn, 1, "Pump", &err));
    assert_int_equal(err.kind, ERR_INVALID);
    assert_false(put(test->conn, 1, "a\tb", &err));
    assert_int_equal(err.kind, ERR_INVALID);
    assert_false(put(test->conn, 1, "\xe5", &err));
    assert_int_equal(err.kind, ERR_INVALID);
    char longest[SEARCH_TOKEN_MAX + 2];
    memset(longest, 'a', sizeof longest);
    longest[SEARCH_TOKEN_MAX + 1] = '\0';
    assert_false(put(test->conn, 1, longest, &err));
    assert_int_equal(err.kind, ERR_INVALID);
    longest[SEARCH_TOKEN_MAX] = '\0';
    assert_ok(put(test->conn, 1, longest, &err), err);
    assert_string_equal(word(test, longest, false), "1 ");
    char *endless = arena_alloc(test->arena, 600 * 1024 + 1);
    memset(endless, ' ', 600 * 1024);
    assert_false(put(test->conn, 1, endless, &err));
    assert_int_equal(err.kind, ERR_TOO_LARGE);
    assert_string_equal(word(test, longest, false), "1 ");
}

/* --- random texts against a model --------------------------------------------------------------------------------- */

#define CASES 200
#define WORDS 6

static uint32_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 1664525 + 1013904223;
    return (random_state >> 8) % n;
}

/*
 * Makes tokens from a small set of letters, so that words often match: letters of one to four bytes, and marks.
 */
static struct str random_token(struct arena *arena, uint32_t longest)
{
    static const char *const letters[] = {"a", "b", "å", "ä", "é", "1", "-", "'", "\"", "\\", "漢", "😀", "*"};
    struct buf token;
    buf_init(&token, arena);
    for (uint32_t i = 0, n = 1 + random_below(longest); i < n; i++)
        buf_z(&token, letters[random_below(sizeof letters / sizeof letters[0])]);
    return buf_text(&token);
}

static bool model_has(struct str *words, size_t count, struct str token, bool prefix)
{
    for (size_t i = 0; i < count; i++)
        if (prefix ? str_starts(words[i], token) : str_eq(words[i], token))
            return true;
    return false;
}

static bool model_match(struct str *words, const struct search_term *terms, size_t term_count, const struct str *scopes,
                        size_t scope_count)
{
    for (size_t i = 0; i < term_count; i++)
        if (!model_has(words, WORDS, terms[i].token, terms[i].prefix))
            return false;
    for (size_t i = 0; i < scope_count; i++)
        if (model_has(words, WORDS, scopes[i], false))
            return true;
    return scope_count == 0;
}

static bool random_inside(struct str *words, struct str token)
{
    struct str three = utf8_prefix(token, 3);
    bool inside = utf8_count(three) == 3 && str_find_char(three, '1') < 0;
    for (size_t i = 0; i < WORDS; i++) {
        if (inside ? str_find(words[i], token) >= 0 : str_starts(words[i], token))
            return true;
    }
    return false;
}

static void finds_in_random_texts_what_a_model_finds(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    static struct str cases[CASES][WORDS];
    random_state = 20261123;
    for (int i = 0; i < CASES; i++) {
        struct buf words;
        buf_init(&words, test->arena);
        for (int j = 0; j < WORDS; j++) {
            cases[i][j] = random_token(test->arena, 9);
            buf_str(&words, cases[i][j]);
            buf_char(&words, ' ');
        }
        assert_ok(put(test->conn, i + 1, arena_z(test->arena, buf_text(&words)), &err), err);
        assert_ok(put_into(test->conn, SEARCH_OBJECTS, i + 1, arena_z(test->arena, buf_text(&words)), &err), err);
    }
    for (int question = 0; question < 500; question++) {
        struct search_term terms[3];
        struct str scopes[3];
        size_t term_count = random_below(4), scope_count = random_below(4);
        for (size_t i = 0; i < 3; i++) {
            terms[i] = (struct search_term){.token = random_token(test->arena, 4), .prefix = random_below(2) == 0};
            scopes[i] = random_token(test->arena, 4);
        }
        struct buf expected;
        buf_init(&expected, test->arena);
        buf_z(&expected, "");
        for (int i = 0; i < CASES; i++)
            if (model_match(cases[i], terms, term_count, scopes, scope_count))
                buf_printf(&expected, "%d ", i + 1);
        assert_string_equal(match(test, terms, term_count, scopes, scope_count), expected.p);
        struct str token = random_token(test->arena, 4);
        buf_clear(&expected);
        buf_z(&expected, "");
        for (int i = 0; i < CASES; i++)
            if (random_inside(cases[i], token))
                buf_printf(&expected, "%d ", i + 1);
        assert_string_equal(search(test, arena_z(test->arena, token)), expected.p);
        assert_string_equal(entities(test, SEARCH_OBJECTS, &token, 1, ""), expected.p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(finds_words_and_their_beginnings),
        ON_BOTH_ENGINES(finds_words_inside_words),
        ON_BOTH_ENGINES(keeps_each_kind_of_thing_apart),
        ON_BOTH_ENGINES(keeps_each_part_once),
        ON_BOTH_ENGINES(replaces_and_removes),
        ON_BOTH_ENGINES(puts_many_at_once),
        ON_BOTH_ENGINES(narrows_by_any_of_the_scopes),
        ON_BOTH_ENGINES(takes_signs_of_the_question_language_as_letters),
        ON_BOTH_ENGINES(refuses_what_is_no_token),
        ON_BOTH_ENGINES(finds_in_random_texts_what_a_model_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
