#include "base/test.h"

#include <string.h>

static void gives_zeroed_aligned_memory(void **state)
{
    struct arena *arena = *state;
    for (size_t size = 1; size < 3000; size += 37) {
        unsigned char *p = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xa5, size);
    }
}

static void gives_zeroed_memory_again_after_a_reset(void **state)
{
    struct arena *arena = *state;
    memset(arena_alloc(arena, 500), 0xa5, 500);
    arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
    const unsigned char *p = arena_alloc(arena, 500);
    for (size_t i = 0; i < 500; i++)
        assert_int_equal(p[i], 0);
}

static void resizes_the_newest_allocation_alone(void **state)
{
    struct arena *arena = *state;
    char *first = arena_raw(arena, 100), *second = arena_raw(arena, 100);
    memset(second, 'x', 100);
    assert_false(arena_resize(arena, first, 100, 120));
    if (!arena_resize(arena, second, 100, 3000))
        return; /* every allocation is a block of its own */
    memset(second + 100, 'y', 2900);
    assert_int_equal(arena_used(arena), 3100);
    assert_true(arena_resize(arena, second, 3000, 10));
    char *third = arena_raw(arena, 16);
    assert_ptr_equal(third, second + 16);
    assert_false(arena_resize(arena, third, 16, 1000000));
    assert_int_equal(arena_used(arena), 126);
}

static void gives_blocks_back_to_other_arenas(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct arena *arenas[70];
        for (int i = 0; i < 70; i++) {
            arenas[i] = arena_create();
            for (int k = 0; k < 3; k++) {
                unsigned char *p = arena_alloc(arenas[i], 20000);
                assert_int_equal(p[19999], 0);
                memset(p, 0xa5, 20000);
            }
        }
        for (int i = 0; i < 70; i++)
            arena_destroy(arenas[i]);
    }
}

static void gives_unique_pointers_for_nothing(void **state)
{
    const void *a = arena_alloc(*state, 0);
    const void *b = arena_alloc(*state, 0);
    assert_non_null(a);
    assert_ptr_not_equal(a, b);
}

static void keeps_what_was_written_while_it_grows(void **state)
{
    struct arena *arena = *state;
    enum { COUNT = 2000 };
    unsigned char *parts[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        parts[i] = arena_alloc(arena, 200 + i);
        memset(parts[i], (int)(i & 0xff), 200 + i);
    }
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(parts[i][0], i & 0xff);
        assert_int_equal(parts[i][199 + i], i & 0xff);
    }
    assert_int_equal(arena_used(arena), COUNT * 200 + COUNT * (COUNT - 1) / 2);
}

static void takes_an_allocation_larger_than_any_block(void **state)
{
    unsigned char *p = arena_alloc(*state, 5000000);
    p[4999999] = 1;
    assert_int_equal(p[0], 0);
    assert_non_null(arena_alloc(*state, 10));
}

static void counts_elements_of_an_array(void **state)
{
    const int64_t *numbers = ARENA_ARRAY((struct arena *)*state, int64_t, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(numbers[i], 0);
    assert_int_equal(arena_used(*state), 800);
}

static void copies_texts_with_a_nul_behind(void **state)
{
    struct str copy = arena_str(*state, str_slice(STR("abcdef"), 1, 4));
    assert_int_equal(copy.n, 3);
    assert_string_equal(copy.p, "bcd");
    assert_string_equal(arena_z(*state, STR_NONE), "");
    assert_non_null(arena_str(*state, STR_NONE).p);
}

static void prints_any_length(void **state)
{
    assert_str(arena_printf(*state, "%d-%s", 7, "x"), "7-x");
    struct str wide = arena_printf(*state, "%*d", 100000, 1);
    assert_int_equal(wide.n, 100000);
    assert_int_equal(wide.p[99999], '1');
}

struct trace {
    char text[8];
    size_t n;
};

struct step {
    struct trace *trace;
    char name;
};

static void note(void *what)
{
    const struct step *step = what;
    step->trace->text[step->trace->n++] = step->name;
}

static void runs_clean_ups_in_reverse_order_once(void **state)
{
    struct arena *arena = *state;
    struct trace trace = {{0}, 0};
    struct step steps[] = {{&trace, 'a'}, {&trace, 'b'}, {&trace, 'c'}};
    for (size_t i = 0; i < 3; i++)
        arena_on_release(arena, note, &steps[i]);
    arena_reset(arena);
    assert_string_equal(trace.text, "cba");
    arena_on_release(arena, note, &steps[1]);
    arena_reset(arena);
    arena_reset(arena);
    assert_string_equal(trace.text, "cbab");
}

static void runs_clean_ups_when_destroyed(void **state)
{
    (void)state;
    struct trace trace = {{0}, 0};
    struct step step = {&trace, 'x'};
    struct arena *arena = arena_create();
    arena_on_release(arena, note, &step);
    arena_destroy(arena);
    assert_string_equal(trace.text, "x");
    arena_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(gives_zeroed_aligned_memory),
        test_with_arena(gives_zeroed_memory_again_after_a_reset),
        test_with_arena(resizes_the_newest_allocation_alone),
        cmocka_unit_test(gives_blocks_back_to_other_arenas),
        test_with_arena(gives_unique_pointers_for_nothing),
        test_with_arena(keeps_what_was_written_while_it_grows),
        test_with_arena(takes_an_allocation_larger_than_any_block),
        test_with_arena(counts_elements_of_an_array),
        test_with_arena(copies_texts_with_a_nul_behind),
        test_with_arena(prints_any_length),
        test_with_arena(runs_clean_ups_in_reverse_order_once),
        cmocka_unit_test(runs_clean_ups_when_destroyed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
