#include "portal/address.h"

#include "base/buf.h"

/*
 * Returns whether a number would be taken for another page. Such a number begins with `~2`, which stands for nothing.
 */
static bool number_misleads(struct str number)
{
    static const char *const WORDS[] = {".", "..", "new", "receipt", "choices", "tree"};
    if (number.n && number.p[0] >= '0' && number.p[0] <= '9')
        return false; /* as nearly all are */
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (str_eqz(number, WORDS[i]))
            return true;
    }
    return false;
}

/*
 * Escapes `~` and `/` as in a JSON pointer: imported numbers may be `2024/17`, but no address of the portal contains an
 * encoded slash.
 */
struct str address_of(struct arena *arena, const char *folder, struct str number, const char *ending)
{
    struct buf address;
    buf_init(&address, arena);
    buf_z(&address, folder);
    buf_char(&address, '/');
    if (number_misleads(number))
        buf_z(&address, "~2");
    size_t plain = 0;
    for (size_t i = 0; i < number.n; i++) {
        if (number.p[i] != '~' && number.p[i] != '/')
            continue;
        buf_url_part(&address, str_slice(number, plain, i));
        buf_z(&address, number.p[i] == '~' ? "~0" : "~1");
        plain = i + 1;
    }
    buf_url_part(&address, str_slice(number, plain, number.n));
    buf_z(&address, ending);
    return buf_text(&address);
}

struct str address_number(struct arena *arena, struct str part)
{
    struct buf number;
    buf_init(&number, arena);
    for (size_t i = 0; i < part.n; i++) {
        bool escaped = part.p[i] == '~' && i + 1 < part.n && part.p[i + 1] >= '0' && part.p[i + 1] <= '2';
        char c = escaped ? "~/\0"[part.p[++i] - '0'] : part.p[i];
        if (c)
            buf_char(&number, c);
    }
    return buf_text(&number);
}

struct str address_with(struct arena *arena, const char *start, struct str value)
{
    struct buf address;
    buf_init(&address, arena);
    buf_z(&address, start);
    buf_url_part(&address, value);
    return buf_text(&address);
}
