#include "view/refill.h"

struct refilling {
    struct arena *arena;
    struct buf out;
    struct str rest; /* of the page */
    const char *mark;
    const struct http_params *values;
    bool *used;        /* which values stand in the form already: fields of one name take them in turn */
    struct str select; /* the name of the select whose options come; empty: none is open */
};

/* Returns the value of an attribute, still escaped, and where it stands in the tag with its name; false: no such. */
static bool refill_attribute(struct str tag, const char *name, struct str *value, size_t *from, size_t *to)
{
    struct str wanted = str_of(name);
    size_t at = 0;
    while (at < tag.n) {
        bool quoted = tag.p[at] == '"';
        bool begins = at > 0 && (tag.p[at - 1] == ' ' || tag.p[at - 1] == '\n');
        struct str here = str_slice(tag, at, tag.n), after = str_slice(here, wanted.n, here.n);
        if (begins && str_starts(here, wanted) && (!after.n || str_find_char(STR("= \n/>"), after.p[0]) >= 0)) {
            bool valued = str_starts(after, STR("=\""));
            size_t start = at + wanted.n + 2;
            ptrdiff_t end = valued ? str_find_char(str_slice(tag, start, tag.n), '"') : 0;
            *value = valued ? str_slice(tag, start, start + (size_t)end) : STR_NONE;
            *from = at;
            *to = valued ? start + (size_t)end + 1 : at + wanted.n;
            return true;
        }
        ptrdiff_t close = quoted ? str_find_char(str_slice(tag, at + 1, tag.n), '"') : 0;
        at += quoted ? (size_t)close + 2 : 1;
    }
    return false;
}

static struct str refill_value(struct str tag, const char *name)
{
    struct str value = STR_NONE;
    size_t from, to;
    return refill_attribute(tag, name, &value, &from, &to) ? value : STR_NONE;
}

/* Writes a tag with one attribute changed: `value` NULL takes it away, an empty one has no value. */
static void refill_tag(struct refilling *fill, struct str tag, const char *name, const struct str *value)
{
    struct str before;
    size_t from = 0, to = 0;
    if (!refill_attribute(tag, name, &before, &from, &to))
        from = to = tag.n - 1;
    buf_str(&fill->out, str_slice(tag, 0, from));
    if (value) {
        buf_printf(&fill->out, "%s%s", from == to ? " " : "", name);
        if (value->p) {
            buf_z(&fill->out, "=\"");
            buf_html(&fill->out, *value);
            buf_char(&fill->out, '"');
        }
    }
    buf_str(&fill->out, str_slice(tag, to, tag.n));
}

/* Takes the next value of a name that no field has yet. */
static bool refill_take(struct refilling *fill, struct str name, struct str *value)
{
    for (size_t i = 0; i < fill->values->count; i++) {
        if (fill->used[i] || !str_eq(fill->values->items[i].name, name))
            continue;
        fill->used[i] = true;
        *value = fill->values->items[i].value;
        return true;
    }
    return false;
}

/* Whether the kept form has this value of a name, compared escaped; *named: whether it has the name at all. */
static bool refill_has(struct refilling *fill, struct str name, struct str escaped, bool *named)
{
    bool has = false;
    *named = false;
    for (size_t i = 0; i < fill->values->count; i++) {
        struct buf value;
        if (!str_eq(fill->values->items[i].name, name))
            continue;
        *named = true;
        buf_init(&value, fill->arena);
        buf_html(&value, fill->values->items[i].value);
        has = has || str_eq(buf_text(&value), escaped);
    }
    return has;
}

static void refill_input(struct refilling *fill, struct str tag)
{
    static const char *const KEEP[] = {"password", "file", "submit", "button", "image", "reset"};
    struct str type = refill_value(tag, "type"), name = refill_value(tag, "name"), value = STR_NONE;
    bool named, box = str_eqz(type, "checkbox") || str_eqz(type, "radio");
    bool stays = !name.n || str_eqz(name, fill->mark) || str_eqz(name, "csrf_token");
    for (size_t i = 0; i < COUNT_OF(KEEP); i++)
        stays = stays || str_eqz(type, KEEP[i]);
    if (box && !stays)
        refill_tag(fill, tag, "checked", refill_has(fill, name, refill_value(tag, "value"), &named) ? &value : NULL);
    else if (!stays && refill_take(fill, name, &value))
        refill_tag(fill, tag, "value", &(struct str){value.p ? value.p : "", value.n});
    else
        buf_str(&fill->out, tag);
}

static void refill_option(struct refilling *fill, struct str tag)
{
    bool named, has = refill_has(fill, fill->select, refill_value(tag, "value"), &named);
    if (fill->select.n && named)
        refill_tag(fill, tag, "selected", has ? &STR_NONE : NULL);
    else
        buf_str(&fill->out, tag);
}

/* Browsers drop the first line break of a textarea, hence the one of our own. */
static void refill_textarea(struct refilling *fill, struct str tag)
{
    struct str value;
    ptrdiff_t end = str_find(fill->rest, STR("</textarea>"));
    buf_str(&fill->out, tag);
    if (end < 0 || !refill_take(fill, refill_value(tag, "name"), &value))
        return;
    buf_char(&fill->out, '\n');
    buf_html(&fill->out, value);
    fill->rest = str_slice(fill->rest, (size_t)end, fill->rest.n);
}

static bool refill_is(struct str tag, const char *name)
{
    struct str word = str_of(name);
    return str_starts(str_slice(tag, 1, tag.n), word) && tag.n > word.n + 1 &&
           str_find_char(STR(" \n>"), tag.p[word.n + 1]) >= 0;
}

/* Cuts the rest after its next tag: copies the text before the tag, and returns the tag; empty: there is no more. */
static struct str refill_next(struct refilling *fill)
{
    ptrdiff_t open = str_find_char(fill->rest, '<');
    size_t at = open < 0 ? fill->rest.n : (size_t)open, end = at;
    bool quoted = false;
    buf_str(&fill->out, str_slice(fill->rest, 0, at));
    while (end < fill->rest.n && (quoted || fill->rest.p[end] != '>'))
        quoted ^= fill->rest.p[end++] == '"';
    struct str tag = str_slice(fill->rest, at, end + 1);
    fill->rest = str_slice(fill->rest, at + tag.n, fill->rest.n);
    return tag;
}

/* Writes the form whose first tag was just read. */
static void refill_fields(struct refilling *fill)
{
    for (struct str tag = refill_next(fill); tag.n; tag = refill_next(fill)) {
        if (refill_is(tag, "select"))
            fill->select = refill_value(tag, "name");
        if (refill_is(tag, "input"))
            refill_input(fill, tag);
        else if (refill_is(tag, "option"))
            refill_option(fill, tag);
        else if (refill_is(tag, "textarea"))
            refill_textarea(fill, tag);
        else
            buf_str(&fill->out, tag);
        if (refill_is(tag, "/form"))
            break;
    }
}

struct str refill_form(struct arena *arena, struct str page, struct str action, const char *mark,
                       const struct http_params *values, bool *found)
{
    struct refilling fill = {.arena = arena, .rest = page, .mark = mark, .values = values};
    struct str marked = arena_printf(arena, " name=\"%s\"", mark);
    fill.used = ARENA_ARRAY(arena, bool, values->count);
    buf_init(&fill.out, arena);
    buf_reserve(&fill.out, page.n);
    *found = false;
    for (struct str tag = refill_next(&fill); tag.n; tag = refill_next(&fill)) {
        ptrdiff_t end = str_find(fill.rest, STR("</form>"));
        bool wanted = !*found && refill_is(tag, "form") && end >= 0 && str_eq(refill_value(tag, "action"), action) &&
                      str_find(str_slice(fill.rest, 0, (size_t)end), marked) >= 0;
        if (!wanted) {
            buf_str(&fill.out, tag);
            continue;
        }
        *found = true;
        refill_tag(&fill, tag, "data-restored", &STR_NONE);
        refill_fields(&fill);
    }
    return buf_text(&fill.out);
}
