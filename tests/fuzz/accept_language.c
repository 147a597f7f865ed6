/* Accept-Language: the answer is one of those offered, and the first when the header says nothing of them. */
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const offered[] = {"sv", "en", "en-GB", "nb"};
    struct str header = {(const char *)data, size};
    size_t chosen = http_accept_language(header, offered, 4);
    bool said = str_find_char(header, 'e') >= 0 || str_find_char(header, 'E') >= 0 || str_find_char(header, 'n') >= 0 ||
                str_find_char(header, 'N') >= 0 || str_find_char(header, '*') >= 0;
    if (chosen > 3 || (chosen > 0 && !said))
        __builtin_trap();
    return 0;
}
