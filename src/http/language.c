#include "http/http.h"

/* Returns the value of `q=0.8` in thousandths; -1 for other text. RFC 9110: at most three decimals. */
static int parse_weight(struct str text)
{
    if (!text.n || (text.p[0] != '0' && text.p[0] != '1') || text.n > 5 || (text.n > 1 && text.p[1] != '.'))
        return -1;
    int weight = (text.p[0] - '0') * 1000;
    for (size_t i = 2, unit = 100; i < text.n; i++, unit /= 10) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return -1;
        weight += (text.p[i] - '0') * (int)unit;
    }
    return weight > 1000 ? -1 : weight;
}

static int language_weight_of(struct str *range)
{
    int weight = 1000;
    struct str rest = *range, part;
    if (!str_cut(&rest, ';', &part))
        return -1;
    *range = str_trim(part);
    while (str_cut(&rest, ';', &part)) {
        part = str_trim(part);
        if (str_starts(part, STR("q=")) || str_starts(part, STR("Q=")))
            weight = parse_weight(str_slice(part, 2, part.n));
    }
    return weight;
}

/* Returns how well a range matches a language: grows with the number of letters they share; 0: no match. */
static size_t closeness(struct str range, struct str tag)
{
    if (str_eqz(range, "*"))
        return 1;
    struct str shorter = range.n < tag.n ? range : tag, longer = range.n < tag.n ? tag : range;
    bool same = str_eq_nocase(str_slice(longer, 0, shorter.n), shorter);
    bool whole = longer.n == shorter.n || longer.p[shorter.n] == '-';
    return shorter.n && same && whole ? shorter.n + 1 : 0;
}

/* Returns the weight of the closest range, so that `sv;q=0.5, *` prefers other languages to Swedish. */
static int weight_for(struct str header, struct str tag, size_t *place)
{
    struct str range;
    size_t best = 0, at = 0;
    int weight = 0;
    for (; str_cut(&header, ',', &range); at++) {
        int its = language_weight_of(&range);
        size_t close = its < 0 ? 0 : closeness(range, tag);
        if (close > best || (close && close == best && its > weight)) {
            best = close;
            weight = its;
            *place = at;
        }
    }
    return weight;
}

size_t http_accept_language(struct str header, const char *const *offered, size_t count)
{
    size_t chosen = 0, chosen_place = 0;
    int chosen_weight = 0;
    for (size_t i = 0; i < count; i++) {
        size_t place = 0;
        int weight = weight_for(header, str_of(offered[i]), &place);
        if (weight > chosen_weight || (weight == chosen_weight && weight > 0 && place < chosen_place)) {
            chosen = i;
            chosen_weight = weight;
            chosen_place = place;
        }
    }
    return chosen;
}
