#include "base/digest.h"

#include "base/buf.h"

#include <sodium.h>

struct str hex_of_bytes(struct arena *arena, const unsigned char *bytes, size_t n)
{
    struct buf hex;
    buf_init(&hex, arena);
    buf_hex(&hex, bytes, n);
    return buf_text(&hex);
}

struct str digest_hex(struct arena *arena, struct str text)
{
    unsigned char digest[crypto_generichash_BYTES];
    (void)crypto_generichash(digest, sizeof digest, (const unsigned char *)text.p, text.n, NULL, 0);
    return hex_of_bytes(arena, digest, sizeof digest);
}
