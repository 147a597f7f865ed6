#include "base/random.h"

#include "base/log.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

void random_bytes(void *out, size_t n)
{
    unsigned char *p = out;
    while (n) {
        ssize_t got = getrandom(p, n, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            log_event(LOG_ERROR, "no_random_bytes", LOG_I("errno", errno));
            abort();
        }
        p += got;
        n -= (size_t)got;
    }
}

struct str random_token(struct arena *arena, size_t n)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char *bytes = arena_alloc(arena, n);
    random_bytes(bytes, n);
    size_t length = n / 3 * 4 + (n % 3 ? n % 3 + 1 : 0);
    char *token = arena_alloc(arena, length + 1);
    for (size_t i = 0; i < length; i++) {
        size_t bit = i * 6; /* each character takes six bits, counted from the front */
        unsigned pair = (unsigned)bytes[bit / 8] << 8;
        if (bit / 8 + 1 < n)
            pair |= bytes[bit / 8 + 1];
        token[i] = alphabet[pair >> (10 - bit % 8) & 63];
    }
    return (struct str){token, length};
}
