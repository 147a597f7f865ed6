#include "portal/address.h"

#include "base/buf.h"

/* Numbers that would lead to another page than their own: `~2`, which stands for nothing, keeps them apart. */
static bool number_misleads(struct str number)
{
    static const char *const WORDS[] = {".", "..", "new", "receipt", "choices", "tree"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (str_eqz(number, WORDS[i]))
            return true;
    }
    return false;
}

/* As in a JSON pointer: no address of the portal has an encoded slash, yet numbers from elsewhere may be `2024/17`. */
struct str address_of(struct arena *arena, const char *folder, struct str number, const char *ending)
{
    struct buf part, address;
    buf_init(&part, arena);
    buf_init(&address, arena);
    if (number_misleads(number))
        buf_z(&part, "~2");
    for (size_t i = 0; i < number.n; i++) {
        if (number.p[i] == '~' || number.p[i] == '/')
            buf_z(&part, number.p[i] == '~' ? "~0" : "~1");
        else
            buf_char(&part, number.p[i]);
    }
    buf_printf(&address, "%s/", folder);
    buf_url_part(&address, buf_text(&part));
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
