#include "base/test.h"
#include "bulk/demo/pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each entry of the table points to its object. */
static void finds_its_objects(void **state)
{
    struct str pdf = pdf_page(*state, STR("Avtal (åäö)"), STR("Rad ett\nRad två: 5 € \\\n"));
    const char *table = strstr(pdf.p, "xref\n0 7\n");
    assert_non_null(table);
    assert_int_equal(atol(strstr(pdf.p, "startxref\n") + 10), table - pdf.p);
    for (int i = 1; i <= 6; i++) {
        char begin[16];
        (void)snprintf(begin, sizeof begin, "%d 0 obj\n", i);
        assert_memory_equal(pdf.p + atol(table + 9 + 20 * i), begin, strlen(begin));
    }
}

static void writes_letters_of_western_europe(void **state)
{
    struct str pdf = pdf_page(*state, STR("Avtal (åäö)"), STR("5 € \\\n"));
    assert_non_null(strstr(pdf.p, "(Avtal \\(\\345\\344\\366\\)) Tj"));
    assert_non_null(strstr(pdf.p, "(5 ? \\\\) Tj"));
    const char *stream = strstr(pdf.p, "stream\n") + 7;
    assert_int_equal(atol(strstr(pdf.p, "/Length ") + 8), strstr(stream, "\nendstream") - stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(finds_its_objects),
        test_with_arena(writes_letters_of_western_europe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
