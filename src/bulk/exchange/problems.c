#include "bulk/exchange/problems.h"

#include "base/buf.h"

#include <inttypes.h>

#define SHOWN_CHARS 60

static void add_found(struct buf *text, struct str found)
{
    struct str shown = utf8_prefix(found, SHOWN_CHARS);
    buf_z(text, ": \"");
    for (size_t i = 0; i < shown.n; i++) {
        unsigned char c = (unsigned char)shown.p[i];
        buf_char(text, c < 0x20 || c == 0x7F ? ' ' : shown.p[i]);
    }
    buf_z(text, shown.n < found.n ? "…\"" : "\"");
}

static bool comes_after(const struct problem *one, size_t source, int64_t line)
{
    return one->source > source || (one->source == source && one->line > line);
}

static size_t most_kept(const struct problems *problems)
{
    return problems->most ? problems->most : PROBLEMS_MAX;
}

/*
 * Returns the position for a new problem among the kept ones, or the largest number that is kept when it has no place.
 */
static size_t make_room(struct problems *problems, size_t source, int64_t line)
{
    size_t at = problems->kept, most = most_kept(problems);
    while (at > 0 && comes_after(&problems->first[at - 1], source, line))
        at--;
    if (at == most)
        return at;
    if (problems->kept < most) {
        problems->first =
            arena_grow(problems->arena, problems->first, problems->kept, &problems->room, sizeof *problems->first);
        problems->kept++;
    }
    for (size_t i = problems->kept - 1; i > at; i--)
        problems->first[i] = problems->first[i - 1];
    return at;
}

void problem_add(struct problems *problems, size_t source, const char *file, int64_t line, const char *column,
                 struct str found, const char *format, ...)
{
    problems->count++;
    size_t at = make_room(problems, source, line);
    if (at == most_kept(problems))
        return;
    struct buf text;
    buf_init(&text, problems->arena);
    buf_printf(&text, "%s:%" PRId64 ": %s: ", file, line, column);
    va_list args;
    va_start(args, format);
    buf_str(&text, arena_vprintf(problems->arena, format, args));
    va_end(args);
    if (found.p)
        add_found(&text, found);
    problems->first[at] = (struct problem){source, line, buf_text(&text)};
}
