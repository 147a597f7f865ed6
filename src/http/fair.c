#include "http/fair.h"

#include "base/random.h"
#include "http/head.h"

#include <netinet/in.h>
#include <string.h>

#include <sodium.h>

/* Addresses whose digests fall together share a count. The key is made at start, so nobody can aim at another's. */
#define COUNTS 65536

struct fair {
    const struct http_options *options;
    unsigned limit, total;
    unsigned char key[crypto_shorthash_KEYBYTES];
    unsigned short of_address[COUNTS];
};

struct fair *fair_create(struct arena *arena, const struct http_options *options, unsigned limit)
{
    struct fair *fair = ARENA_NEW(arena, struct fair);
    fair->options = options;
    fair->limit = limit;
    random_bytes(fair->key, sizeof fair->key);
    return fair;
}

static bool fair_exempts(const struct fair *fair, const struct sockaddr *address)
{
    if (!address || (address->sa_family != AF_INET && address->sa_family != AF_INET6))
        return true;
    if (!fair->options->trusted_proxy.n)
        return false;
    struct arena *arena = arena_create();
    bool proxy = client_is_proxy(arena, client_address(arena, address), fair->options);
    arena_destroy(arena);
    return proxy;
}

/* Returns the index of the count: of an IPv4 address, or of the /64 of an IPv6 address. */
static size_t count_at(const struct fair *fair, const struct sockaddr *address)
{
    unsigned char network[8] = {0}, digest[crypto_shorthash_BYTES];
    if (address->sa_family == AF_INET) {
        memcpy(network, &((const struct sockaddr_in *)(const void *)address)->sin_addr, 4);
    } else {
        const struct in6_addr *six = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
        bool mapped = IN6_IS_ADDR_V4MAPPED(six);
        memcpy(network, six->s6_addr + (mapped ? 12 : 0), mapped ? 4 : 8);
    }
    (void)crypto_shorthash(digest, network, sizeof network, fair->key);
    return (size_t)(digest[0] << 8 | digest[1]) % COUNTS;
}

bool fair_allows(const struct fair *fair, const struct sockaddr *address)
{
    unsigned unused = fair->limit > fair->total ? fair->limit - fair->total : 0;
    return fair_exempts(fair, address) || fair->of_address[count_at(fair, address)] < unused;
}

void fair_count(struct fair *fair, const struct sockaddr *address, int change)
{
    fair->total += (unsigned)change;
    if (!fair_exempts(fair, address))
        fair->of_address[count_at(fair, address)] += (unsigned short)change;
}
