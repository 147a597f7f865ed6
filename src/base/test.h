/* For unit tests only (test_*.c): cmocka with the headers it needs, and a comparison of strings. */
#pragma once

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

/* Compares a struct str with a C string and shows both when they differ. */
#define assert_str(actual, expected)                                                                                   \
    do {                                                                                                               \
        struct arena *arena_ = arena_create();                                                                         \
        assert_string_equal(arena_z(arena_, (actual)), (expected));                                                    \
        arena_destroy(arena_);                                                                                         \
    } while (0)

/*
 * Each test gets a new arena as its state: cmocka_unit_test_setup_teardown(test, test_arena_setup,
 * test_arena_teardown).
 */
static inline int test_arena_setup(void **state)
{
    *state = arena_create();
    return 0;
}

static inline int test_arena_teardown(void **state)
{
    arena_destroy(*state);
    return 0;
}

#define test_with_arena(test) cmocka_unit_test_setup_teardown(test, test_arena_setup, test_arena_teardown)
