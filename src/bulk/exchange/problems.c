#include "bulk/exchange/problems.h"

#include "base/buf.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

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

/* --- groups ------------------------------------------------------------------------------------------------------- */

/* Returns what a problem says, when all of it is a value: else the text of the program tells its kind. */
static struct str problem_kind(const char *format, va_list args)
{
    if (strcmp(format, "%s") == 0)
        return str_of(va_arg(args, const char *));
    if (strcmp(format, "%.*s") != 0)
        return STR_NONE;
    size_t n = (size_t)va_arg(args, int);
    return (struct str){va_arg(args, const char *), n};
}

static struct load_group *group_find(struct problems *problems, size_t source, const char *column, const char *format,
                                     struct str kind)
{
    for (size_t i = 0; i < problems->group_count; i++) {
        struct load_group *group = &problems->groups[i];
        if (group->source == source && problems->kinds[i].format == format && str_eqz(group->column, column) &&
            str_eq(problems->kinds[i].text, kind))
            return group;
    }
    return NULL;
}

static struct load_group *problem_group_add(struct problems *problems, size_t source, const char *column,
                                            const char *format, struct str kind)
{
    if (problems->group_count == PROBLEM_GROUPS_MAX)
        return NULL;
    size_t at = problems->group_count++;
    problems->kinds[at].format = format;
    problems->kinds[at].text = kind.p ? arena_str(problems->arena, kind) : STR_NONE;
    problems->groups[at] = (struct load_group){.source = source, .column = arena_str(problems->arena, str_of(column))};
    return &problems->groups[at];
}

/* Keeps the first lines of a group in their order. */
static void group_note_line(struct load_group *group, int64_t line)
{
    size_t at = group->line_count;
    while (at > 0 && group->lines[at - 1] > line)
        at--;
    if ((at > 0 && group->lines[at - 1] == line) || at == LOAD_GROUP_LINES)
        return;
    group->line_count += group->line_count < LOAD_GROUP_LINES;
    for (size_t i = group->line_count - 1; i > at; i--)
        group->lines[i] = group->lines[i - 1];
    group->lines[at] = line;
}

void problems_reset(struct problems *problems)
{
    problems->count = 0;
    problems->kept = problems->group_count = 0;
}

/* --- problems ----------------------------------------------------------------------------------------------------- */

/* Counts the problem in its group, which says what the first of them says. */
static void __attribute__((format(printf, 6, 0)))
problem_group(struct problems *problems, size_t source, int64_t line, const char *column, struct str found,
              const char *format, va_list args)
{
    va_list kind_args;
    va_copy(kind_args, args);
    struct str kind = problem_kind(format, kind_args);
    va_end(kind_args);
    struct load_group *group = group_find(problems, source, column, format, kind);
    if (!group)
        group = problem_group_add(problems, source, column, format, kind);
    if (!group)
        return;
    if (!group->count++) {
        group->what = arena_vprintf(problems->arena, format, args);
        group->found = utf8_prefix(found, SHOWN_CHARS);
        group->found = group->found.n ? arena_str(problems->arena, group->found) : STR_NONE;
    }
    group_note_line(group, line);
}

void problem_add(struct problems *problems, size_t source, const char *file, int64_t line, const char *column,
                 struct str found, const char *format, ...)
{
    va_list args;
    problems->count++;
    va_start(args, format);
    problem_group(problems, source, line, column, found, format, args);
    va_end(args);
    size_t at = make_room(problems, source, line);
    if (at == most_kept(problems))
        return;
    struct buf text;
    buf_init(&text, problems->arena);
    buf_printf(&text, "%s:%" PRId64 ": %s: ", file, line, column);
    va_start(args, format);
    buf_str(&text, arena_vprintf(problems->arena, format, args));
    va_end(args);
    if (found.p)
        add_found(&text, found);
    problems->first[at] = (struct problem){source, line, buf_text(&text)};
}
