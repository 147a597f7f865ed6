#include "base/test.h"
#include "portal/visit.h"

#include <string.h>

static void keeps_paths_of_the_portal(void **state)
{
    static const char *const good[] = {
        "/",     "/cases",         "/cases?q=pump&status=open", "/cases/251123-0001/actions", "/cases/%C3%85%201",
        "/a//b", "/?next=http://x"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_str(visit_safe_next(str_of(good[i])), good[i]);
}

static void refuses_other_hosts_and_control_characters(void **state)
{
    static const char *const bad[] = {
        "",         "//evil.example", "/\\evil.example",     "\\\\evil.example", "http://evil", "evil",  "javascript:x",
        "/\t/evil", "/\n/evil",       "/x\r\nSet-Cookie: a", " /cases",          "/ca ses",     "/x\\y", "/\xC3\xA5",
        "///evil",  "/\x7f/evil"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_str(visit_safe_next(str_of(bad[i])), "/");
}

static void refuses_what_fits_in_no_head(void **state)
{
    char longest[NEXT_BYTES + 1];
    (void)state;
    memset(longest, 'a', sizeof longest);
    longest[0] = '/';
    assert_int_equal(visit_safe_next((struct str){longest, NEXT_BYTES}).n, NEXT_BYTES);
    assert_str(visit_safe_next((struct str){longest, sizeof longest}), "/");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_paths_of_the_portal),
        cmocka_unit_test(refuses_other_hosts_and_control_characters),
        cmocka_unit_test(refuses_what_fits_in_no_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
