#include "service/totp.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/random.h"

#include <liboath/oath.h>
#include <qrencode.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { SECRET_BYTES = 20, STEP_SECONDS = 30, DIGITS = 6, QUIET = 4, RECOVERY_BYTES = 16 };

/* Without padding: nobody wants to type it. */
static struct str base32(struct arena *arena, const unsigned char *bytes, size_t n)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    struct buf out;
    uint32_t held = 0;
    int bits = 0;
    buf_init(&out, arena);
    for (size_t i = 0; i < n; i++) {
        held = (held << 8 | bytes[i]) & 0xFFFFU;
        for (bits += 8; bits >= 5; bits -= 5)
            buf_char(&out, letters[held >> (bits - 5) & 31U]);
    }
    if (bits)
        buf_char(&out, letters[held << (5 - bits) & 31U]);
    return buf_text(&out);
}

struct str totp_secret(struct arena *arena)
{
    unsigned char bytes[SECRET_BYTES]; /* a multiple of five, so that base32 has no padding */
    random_bytes(bytes, sizeof bytes);
    return base32(arena, bytes, sizeof bytes);
}

static bool decode(struct arena *arena, struct str secret, struct str *bytes)
{
    char *out = NULL;
    size_t n = 0;
    if (oath_base32_decode(secret.p, secret.n, &out, &n) != OATH_OK)
        return false;
    *bytes = arena_str(arena, (struct str){out, n});
    sodium_memzero(out, n);
    free(out);
    return true;
}

static struct str totp_digits_of(struct arena *arena, struct str code)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < code.n && out.n <= DIGITS; i++) {
        if (code.p[i] != ' ')
            buf_char(&out, code.p[i]);
    }
    return buf_text(&out);
}

int64_t totp_step(struct arena *arena, struct str secret, struct str code, int64_t now_us, int64_t used)
{
    struct str bytes, typed = totp_digits_of(arena, code);
    int64_t now = now_us / US_PER_SECOND / STEP_SECONDS;
    int64_t right = 0;
    if (typed.n != DIGITS || !decode(arena, secret, &bytes))
        return 0;
    for (int64_t step = now - 1; step <= now + 1; step++) {
        char made[DIGITS + 1] = "";
        if (oath_totp_generate(bytes.p, bytes.n, step * STEP_SECONDS, STEP_SECONDS, 0, DIGITS, made) == OATH_OK &&
            sodium_memcmp(made, typed.p, DIGITS) == 0 && step > used)
            right = step;
    }
    return right;
}

struct str totp_address(struct arena *arena, struct str issuer, struct str user, struct str secret)
{
    struct buf out;
    buf_init(&out, arena);
    buf_z(&out, "otpauth://totp/");
    buf_url_part(&out, issuer);
    buf_z(&out, ":");
    buf_url_part(&out, user);
    buf_z(&out, "?secret=");
    buf_str(&out, secret);
    buf_z(&out, "&issuer=");
    buf_url_part(&out, issuer);
    return buf_text(&out);
}

/* Draws one rectangle for each run of dark modules in a row. */
static struct str totp_path_of(struct arena *arena, const QRcode *code)
{
    struct buf out;
    buf_init(&out, arena);
    for (int y = 0; y < code->width; y++) {
        for (int x = 0, run; x < code->width; x += run) {
            const unsigned char *row = code->data + (ptrdiff_t)y * code->width;
            bool dark = row[x] & 1;
            for (run = 1; x + run < code->width && (row[x + run] & 1) == (row[x] & 1);)
                run++;
            if (dark)
                buf_printf(&out, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
        }
    }
    return buf_text(&out);
}

bool totp_picture(struct arena *arena, struct str address, struct str *path, int64_t *size, struct err *err)
{
    QRcode *code = QRcode_encodeString8bit(arena_z(arena, address), 0, QR_ECLEVEL_M);
    if (!code)
        return err_errno(err, "QRcode_encodeString8bit");
    *path = totp_path_of(arena, code);
    *size = code->width + 2 * QUIET;
    QRcode_free(code);
    return true;
}

struct str recovery_code(struct arena *arena)
{
    unsigned char bytes[RECOVERY_BYTES];
    struct buf out;
    random_bytes(bytes, sizeof bytes);
    struct str text = base32(arena, bytes, sizeof bytes);
    buf_init(&out, arena);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (i && i % 4 == 0)
            buf_char(&out, '-');
        buf_char(&out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return buf_text(&out);
}

struct str recovery_fold(struct arena *arena, struct str code)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < code.n && out.n < 64; i++) {
        char c = code.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            buf_char(&out, c);
    }
    return buf_text(&out);
}
