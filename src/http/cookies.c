#include "http/escape.h"
#include "http/http.h"

#define COOKIE_LIMIT 100
#define HOST_PREFIX "__Host-"

static struct str cookies_unquoted(struct str value)
{
    bool quoted = value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"';
    return quoted ? str_slice(value, 1, value.n - 1) : value;
}

/* Other programs of the host set cookies too, so this skips a part that is not a cookie. */
bool http_parse_cookies(struct arena *arena, struct str header, struct http_params *cookies)
{
    struct str rest = header, part;
    size_t count = 0;
    *cookies = (struct http_params){NULL, 0};
    if (!utf8_valid(header) || has_control(header, true))
        return false;
    for (size_t i = 0; i < header.n; i++)
        count += header.p[i] == ';';
    if (count >= COOKIE_LIMIT)
        return false;
    cookies->items = ARENA_ARRAY(arena, struct http_param, count + 1);
    while (str_cut(&rest, ';', &part)) {
        ptrdiff_t equals = str_find_char(part, '=');
        struct str name = equals < 0 ? STR_NONE : str_trim(str_slice(part, 0, (size_t)equals));
        if (!token_valid(name))
            continue;
        struct str value = cookies_unquoted(str_trim(str_slice(part, (size_t)equals + 1, part.n)));
        cookies->items[cookies->count++] = (struct http_param){name, value};
    }
    return true;
}

static struct str cookie_name(const struct http_request *request, const char *name)
{
    return request->secure ? arena_printf(request->arena, HOST_PREFIX "%s", name) : str_of(name);
}

struct str http_cookie_get(const struct http_request *request, const char *name)
{
    size_t at = 0;
    struct str value = STR_NONE;
    return http_param_next(&request->cookies, cookie_name(request, name).p, &at, &value) ? value : STR_NONE;
}

void http_cookie_set(const struct http_request *request, struct http_response *response, struct http_cookie cookie)
{
    struct buf line;
    buf_init(&line, request->arena);
    buf_str(&line, cookie_name(request, cookie.name));
    buf_char(&line, '=');
    buf_str(&line, cookie.value);
    buf_z(&line, "; Path=/; HttpOnly; SameSite=Lax");
    if (request->secure)
        buf_z(&line, "; Secure");
    if (cookie.max_age)
        buf_printf(&line, "; Max-Age=%lld", cookie.max_age < 0 ? 0LL : (long long)cookie.max_age);
    /* A value with such a character would end early, and the browser would store another value. */
    bool broken = str_find_char(cookie.value, ';') >= 0 || str_find_char(cookie.value, ',') >= 0;
    http_set(response, "Set-Cookie", broken ? STR("\n") : buf_text(&line));
}
