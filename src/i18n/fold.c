#include "i18n/fold.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    }
    return true;
}

static struct str ascii_lower(struct arena *arena, struct str s)
{
    char *out = arena_alloc(arena, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        out[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + ('a' - 'A') : s.p[i]);
    return (struct str){out, s.n};
}

struct utf16 {
    UChar *p;
    int32_t n;
};

/* A text of n bytes has at most n UTF-16 units. Everything that reads texts limits them to far less than 2 GiB. */
static struct utf16 to_utf16(struct arena *arena, struct str s)
{
    struct utf16 wide = {ARENA_ARRAY(arena, UChar, s.n + 1), 0};
    UErrorCode code = U_ZERO_ERROR;
    u_strFromUTF8(wide.p, (int32_t)s.n + 1, &wide.n, s.p, (int32_t)s.n, &code);
    if (U_FAILURE(code))
        wide.n = 0;
    return wide;
}

static struct str to_utf8(struct arena *arena, struct utf16 wide)
{
    size_t cap = (size_t)wide.n * 3 + 1;
    char *out = arena_alloc(arena, cap);
    int32_t n = 0;
    UErrorCode code = U_ZERO_ERROR;
    u_strToUTF8(out, (int32_t)cap, &n, wide.p, wide.n, &code);
    return U_FAILURE(code) ? STR_NONE : (struct str){out, (size_t)n};
}

static struct utf16 normalize(struct arena *arena, const UNormalizer2 *normalizer, struct utf16 in)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t cap = unorm2_normalize(normalizer, in.p, in.n, NULL, 0, &code);
    struct utf16 out = {ARENA_ARRAY(arena, UChar, (size_t)cap + 1), 0};
    code = U_ZERO_ERROR;
    out.n = unorm2_normalize(normalizer, in.p, in.n, out.p, cap + 1, &code);
    if (U_FAILURE(code))
        out.n = 0;
    return out;
}

static struct utf16 fold_fold(struct arena *arena, struct utf16 in)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t cap = u_strFoldCase(NULL, 0, in.p, in.n, U_FOLD_CASE_DEFAULT, &code);
    struct utf16 out = {ARENA_ARRAY(arena, UChar, (size_t)cap + 1), 0};
    code = U_ZERO_ERROR;
    out.n = u_strFoldCase(out.p, cap + 1, in.p, in.n, U_FOLD_CASE_DEFAULT, &code);
    if (U_FAILURE(code))
        out.n = 0;
    return out;
}

/* ICU's own instances are built in. Without them, the installation of ICU is broken and texts cannot be compared. */
static const UNormalizer2 *instance(const UNormalizer2 *(*get)(UErrorCode *))
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = get(&code);
    if (U_FAILURE(code))
        abort();
    return normalizer;
}

struct str fold_case(struct arena *arena, struct str s)
{
    if (is_ascii(s))
        return ascii_lower(arena, s);
    const UNormalizer2 *nfc = instance(unorm2_getNFCInstance);
    return to_utf8(arena, normalize(arena, nfc, fold_fold(arena, normalize(arena, nfc, to_utf16(arena, s)))));
}

struct str fold_compatible(struct arena *arena, struct str s)
{
    if (is_ascii(s))
        return ascii_lower(arena, s);
    return to_utf8(arena, normalize(arena, instance(unorm2_getNFKCCasefoldInstance), to_utf16(arena, s)));
}

struct str fold_none(struct arena *arena, struct str s)
{
    if (is_ascii(s))
        return s;
    return to_utf8(arena, normalize(arena, instance(unorm2_getNFCInstance), to_utf16(arena, s)));
}
