#include "i18n/catalogue.h"

#include "base/buf.h"

#include <string.h>

static const char *const codes[LANG_COUNT] = {[LANG_SV] = "sv", [LANG_EN] = "en"};

bool lang_parse(struct str code, enum lang *lang)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        if (str_eqz(code, codes[i])) {
            *lang = (enum lang)i;
            return true;
        }
    }
    return false;
}

const char *lang_code(enum lang lang)
{
    return codes[lang];
}

/* Hashes with FNV-1a, as tools/compile_catalogue.py does. The unsigned 32-bit wrap-around is intended. */
static const struct catalogue_text *catalogue_find(const char *english, size_t *length)
{
    uint32_t hash = 2166136261u;
    const char *p = english;
    for (; *p; p++)
        hash = (hash ^ (unsigned char)*p) * 16777619u;
    *length = (size_t)(p - english);
    for (size_t i = hash & (catalogue_size - 1); catalogue_slots[i].msgid.p; i = (i + 1) & (catalogue_size - 1)) {
        const struct catalogue_text *text = &catalogue_slots[i];
        if (text->hash == hash && text->msgid.n == *length && memcmp(text->msgid.p, english, *length) == 0)
            return text;
    }
    return NULL;
}

struct str tr(enum lang lang, const struct msgid *msgid)
{
    if (!msgid)
        return STR_NONE;
    size_t length;
    const struct catalogue_text *text = catalogue_find(msgid_text(msgid), &length);
    if (text && text->form[lang][0].n)
        return text->form[lang][0];
    return (struct str){msgid_text(msgid), length};
}

/* Returns the text with `{1}`…`{9}` and `{n}` replaced. A placeholder without a value stays as it is. */
static struct str placeholders_fill(struct arena *arena, struct str text, const struct str *values, size_t count,
                                    struct str number)
{
    struct buf out;
    buf_init(&out, arena);
    size_t from = 0;
    for (size_t i = 0; i + 2 < text.n; i++) {
        if (text.p[i] != '{' || text.p[i + 2] != '}')
            continue;
        char c = text.p[i + 1];
        bool known = c >= '1' && c <= '9' && (size_t)(c - '1') < count;
        if (!known && !(c == 'n' && number.p))
            continue;
        buf_str(&out, str_slice(text, from, i));
        buf_str(&out, known ? values[c - '1'] : number);
        from = i + 3;
        i += 2;
    }
    buf_str(&out, str_slice(text, from, text.n));
    return buf_text(&out);
}

struct str tr_fill(struct arena *arena, enum lang lang, const struct msgid *msgid, const struct str *values,
                   size_t count)
{
    return placeholders_fill(arena, tr(lang, msgid), values, count, STR_NONE);
}

struct str tr_n(struct arena *arena, enum lang lang, const struct msgid *one, const struct msgid *many, int64_t n)
{
    bool is_one = n == 1; /* true in both languages */
    size_t length;
    const struct catalogue_text *text = catalogue_find(msgid_text(one), &length);
    struct str form = text ? text->form[lang][!is_one] : STR_NONE;
    if (!form.n)
        form = str_of(msgid_text(is_one ? one : many));
    return placeholders_fill(arena, form, NULL, 0, fmt_int(arena, lang, n));
}
