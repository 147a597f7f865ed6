#include "base/err.h"
#include "base/test.h"

#include <errno.h>
#include <string.h>

static void fills_and_says_no(void **state)
{
    (void)state;
    struct err err = {.retry_after = 9};
    assert_false(err_set(&err, ERR_INVALID, _("Wrong"), "row %d", 7));
    assert_int_equal(err.kind, ERR_INVALID);
    assert_string_equal(err.message, "Wrong");
    assert_string_equal(err.detail, "row 7");
    assert_int_equal(err.retry_after, 0);
    assert_false(err_set(NULL, ERR_INVALID, NULL, "x"));
}

static void cuts_a_long_detail(void **state)
{
    (void)state;
    struct err err;
    assert_false(err_set(&err, ERR_INTERNAL, NULL, "%0*d", 1000, 1));
    assert_int_equal(strlen(err.detail), sizeof err.detail - 1);
}

static void tells_a_full_disk_from_other_failures(void **state)
{
    (void)state;
    struct err err;
    errno = ENOSPC;
    assert_false(err_errno(&err, "write"));
    assert_int_equal(err.kind, ERR_FULL);
    errno = EDQUOT;
    assert_false(err_errno(&err, "write"));
    assert_int_equal(err.kind, ERR_FULL);
    errno = EACCES;
    assert_false(err_errno(&err, "open"));
    assert_int_equal(err.kind, ERR_INTERNAL);
    assert_string_equal(err.detail, "open: Permission denied");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_and_says_no),
        cmocka_unit_test(cuts_a_long_detail),
        cmocka_unit_test(tells_a_full_disk_from_other_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
