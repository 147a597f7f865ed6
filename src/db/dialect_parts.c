/* Words by their parts (table search_part): a search that begins with three letters finds them in the middle too. */
#include "db/dialect_parts.h"

#include <unicode/utf8.h>

#include "db/dialect.h"
#include "db/engine.h"

/* --- letters ------------------------------------------------------------------------------------------------------ */

#define LETTERS 3
/* Sorts after all letters: the end of the range of words that begin alike. */
#define LAST_LETTER "\xF4\x8F\xBF\xBF"

/* Returns the length of the longest run of letters after the first `skipped` characters. */
static size_t longest_run(struct str word, size_t skipped)
{
    size_t run = 0, longest = 0, at = 0;
    for (size_t i = 0; i < word.n; i++) {
        if (U8_IS_TRAIL(word.p[i]) || at++ < skipped)
            continue;
        run = word.p[i] >= '0' && word.p[i] <= '9' ? 0 : run + 1;
        longest = run > longest ? run : longest;
    }
    return longest;
}

bool parts_found_inside(struct str token)
{
    return longest_run(utf8_prefix(token, LETTERS), 0) == LETTERS;
}

static bool has_parts(struct str word)
{
    return word.n > LETTERS && longest_run(word, 1) >= LETTERS && !str_starts(word, STR(SEARCH_SCOPE_MARK));
}

struct str parts_among(struct arena *arena, struct str words)
{
    struct buf out;
    struct str rest = words, word;
    buf_init(&out, arena);
    while (str_cut(&rest, ' ', &word)) {
        buf_printf(&out, "%.*s ", STR_FMT(word));
        for (size_t at = 1; has_parts(word) && at < word.n; at++) {
            struct str part = str_slice(word, at, word.n);
            if (!U8_IS_TRAIL(part.p[0]) && parts_found_inside(part))
                buf_printf(&out, SEARCH_INSIDE_MARK "%.*s ", STR_FMT(part));
        }
    }
    return buf_text(&out);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* A cache of this many words: one that was pushed out is only looked up in the table again. */
#define SEEN_SLOTS 16384

struct search_seen {
    struct {
        uint8_t n;
        char bytes[SEARCH_TOKEN_MAX];
    } slots[SEEN_SLOTS];
};

struct search_seen *dialect_search_seen(struct arena *arena)
{
    return ARENA_NEW(arena, struct search_seen);
}

static bool seen_before(struct search_seen *seen, struct str word)
{
    uint32_t hash = 2166136261;
    for (size_t i = 0; i < word.n; i++)
        hash = (hash ^ (unsigned char)word.p[i]) * 16777619;
    size_t at = (hash ^ hash >> 16) % SEEN_SLOTS;
    if (str_eq((struct str){seen->slots[at].bytes, seen->slots[at].n}, word))
        return true;
    seen->slots[at].n = (uint8_t)word.n;
    memcpy(seen->slots[at].bytes, word.p, word.n);
    return false;
}

/* The migration that made the table cuts words in the same way. */
#define PUT_PARTS(list_literal, letters_literal)                                                                       \
    "INSERT INTO search_part (part, word) WITH RECURSIVE cut (part, word) AS (SELECT DISTINCT v.value, v.value"        \
    " FROM " list_literal " WHERE NOT EXISTS (SELECT 1 FROM search_part p WHERE p.part = v.value"                      \
    " AND p.word = v.value) UNION ALL SELECT substr(part, 2), word FROM cut WHERE length(part) > 3)"                   \
    " SELECT part, word FROM cut WHERE part = word OR part " letters_literal
#define PUT_SQLITE PUT_PARTS("json_each($1) AS v", "GLOB '[^0-9][^0-9][^0-9]*'")
#define PUT_POSTGRES PUT_PARTS("json_array_elements_text($1::json) AS v (value)", "~ '^[^0-9]{3}'")

bool parts_put(struct db_conn *conn, struct arena *arena, const struct search_row *cases, size_t count,
               struct search_seen *seen, struct err *err)
{
    struct buf list;
    buf_init(&list, arena);
    for (size_t i = 0; i < count; i++) {
        struct str rest = cases[i].words, word;
        while (str_cut(&rest, ' ', &word)) {
            if (!has_parts(word) || (seen && seen_before(seen, word)))
                continue;
            buf_char(&list, list.n ? ',' : '[');
            buf_json(&list, word);
        }
    }
    if (!list.n)
        return true;
    buf_char(&list, ']');
    return db_exec(conn, db_conn_engine(conn) == DB_SQLITE ? PUT_SQLITE : PUT_POSTGRES,
                   DB_ARGS(DB_TEXT(buf_text(&list))), err);
}

/* --- checking ----------------------------------------------------------------------------------------------------- */

static const char SQLITE_LACKING[] =
    "WITH RECURSIVE cut (word, rest) AS (SELECT '', words FROM case_words UNION ALL"
    " SELECT substr(rest, 1, instr(rest || ' ', ' ') - 1), substr(rest, instr(rest || ' ', ' ') + 1) FROM cut"
    " WHERE rest <> '') SELECT count(DISTINCT word) FROM cut WHERE word GLOB '?*[^0-9][^0-9][^0-9]*'"
    " AND unicode(word) <> 57344"
    " AND NOT EXISTS (SELECT 1 FROM search_part p WHERE p.part = cut.word AND p.word = cut.word)";
static const char POSTGRES_LACKING[] =
    "SELECT count(*) FROM (SELECT word FROM ts_stat('SELECT words FROM case_search') WHERE word ~ '^.+[^0-9]{3}'"
    " AND ascii(word) <> 57344 EXCEPT SELECT word FROM search_part WHERE part = word) d";

bool parts_verify(struct db_conn *conn, struct buf *report, struct err *err)
{
    int64_t lacking = 0;
    if (!db_query_int(conn, db_conn_engine(conn) == DB_SQLITE ? SQLITE_LACKING : POSTGRES_LACKING, DB_NO_ARGS, NULL,
                      &lacking, err))
        return false;
    if (lacking)
        buf_printf(report, "search words: %lld are not found inside words\n", (long long)lacking);
    return true;
}

/* --- finding ------------------------------------------------------------------------------------------------------ */

static bool words_inside_load(struct db_conn *conn, struct arena *arena, struct search_term *term, struct err *err)
{
    struct str end = arena_printf(arena, "%.*s" LAST_LETTER, STR_FMT(term->token)), *words = NULL;
    size_t cap = 0;
    struct db_rows *rows = db_query(conn, arena,
                                    "SELECT DISTINCT word FROM search_part WHERE part >= $1 AND part < $2"
                                    " AND NOT (word >= $1 AND word < $2)",
                                    DB_ARGS(DB_TEXT(term->token), DB_TEXT(end)), err);
    while (db_next(rows)) {
        words = arena_grow(arena, words, term->inside_count, &cap, sizeof *words);
        words[term->inside_count++] = db_text_copy(rows, 0, arena);
    }
    term->inside = words;
    return db_done(rows, err);
}

void dialect_search_entity_terms(struct arena *arena, const struct str *words, size_t count, struct search_term *terms)
{
    for (size_t i = 0; i < count; i++) {
        struct str *marked = ARENA_NEW(arena, struct str);
        *marked = arena_printf(arena, SEARCH_INSIDE_MARK "%.*s", STR_FMT(words[i]));
        terms[i] = (struct search_term){.token = words[i],
                                        .prefix = true,
                                        .inside = marked,
                                        .inside_count = parts_found_inside(words[i]),
                                        .inside_prefix = true};
    }
}

bool dialect_search_terms(struct db_conn *conn, struct arena *arena, const struct str *words, size_t count,
                          struct search_term *terms, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        terms[i] = (struct search_term){.token = words[i], .prefix = true};
        if (parts_found_inside(words[i]) && !words_inside_load(conn, arena, &terms[i], err))
            return false;
    }
    return true;
}
