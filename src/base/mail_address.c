#include "base/mail_address.h"

static bool is_letter_or_digit(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool local_part_valid(struct str local)
{
    static const struct str others = STR_INIT("!#$%&'*+-/=?^_`{|}~.");
    if (!local.n || local.n > 64 || local.p[0] == '-' || local.p[0] == '.' || local.p[local.n - 1] == '.' ||
        str_find(local, STR("..")) >= 0)
        return false;
    for (size_t i = 0; i < local.n; i++) {
        if (!is_letter_or_digit((unsigned char)local.p[i]) && str_find_char(others, local.p[i]) < 0)
            return false;
    }
    return true;
}

static bool label_valid(struct str label)
{
    if (!label.n || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
        return false;
    for (size_t i = 0; i < label.n; i++) {
        if (!is_letter_or_digit((unsigned char)label.p[i]) && label.p[i] != '-')
            return false;
    }
    return true;
}

static bool domain_valid(struct str domain)
{
    struct str label, rest = domain;
    size_t labels = 0;
    if (!domain.n || domain.p[domain.n - 1] == '.')
        return false;
    for (; str_cut(&rest, '.', &label); labels++) {
        if (!label_valid(label))
            return false;
    }
    return labels > 1 || str_eq_nocase(domain, STR("localhost"));
}

/*
 * Accepts ASCII only: addresses are compared after Unicode folding, so a mail could otherwise go to a mailbox that is
 * spelled differently.
 */
bool mail_address_valid(struct str address)
{
    ptrdiff_t at = str_find_char(address, '@');
    return at > 0 && address.n <= 254 && local_part_valid(str_slice(address, 0, (size_t)at)) &&
           domain_valid(str_slice(address, (size_t)at + 1, address.n));
}

static bool is_between(char c)
{
    return c == ' ' || c == '\t' || c == ',';
}

bool mail_address_cut(struct str *rest, struct str *address)
{
    size_t from = 0, to;
    while (from < rest->n && is_between(rest->p[from]))
        from++;
    for (to = from; to < rest->n && !is_between(rest->p[to]);)
        to++;
    *address = str_slice(*rest, from, to);
    *rest = str_slice(*rest, to, rest->n);
    return address->n > 0;
}
