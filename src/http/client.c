/*
 * Finds the client when proxies stand between: only the headers of a trusted proxy count (http_options.trusted_proxy).
 */
#include "http/head.h"

#include <arpa/inet.h>
#include <sys/socket.h>

/*
 * Returns an address in one form, so that two spellings are equal; IPv4 within IPv6 becomes IPv4. Returns the empty str
 * for other text.
 */
static struct str normal_address(struct arena *arena, struct str text)
{
    struct in6_addr six;
    struct in_addr four;
    char out[INET6_ADDRSTRLEN];
    text = str_trim(text);
    if (text.n > 1 && text.p[0] == '[' && text.p[text.n - 1] == ']')
        text = str_slice(text, 1, text.n - 1);
    const char *z = arena_z(arena, text);
    if (inet_pton(AF_INET, z, &four) == 1)
        return arena_str(arena, str_of(inet_ntop(AF_INET, &four, out, sizeof out)));
    if (inet_pton(AF_INET6, z, &six) != 1)
        return STR("");
    if (IN6_IS_ADDR_V4MAPPED(&six))
        return arena_str(arena, str_of(inet_ntop(AF_INET, &six.s6_addr[12], out, sizeof out)));
    return arena_str(arena, str_of(inet_ntop(AF_INET6, &six, out, sizeof out)));
}

struct str client_address(struct arena *arena, const struct sockaddr *address)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (address && address->sa_family == AF_INET)
        (void)inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, text, sizeof text);
    if (address && address->sa_family == AF_INET6)
        (void)inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, text, sizeof text);
    return normal_address(arena, str_of(text));
}

bool client_is_proxy(struct arena *arena, struct str address, const struct http_options *options)
{
    struct str rest = options->trusted_proxy, one;
    while (str_cut(&rest, ' ', &one)) {
        if (one.n && str_eq(address.n ? normal_address(arena, one) : one, address.n ? address : STR("unix")))
            return true;
    }
    return false;
}

/*
 * Reads from the right: each proxy appends the address that it saw. The first address that is not one of our proxies is
 * the client.
 */
static struct str forwarded_for(struct arena *arena, struct str list, struct str peer,
                                const struct http_options *options)
{
    struct str client = peer;
    while (list.n && client_is_proxy(arena, client, options)) {
        size_t comma = list.n;
        while (comma > 0 && list.p[comma - 1] != ',')
            comma--;
        struct str named = normal_address(arena, str_slice(list, comma, list.n));
        list = str_slice(list, 0, comma ? comma - 1 : 0);
        if (!named.n)
            break;
        client = named;
    }
    return client;
}

static bool said_https(struct str protos)
{
    while (str_find_char(protos, ',') >= 0)
        protos = str_slice(protos, (size_t)str_find_char(protos, ',') + 1, protos.n);
    return str_eq_nocase(str_trim(protos), STR("https"));
}

static bool client_is_loopback(struct str address)
{
    return !address.n || str_starts(address, STR("127.")) || str_eqz(address, "::1");
}

void client_find(const struct head *head, struct str peer, const struct http_options *options,
                 struct http_request *request)
{
    struct arena *arena = request->arena;
    struct str list = head_list(arena, head, STR("x-forwarded-for"));
    struct str proto = head_list(arena, head, STR("x-forwarded-proto"));
    bool proxied = list.n || head_value(head, STR("forwarded")).n || head_value(head, STR("x-real-ip")).n;
    peer = peer.n ? normal_address(arena, peer) : STR("");
    request->client = forwarded_for(arena, list, peer, options);
    request->loopback = client_is_loopback(peer) && !proxied;
    request->secure = options->https || (client_is_proxy(arena, peer, options) && said_https(proto));
    if (!request->client.n)
        request->client = STR("unix");
}
