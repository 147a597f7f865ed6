#include "base/mail_address.h"
#include "base/test.h"

#include <string.h>

static void addresses_that_mail_servers_accept(void **state)
{
    static const char *const valid[] = {"anna@example.com",    "Anna.Alm+portal@mail.example.se", "a@b.se",
                                        "o'brien@example.com", "x_y-z@xn--kping-jua.se",          "root@localhost",
                                        "1@123.example"};
    (void)state;
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++)
        assert_true(mail_address_valid(str_of(valid[i])));
}

static void addresses_that_are_none(void **state)
{
    static const char *const wrong[] = {"",
                                        "anna",
                                        "@example.com",
                                        "anna@",
                                        "anna@example",
                                        "anna@@example.com",
                                        "a@b@example.com",
                                        "anna alm@example.com",
                                        ".anna@example.com",
                                        "anna.@example.com",
                                        "an..na@example.com",
                                        "-anna@example.com",
                                        "anna@-example.com",
                                        "anna@example-.com",
                                        "anna@example..com",
                                        "anna@.example.com",
                                        "anna@example.com.",
                                        "anna@example.com\n",
                                        "anna@example.com\r\nBcc: x@example.com",
                                        "anna@example.com,bo@example.com",
                                        "Anna <anna@example.com>",
                                        "\"anna\"@example.com",
                                        "anna@[127.0.0.1]",
                                        "\xC3\xA5sa@example.com"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(mail_address_valid(str_of(wrong[i])));
}

static void an_address_has_at_most_254_bytes(void **state)
{
    char text[300];
    (void)state;
    memset(text, 'a', sizeof text);
    for (size_t i = 50; i < sizeof text; i += 50)
        text[i] = i == 50 ? '@' : '.';
    assert_true(mail_address_valid((struct str){text, 254}));
    assert_false(mail_address_valid((struct str){text, 255}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_that_mail_servers_accept),
        cmocka_unit_test(addresses_that_are_none),
        cmocka_unit_test(an_address_has_at_most_254_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
