#include "db/collation.h"

#include <pthread.h>
#include <string.h>
#include <unicode/ucasemap.h>
#include <unicode/ucol.h>

void *collation_open(struct err *err)
{
    UErrorCode status = U_ZERO_ERROR;
    UCollator *collator = ucol_open("sv-u-kn-true", &status);
    if (U_FAILURE(status)) {
        (void)err_set(err, ERR_INTERNAL, NULL, "no Swedish collation: %s", u_errorName(status));
        return NULL;
    }
    return collator;
}

void collation_close(void *collator)
{
    if (collator)
        ucol_close(collator);
}

static void *shared;
static struct err shared_failure;

static void open_shared(void)
{
    shared = collation_open(&shared_failure);
}

void *collation_shared(struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, open_shared);
    if (!shared && err)
        *err = shared_failure;
    return shared;
}

int collation_compare(void *collator, int a_size, const void *a, int b_size, const void *b)
{
    UErrorCode status = U_ZERO_ERROR;
    UCollationResult order = ucol_strcollUTF8(collator, a_size ? a : "", a_size, b_size ? b : "", b_size, &status);
    if (U_SUCCESS(status) && order != UCOL_EQUAL)
        return order;
    int shorter = a_size < b_size ? a_size : b_size;
    int by_bytes = shorter ? memcmp(a, b, (size_t)shorter) : 0;
    return by_bytes ? by_bytes : a_size - b_size;
}

static UCaseMap *case_map;

static void open_case_map(void)
{
    UErrorCode status = U_ZERO_ERROR;
    case_map = ucasemap_open("sv", 0, &status);
}

size_t collation_lower(const char *text, size_t n, char *out, size_t cap)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    UErrorCode status = U_ZERO_ERROR;
    (void)pthread_once(&once, open_case_map);
    if (!case_map || n > INT32_MAX || cap > INT32_MAX)
        return 0;
    int32_t made = ucasemap_utf8ToLower(case_map, out, (int32_t)cap, text, (int32_t)n, &status);
    return U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR ? (size_t)made : 0;
}
