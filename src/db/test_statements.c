#include "base/test.h"
#include "db/statements.h"

#include <stdio.h>

static int released;

static void count_release(struct statement *statement, void *context)
{
    (void)context;
    (void)statement;
    released++;
}

static struct statement *add(struct arena *arena, struct statements *statements, int i)
{
    struct statement *statement = ARENA_NEW(arena, struct statement);
    statement->text = arena_printf(arena, "SELECT %d", i);
    statements_add(statements, statement);
    return statement;
}

static struct statement *find(struct arena *arena, struct statements *statements, int i)
{
    return statements_find(statements, arena_printf(arena, "SELECT %d", i));
}

static void finds_by_text(void **state)
{
    struct statements statements = {.release = count_release};
    struct statement *one = add(*state, &statements, 1), *two = add(*state, &statements, 2);
    assert_ptr_equal(find(*state, &statements, 1), one);
    assert_ptr_equal(find(*state, &statements, 2), two);
    assert_null(find(*state, &statements, 3));
    assert_null(statements_find(&statements, STR_NONE));
    statements_remove(&statements, one);
    assert_null(find(*state, &statements, 1));
    assert_ptr_equal(find(*state, &statements, 2), two);
}

static void releases_the_least_recently_used(void **state)
{
    struct statements statements = {.release = count_release};
    released = 0;
    for (int i = 0; i < STATEMENTS_MAX; i++)
        (void)add(*state, &statements, i);
    assert_non_null(find(*state, &statements, 0));
    (void)add(*state, &statements, STATEMENTS_MAX);
    assert_int_equal(released, 1);
    assert_non_null(find(*state, &statements, 0));
    assert_null(find(*state, &statements, 1));
    assert_int_equal(statements.count, STATEMENTS_MAX);
    statements_clear(&statements);
    assert_int_equal(released, STATEMENTS_MAX + 1);
    assert_int_equal(statements.count, 0);
    assert_null(find(*state, &statements, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(finds_by_text),
        test_with_arena(releases_the_least_recently_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
