/* What changed in the rows of a specification since they were decided on, from the content kept with the decision. */
#include "model/specification_change.h"

#include "base/decimal.h"

#include <stdlib.h>

/* A line of the content of the decision. */
struct decided_line {
    struct str key, text; /* key: the numbers of case and row, as JSON texts */
    int64_t total;
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

static int64_t decided_line_total(struct str line)
{
    size_t at = line.n;
    int64_t total = 0;
    while (at && line.p[at - 1] != ' ')
        at--;
    return decimal_parse(str_slice(line, at, line.n), &total) ? total / (DECIMAL_ONE / 100) : 0;
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
            (struct decided_line){.key = decided_line_key(line), .text = line, .total = decided_line_total(line)};
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
        row->decided_total = found->total;
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
    for (size_t i = 0; i < lines.count; i++)
        specification->rows_gone += !lines.all[i].stays;
}
