/* What changed in the rows of a specification since they were decided on, from the content kept with the decision. */
#include "model/specification_change.h"

#include "base/decimal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A line of the content of the decision. */
struct decided_line {
    struct str key, text; /* key: the numbers of case and row, as JSON texts */
    struct specification_row row;
    bool stays; /* the specification still has the row */
};

struct decided_lines {
    struct decided_line *all;
    size_t count;
};

static int decided_line_compare(const void *a, const void *b)
{
    const struct decided_line *one = a, *other = b;
    return str_cmp(one->key, other->key);
}

/* Returns the two JSON texts that a line begins with. */
static struct str decided_line_key(struct str line)
{
    size_t at = 0;
    for (int quotes = 0; at < line.n && quotes < 4; at++) {
        if (line.p[at] == '\\')
            at++;
        else if (line.p[at] == '"')
            quotes++;
    }
    return str_slice(line, 0, at);
}

/* Returns the character that buf_json wrote as `\` and this letter; *at is that of the letter and moves to its end. */
static char decided_escape(struct str line, size_t *at)
{
    static const char letters[] = "bfnrt", characters[] = "\b\f\n\r\t";
    char letter = *at < line.n ? line.p[*at] : ' ';
    const char *found = letter ? strchr(letters, letter) : NULL;
    unsigned value = 0;
    if (found)
        return characters[found - letters];
    if (letter != 'u')
        return letter;
    (void)sscanf(str_slice(line, *at + 1, *at + 5).p, "%4x", &value);
    *at += 4;
    return (char)value;
}

/* Reads the JSON text at the beginning of a line, and the blank after it, as buf_json wrote it. */
static struct str decided_text_cut(struct arena *arena, struct str *line)
{
    struct buf text;
    size_t at = 1;
    buf_init(&text, arena);
    for (; at < line->n && line->p[at] != '"'; at++) {
        char c = line->p[at];
        if (c == '\\') {
            at++;
            c = decided_escape(*line, &at);
        }
        buf_char(&text, c);
    }
    *line = str_slice(*line, at + 2, line->n);
    return buf_text(&text);
}

/* Reads a number at the beginning of a line, and the blank after it. */
static int64_t decided_number_cut(struct str *line)
{
    struct str part = *line;
    int64_t number = 0;
    (void)str_cut(line, ' ', &part);
    return decimal_parse(part, &number) ? number : 0;
}

static struct specification_row decided_row_read(struct arena *arena, struct str line)
{
    struct specification_row row = {.decided = NULL};
    struct str *texts[] = {&row.number,      &row.number,  &row.date, &row.title,
                           &row.description, &row.article, &row.unit}; /* the first is the number of the case */
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = decided_text_cut(arena, &line);
    row.quantity = decided_number_cut(&line);
    row.unit_price = decided_number_cut(&line);
    row.discount = decided_number_cut(&line);
    row.total = decided_number_cut(&line) / (DECIMAL_ONE / 100);
    return row;
}

/* The last line of the content is its sum. */
static struct decided_lines decided_lines_read(struct arena *arena, struct str content)
{
    struct decided_lines lines = {.count = 0};
    struct str rest = content, line;
    size_t cap = 0;
    while (str_cut(&rest, '\n', &line) && rest.n) {
        lines.all = arena_grow(arena, lines.all, lines.count, &cap, sizeof *lines.all);
        lines.all[lines.count++] =
            (struct decided_line){decided_line_key(line), line, decided_row_read(arena, line), false};
    }
    if (lines.count)
        qsort(lines.all, lines.count, sizeof *lines.all, decided_line_compare);
    return lines;
}

static void decided_row_mark(struct arena *arena, const struct decided_lines *lines, struct str number,
                             struct specification_row *row)
{
    const struct str texts[] = {number, row->number, row->date, row->title, row->description, row->article, row->unit};
    const int64_t numbers[] = {row->quantity, row->unit_price, row->discount};
    struct buf text;
    buf_init(&text, arena);
    specification_content_add_line(&text, arena, texts, numbers, row->total);
    struct str line = str_slice(buf_text(&text), 0, text.n - 1);
    struct decided_line wanted = {.key = decided_line_key(line)};
    struct decided_line *found =
        lines->count ? bsearch(&wanted, lines->all, lines->count, sizeof *lines->all, decided_line_compare) : NULL;
    row->change = !found                      ? SPECIFICATION_ROW_NEW
                  : str_eq(found->text, line) ? SPECIFICATION_ROW_SAME
                                              : SPECIFICATION_ROW_CHANGED;
    if (found) {
        row->decided = &found->row;
        found->stays = true;
    }
}

void specification_mark_changes(struct arena *arena, struct specification *specification,
                                struct specification_row *rows, struct str content)
{
    struct decided_lines lines = decided_lines_read(arena, content);
    for (size_t i = 0; i < specification->case_count; i++) {
        const struct specification_case *one = &specification->cases[i];
        for (size_t k = 0; k < one->row_count; k++)
            decided_row_mark(arena, &lines, one->number, rows++);
    }
    specification->gone = ARENA_ARRAY(arena, struct specification_row, lines.count + 1);
    for (size_t i = 0; i < lines.count; i++) {
        if (!lines.all[i].stays)
            specification->gone[specification->gone_count++] = lines.all[i].row;
    }
}
