#include "base/test.h"

#include "service/password.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define CHEAP ((struct password_cost){.memory_kib = 64, .passes = 1, .threads = 2})

static struct str hash_of(struct arena *arena, const char *password)
{
    struct str hash;
    struct err err;
    assert_true(password_hash(arena, PASSWORD_NO_SHARE, str_of(password), &hash, &err));
    return hash;
}

static bool fits(struct str hash, const char *password)
{
    bool correct = false;
    struct err err;
    assert_true(password_verify(PASSWORD_NO_SHARE, hash, str_of(password), NULL, NULL, &correct, NULL, &err));
    return correct;
}

static void a_password_fits_its_hash_only(void **state)
{
    struct arena *arena = *state;
    struct str hash = hash_of(arena, "Kanel-bulle-7");
    assert_true(str_starts(hash, STR("$argon2id$v=19$m=64,t=1,p=1$")));
    assert_true(fits(hash, "Kanel-bulle-7"));
    assert_false(fits(hash, "kanel-bulle-7"));
    assert_false(fits(hash, "Kanel-bulle-7 "));
    assert_false(fits(hash, ""));
    assert_false(str_eq(hash, hash_of(arena, "Kanel-bulle-7")));
}

static void letters_are_compared_in_one_form(void **state)
{
    struct arena *arena = *state;
    assert_true(fits(hash_of(arena, "cafe\xCC\x81-latte"), "caf\xC3\xA9-latte"));
    assert_true(fits(hash_of(arena, "caf\xC3\xA9-latte"), "cafe\xCC\x81-latte"));
}

static void no_hash_is_never_right(void **state)
{
    (void)state;
    assert_false(fits(STR_NONE, ""));
    assert_false(fits(STR_NONE, "x"));
    assert_false(fits(STR("no hash at all"), "x"));
}

static void a_missing_password_is_never_right(void **state)
{
    struct arena *arena = *state;
    struct err err;
    bool correct = true;
    assert_true(
        password_verify(PASSWORD_NO_SHARE, hash_of(arena, "hemligt"), STR_NONE, NULL, NULL, &correct, NULL, &err));
    assert_false(correct);
}

static void too_long_is_never_right(void **state)
{
    struct arena *arena = *state;
    char password[PASSWORD_MAX_BYTES + 2];
    struct str hash;
    struct err err;
    memset(password, 'x', sizeof password);
    password[PASSWORD_MAX_BYTES] = '\0';
    hash = hash_of(arena, password);
    assert_true(fits(hash, password));
    password[PASSWORD_MAX_BYTES] = 'x';
    password[PASSWORD_MAX_BYTES + 1] = '\0';
    assert_false(fits(hash, password));
    assert_false(password_hash(arena, PASSWORD_NO_SHARE, str_of(password), &hash, &err));
    assert_int_equal(err.kind, ERR_INVALID);
}

static void a_higher_cost_asks_for_a_new_hash(void **state)
{
    struct arena *arena = *state;
    struct str hash = hash_of(arena, "Kanel-bulle-7");
    bool correct, rehash;
    struct err err;
    assert_true(password_verify(PASSWORD_NO_SHARE, hash, STR("Kanel-bulle-7"), NULL, NULL, &correct, &rehash, &err));
    assert_true(correct && !rehash);
    password_stop();
    assert_true(password_start((struct password_cost){.memory_kib = 64, .passes = 2, .threads = 2}, &err));
    assert_true(password_verify(PASSWORD_NO_SHARE, hash, STR("fel"), NULL, NULL, &correct, &rehash, &err));
    assert_false(correct || rehash);
    assert_true(password_verify(PASSWORD_NO_SHARE, hash, STR("Kanel-bulle-7"), NULL, NULL, &correct, &rehash, &err));
    assert_true(correct && rehash);
    password_stop();
    assert_true(password_start(CHEAP, &err));
}

static bool never(void *context)
{
    ++*(int *)context;
    return false;
}

static void a_guess_that_may_not_start_is_throttled(void **state)
{
    struct arena *arena = *state;
    struct str hash = hash_of(arena, "x");
    bool correct = true;
    int asked = 0;
    struct err err;
    assert_false(password_verify(PASSWORD_NO_SHARE, hash, STR("x"), never, &asked, &correct, NULL, &err));
    assert_int_equal(err.kind, ERR_THROTTLED);
    assert_false(correct);
    assert_int_equal(asked, 1);
}

/* --- many at once ------------------------------------------------------------------------------------------------- */

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static atomic_int waiting, busy, computed, running, most;

static bool wait_at_gate(void *unused)
{
    (void)unused;
    int now = atomic_fetch_add(&running, 1) + 1;
    int before = atomic_load(&most);
    while (now > before && !atomic_compare_exchange_weak(&most, &before, now))
        ;
    (void)pthread_mutex_lock(&gate);
    (void)pthread_mutex_unlock(&gate);
    atomic_fetch_sub(&running, 1);
    return true;
}

static void *guess(void *unused)
{
    bool correct;
    struct err err = {.kind = ERR_NONE};
    (void)unused;
    atomic_fetch_add(&waiting, 1);
    if (password_verify(PASSWORD_NO_SHARE, STR_NONE, STR("x"), wait_at_gate, NULL, &correct, NULL, &err))
        atomic_fetch_add(&computed, 1);
    else if (err.kind == ERR_BUSY && err.retry_after > 0)
        atomic_fetch_add(&busy, 1);
    return NULL;
}

static void two_are_computed_at_a_time_and_the_queue_is_bounded(void **state)
{
    enum { GUESSES = 300 };
    static pthread_t threads[GUESSES];
    pthread_attr_t small;
    (void)state;
    assert_int_equal(pthread_attr_init(&small), 0);
    assert_int_equal(pthread_attr_setstacksize(&small, 256 * 1024), 0);
    (void)pthread_mutex_lock(&gate);
    for (int i = 0; i < GUESSES; i++)
        assert_int_equal(pthread_create(&threads[i], &small, guess, NULL), 0);
    while (atomic_load(&busy) < GUESSES - 256 - 2)
        (void)sched_yield();
    (void)pthread_mutex_unlock(&gate);
    for (int i = 0; i < GUESSES; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(atomic_load(&computed) + atomic_load(&busy), GUESSES);
    assert_int_equal(atomic_load(&most), 2);
    (void)pthread_attr_destroy(&small);
}

enum { CROWD = 300, QUEUE = 256, ONE_THREAD = 1 };

struct sharer {
    pthread_t thread;
    struct password_share share;
    int place_in_order; /* 0: sent away */
};

static atomic_int order;

static bool take_place(void *what)
{
    struct sharer *sharer = what;
    (void)pthread_mutex_lock(&gate);
    (void)pthread_mutex_unlock(&gate);
    sharer->place_in_order = atomic_fetch_add(&order, 1) + 1;
    return true;
}

static void *share_queue(void *what)
{
    struct sharer *sharer = what;
    bool correct;
    struct err err = {.kind = ERR_NONE};
    if (!password_verify(sharer->share, STR_NONE, STR("x"), take_place, sharer, &correct, NULL, &err) &&
        err.kind == ERR_BUSY)
        atomic_fetch_add(&busy, 1);
    return NULL;
}

static void begin_sharing(struct sharer *sharer)
{
    pthread_attr_t small;
    assert_int_equal(pthread_attr_init(&small), 0);
    assert_int_equal(pthread_attr_setstacksize(&small, 256 * 1024), 0);
    assert_int_equal(pthread_create(&sharer->thread, &small, share_queue, sharer), 0);
    (void)pthread_attr_destroy(&small);
}

/* A crowd fills the queue, then `others` come. `spread`: each of the crowd is another account, at one place. */
static void share_with_crowd(bool spread, struct sharer *others, int count)
{
    static struct sharer crowd[CROWD];
    struct err err;
    password_stop();
    assert_true(password_start((struct password_cost){.memory_kib = 64, .passes = 1, .threads = ONE_THREAD}, &err));
    atomic_store(&busy, 0);
    atomic_store(&order, 0);
    (void)pthread_mutex_lock(&gate);
    for (int i = 0; i < CROWD; i++) {
        crowd[i] = (struct sharer){.share = {.account = spread ? (uint64_t)i + 1000 : 1, .place = 2, .known = !spread}};
        begin_sharing(&crowd[i]);
    }
    while (atomic_load(&busy) < CROWD - QUEUE - ONE_THREAD)
        (void)sched_yield();
    for (int i = 0; i < count; i++) {
        begin_sharing(&others[i]);
        while (atomic_load(&busy) < CROWD - QUEUE - ONE_THREAD + i + 1)
            (void)sched_yield();
    }
    (void)pthread_mutex_unlock(&gate);
    for (int i = 0; i < CROWD; i++)
        assert_int_equal(pthread_join(crowd[i].thread, NULL), 0);
    for (int i = 0; i < count; i++)
        assert_int_equal(pthread_join(others[i].thread, NULL), 0);
    password_stop();
    assert_true(password_start(CHEAP, &err));
}

static void a_crowd_of_one_account_lets_others_in(void **state)
{
    struct sharer others[] = {{.share = {.account = 3, .place = 2}}, {.share = {.account = 4, .place = 5}}};
    (void)state;
    share_with_crowd(false, others, 2);
    assert_in_range(others[1].place_in_order, 2, 3);
    /* Those of one account take a turn only after SHARE_OF_PLACE others; how many of them came first varies. */
    assert_in_range(others[0].place_in_order, 2, CROWD / SHARE_OF_PLACE + 4);
}

static void a_crowd_of_one_place_lets_others_in(void **state)
{
    struct sharer others[] = {{.share = {.account = 3, .place = 5}},
                              {.share = {.account = 4, .place = 6, .known = true}}};
    (void)state;
    share_with_crowd(true, others, 2);
    assert_int_equal(others[1].place_in_order, 2);
    assert_in_range(others[0].place_in_order, 3, 4);
}

static void after_stopping_everybody_is_told_to_try_again(void **state)
{
    bool correct = true;
    struct err err;
    (void)state;
    password_stop();
    assert_false(password_verify(PASSWORD_NO_SHARE, STR_NONE, STR("x"), NULL, NULL, &correct, NULL, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_true(password_start(CHEAP, &err));
}

/* --- the rule of domain 3 ----------------------------------------------------------------------------------------- */

static const struct msgid *fault(const char *password)
{
    return password_fault(str_of(password), 8, true);
}

static void nordic_letters_are_refused_in_every_form(void **state)
{
    static const char *const refused[] = {
        "sm\xC3\xA5stad-1",  "\xC3\xA4ngelholm",  "g\xC3\xB6teborg",    "\xC3\x85re-2026",  "\xC3\x84lmhult-1",
        "\xC3\x96rebro-1",   "sma\xCC\x8Astad-1", "a\xCC\x88ngelholm",  "go\xCC\x88teborg", "A\xCC\x8Are-2026",
        "A\xCC\x88lmhult-1", "O\xCC\x88rebro-1",  "\xE2\x84\xABre-2026"};
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_non_null(fault(refused[i]));
        assert_null(password_fault(str_of(refused[i]), 8, false));
    }
}

static void other_letters_are_fine(void **state)
{
    static const char *const fine[] = {"caf\xC3\xA9-latte",
                                       "cafe\xCC\x81-latte",
                                       "\xC3\xBC"
                                       "bermorgen",
                                       "sm\xC3\xB8rrebr\xC3\xB8"
                                       "d",
                                       "parola-\xD0\xBF\xD0\xB0",
                                       "12345678",
                                       "        "};
    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        assert_null(fault(fine[i]));
}

static void length_is_counted_in_characters(void **state)
{
    (void)state;
    assert_non_null(fault("1234567"));
    assert_non_null(fault(""));
    assert_null(fault("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"));
    assert_non_null(fault("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"));
    /* A letter and its accent are one character. */
    assert_non_null(fault("e\xCC\x81"
                          "e\xCC\x81"
                          "e\xCC\x81"
                          "e\xCC\x81"));
}

static int start(void **state)
{
    struct err err;
    (void)state;
    return password_start(CHEAP, &err) ? 0 : 1;
}

static int stop(void **state)
{
    (void)state;
    password_stop();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(a_password_fits_its_hash_only),
        test_with_arena(letters_are_compared_in_one_form),
        cmocka_unit_test(no_hash_is_never_right),
        test_with_arena(a_missing_password_is_never_right),
        test_with_arena(too_long_is_never_right),
        test_with_arena(a_higher_cost_asks_for_a_new_hash),
        test_with_arena(a_guess_that_may_not_start_is_throttled),
        cmocka_unit_test(two_are_computed_at_a_time_and_the_queue_is_bounded),
        cmocka_unit_test(a_crowd_of_one_account_lets_others_in),
        cmocka_unit_test(a_crowd_of_one_place_lets_others_in),
        cmocka_unit_test(after_stopping_everybody_is_told_to_try_again),
        cmocka_unit_test(nordic_letters_are_refused_in_every_form),
        cmocka_unit_test(other_letters_are_fine),
        cmocka_unit_test(length_is_counted_in_characters),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
