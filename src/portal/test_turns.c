#include "base/test.h"
#include "portal/turns.h"

#include <pthread.h>
#include <stdatomic.h>

enum { READERS = 8, MOST = 6 };

static void a_login_takes_three_quarters_and_leaves_the_rest(void **state)
{
    struct turn mine[MOST + 1] = {0}, other = {.login = 2}, staff = {.login = -1},
                            writer = {.login = 1, .kind = TURN_WRITES};
    (void)state;
    turns_start(READERS, 4);
    for (int i = 0; i <= MOST; i++) {
        mine[i].login = 1;
        assert_int_equal(turn_try(&mine[i]), i < MOST);
    }
    assert_true(turn_try(&other) && turn_try(&staff) && turn_try(&writer));
    turn_end(&mine[2]);
    assert_true(turn_try(&mine[MOST]));
    for (int i = 0; i <= MOST; i++)
        turn_end(&mine[i]);
    turn_end(&other);
    turn_end(&staff);
    turn_end(&writer);
}

static void those_who_are_not_logged_in_need_no_turn(void **state)
{
    struct turn nobody[2 * READERS] = {0};
    (void)state;
    turns_start(READERS, 4);
    for (int i = 0; i < 2 * READERS; i++)
        assert_true(turn_try(&nobody[i]) && !nobody[i].held);
}

struct turn_waiter {
    pthread_t thread;
    struct turn turn;
    atomic_bool begun, got;
};

static void *wait_for_turn(void *what)
{
    struct turn_waiter *waiter = what;
    struct err err;
    atomic_store(&waiter->begun, true);
    atomic_store(&waiter->got, turn_wait(&waiter->turn, &err));
    turn_end(&waiter->turn);
    return NULL;
}

static void who_waits_gets_the_turn_that_ends(void **state)
{
    struct turn held = {.login = 1};
    struct turn_waiter waiters[3] = {{.turn.login = 1}, {.turn.login = 1}, {.turn.login = 1}};
    (void)state;
    turns_start(1, 1);
    assert_true(turn_try(&held));
    for (int i = 0; i < 3; i++) {
        assert_int_equal(pthread_create(&waiters[i].thread, NULL, wait_for_turn, &waiters[i]), 0);
        while (!atomic_load(&waiters[i].begun))
            (void)sched_yield();
        assert_false(atomic_load(&waiters[i].got));
    }
    turn_end(&held);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(pthread_join(waiters[i].thread, NULL), 0);
        assert_true(atomic_load(&waiters[i].got));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_login_takes_three_quarters_and_leaves_the_rest),
        cmocka_unit_test(those_who_are_not_logged_in_need_no_turn),
        cmocka_unit_test(who_waits_gets_the_turn_that_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
