#include "http/head.h"

#include "http/escape.h"

#include <string.h>

#define TARGET_BYTES 8000
#define QUERY_FIELDS 500

static const struct refusal fine = {0, NULL, {NULL, 0}};

struct refusal head_refuse(int status, const char *reason)
{
    return (struct refusal){.status = status, .reason = reason};
}

struct str head_value(const struct head *head, struct str name)
{
    for (size_t i = 0; i < head->count; i++) {
        if (str_eq_nocase(head->lines[i].name, name))
            return head->lines[i].value;
    }
    return STR_NONE;
}

struct str head_list(struct arena *arena, const struct head *head, struct str name)
{
    struct buf all;
    buf_init(&all, arena);
    for (size_t i = 0; i < head->count; i++) {
        if (!str_eq_nocase(head->lines[i].name, name))
            continue;
        if (all.n)
            buf_z(&all, ", ");
        buf_str(&all, head->lines[i].value);
    }
    return buf_text(&all);
}

struct str http_header(const struct http_request *request, const char *name)
{
    return head_value(request->engine, str_of(name));
}

static size_t head_count_of(const struct head *head, struct str name)
{
    size_t count = 0;
    for (size_t i = 0; i < head->count; i++)
        count += str_eq_nocase(head->lines[i].name, name);
    return count;
}

int64_t head_length(const struct head *head)
{
    int64_t length = 0;
    return str_to_int(head_value(head, STR("content-length")), &length) ? length : 0;
}

/* --- what is refused ---------------------------------------------------------------------------------------------- */

static struct refusal check_target(struct str target)
{
    if (target.n > TARGET_BYTES)
        return head_refuse(414, "the address is too long");
    if (!target.n || target.p[0] != '/')
        return head_refuse(400, "the address must begin with a slash");
    if (has_control(target, false) || str_find_char(target, ' ') >= 0 || str_find_char(target, '#') >= 0 ||
        !utf8_valid(target))
        return head_refuse(400, "a character that may not stand in an address");
    return fine;
}

static struct refusal check_method(struct str method)
{
    static const char *const known[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    if (!token_valid(method))
        return head_refuse(400, "the method is no word");
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (str_eqz(method, known[i]))
            return fine;
    }
    return head_refuse(501, "unknown method");
}

static struct refusal check_lines(const struct head *head)
{
    for (size_t i = 0; i < head->count; i++) {
        if (!token_valid(head->lines[i].name))
            return head_refuse(400, "the name of a header is no word");
        if (has_control(head->lines[i].value, true) || !utf8_valid(head->lines[i].value))
            return head_refuse(400, "a character that may not stand in a header");
    }
    return fine;
}

static bool host_valid(struct str host)
{
    for (size_t i = 0; i < host.n; i++) {
        char c = host.p[i], letter = (char)(c | 0x20);
        bool plain = (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9');
        if (!plain && (c == '\0' || !strchr(".-_:[]", c)))
            return false;
    }
    return host.n > 0;
}

static struct refusal check_host(const struct head *head)
{
    size_t hosts = head_count_of(head, STR("host"));
    if (hosts > 1)
        return head_refuse(400, "more than one Host");
    if (!hosts && !str_eqz(head->version, "HTTP/1.0"))
        return head_refuse(400, "no Host");
    if (hosts && !host_valid(head_value(head, STR("host"))))
        return head_refuse(400, "Host is no name");
    return fine;
}

/*
 * Accepts only Content-Length: requests are smuggled past a proxy where two readings of the length are possible, and
 * the library reads chunked bodies too leniently (a lone line feed ends a line). Browsers never send them.
 */
static struct refusal check_framing(const struct head *head)
{
    size_t lengths = head_count_of(head, STR("content-length")),
           codings = head_count_of(head, STR("transfer-encoding"));
    struct str length = head_value(head, STR("content-length"));
    if (lengths > 1 || codings > 1 || (lengths && codings))
        return head_refuse(400, "the length of the body is told twice");
    for (size_t i = 0; i < length.n; i++) {
        if (length.p[i] < '0' || length.p[i] > '9')
            return head_refuse(400, "Content-Length is no number");
    }
    if (lengths && (!length.n || length.n > 18))
        return head_refuse(400, "Content-Length is no number");
    if (codings && str_eqz(head->version, "HTTP/1.0"))
        return head_refuse(400, "Transfer-Encoding in HTTP/1.0");
    if (codings && !str_eq_nocase(head_value(head, STR("transfer-encoding")), STR("chunked")))
        return head_refuse(501, "unknown transfer coding");
    if (codings)
        return head_refuse(411, "a body needs a Content-Length");
    return fine;
}

struct refusal head_check(const struct head *head)
{
    struct refusal refusal = check_method(head->method);
    if (!refusal.status)
        refusal = check_target(head->target);
    if (!refusal.status && !str_eqz(head->version, "HTTP/1.1") && !str_eqz(head->version, "HTTP/1.0"))
        refusal = head_refuse(505, "only HTTP/1.0 and HTTP/1.1");
    if (!refusal.status)
        refusal = check_lines(head);
    if (!refusal.status)
        refusal = check_host(head);
    if (!refusal.status)
        refusal = check_framing(head);
    if (!refusal.status && head_count_of(head, STR("content-type")) > 1)
        refusal = head_refuse(400, "more than one Content-Type");
    return refusal;
}

/* --- what is read ------------------------------------------------------------------------------------------------- */

static enum http_method method_of(struct str method)
{
    if (str_eqz(method, "GET"))
        return HTTP_GET;
    if (str_eqz(method, "HEAD"))
        return HTTP_HEAD;
    return str_eqz(method, "POST") ? HTTP_POST : HTTP_OTHER;
}

/* People add a slash to an address that they copy: sends them to the address without it. */
static struct refusal refuse_path(const struct head *head, const struct http_request *request, size_t end)
{
    struct str path;
    struct refusal refusal = head_refuse(400, "the path cannot be read");
    bool reads = request->method == HTTP_GET || request->method == HTTP_HEAD;
    bool leads_away = str_starts(head->target, STR("/\\")); /* browsers would go to another host */
    if (!reads || leads_away || !end || head->target.p[end - 1] != '/' ||
        !http_parse_path(request->arena, str_slice(head->target, 0, end - 1), &path))
        return refusal;
    refusal = head_refuse(308, "without the slash");
    refusal.location = arena_printf(request->arena, "%.*s%.*s", (int)(end - 1), head->target.p,
                                    STR_FMT(str_slice(head->target, end, head->target.n)));
    return refusal;
}

struct refusal head_read(const struct head *head, struct http_request *request, struct err *broken)
{
    ptrdiff_t mark = str_find_char(head->target, '?');
    size_t end = mark < 0 ? head->target.n : (size_t)mark;
    request->engine = (void *)(uintptr_t)head;
    request->method = method_of(head->method);
    request->method_name = head->method;
    request->query_text = mark < 0 ? STR("") : str_slice(head->target, end + 1, head->target.n);
    if (!http_parse_path(request->arena, str_slice(head->target, 0, end), &request->path))
        return refuse_path(head, request, end);
    struct str cookies = STR_NONE, part;
    for (size_t i = 0; i < head->count; i++) {
        /* HTTP/2 proxies may split the Cookie header into several lines. */
        part = head->lines[i].value;
        if (str_eq_nocase(head->lines[i].name, STR("cookie")))
            cookies = cookies.n ? arena_printf(request->arena, "%.*s; %.*s", STR_FMT(cookies), STR_FMT(part)) : part;
    }
    if (!http_parse_cookies(request->arena, cookies, &request->cookies))
        return head_refuse(431, "too many cookies");
    if (!http_parse_urlencoded(request->arena, request->query_text, QUERY_FIELDS, &request->query, broken))
        request->query = (struct http_params){NULL, 0};
    return fine;
}
