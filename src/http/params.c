#include "http/escape.h"
#include "http/http.h"

bool http_param_next(const struct http_params *params, const char *name, size_t *at, struct str *value)
{
    while (*at < params->count) {
        const struct http_param *param = &params->items[(*at)++];
        if (str_eqz(param->name, name)) {
            *value = param->value;
            return true;
        }
    }
    return false;
}

struct str http_param(const struct http_params *params, const char *name)
{
    size_t at = 0;
    struct str value = STR_NONE;
    (void)http_param_next(params, name, &at, &value);
    return value;
}

bool http_has(const struct http_params *params, const char *name)
{
    size_t at = 0;
    struct str value;
    return http_param_next(params, name, &at, &value);
}

static size_t count_pairs(struct str text)
{
    size_t count = 0;
    struct str pair;
    while (str_cut(&text, '&', &pair))
        count += pair.n > 0;
    return count;
}

static bool parse_pair(struct arena *arena, struct str pair, struct http_param *param)
{
    ptrdiff_t equals = str_find_char(pair, '=');
    size_t end = equals < 0 ? pair.n : (size_t)equals;
    struct str value = equals < 0 ? STR_NONE : str_slice(pair, end + 1, pair.n);
    return escape_decode(arena, str_slice(pair, 0, end), true, &param->name) &&
           escape_decode(arena, value, true, &param->value);
}

bool http_parse_urlencoded(struct arena *arena, struct str text, size_t field_limit, struct http_params *params,
                           struct err *err)
{
    size_t count = count_pairs(text);
    *params = (struct http_params){NULL, 0};
    if (count > field_limit)
        return err_set(err, ERR_TOO_LARGE, NULL, "%zu fields", count);
    params->items = ARENA_ARRAY(arena, struct http_param, count);
    struct str pair;
    while (str_cut(&text, '&', &pair)) {
        if (!pair.n)
            continue;
        if (!parse_pair(arena, pair, &params->items[params->count]))
            return err_set(err, ERR_INVALID, NULL, "field %zu is not escaped UTF-8 without NUL", params->count + 1);
        params->count++;
    }
    return true;
}
