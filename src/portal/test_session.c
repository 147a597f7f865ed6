#include "base/clock.h"
#include "db/test_database.h"
#include "portal/portal.h"
#include "portal/write_behind.h"

#define MINUTE (60 * US_PER_SECOND)
#define DAY (24 * 60 * MINUTE)
#define NOW (20000 * DAY)

static const struct config CONFIG = {.session_idle_minutes = 480,
                                     .session_days = 30,
                                     .login_contact = true,
                                     .login_customer = true,
                                     .login_object = true};
static const struct app APP = {.secret = STR_INIT("0123456789abcdef0123456789abcdef")};
static const struct route PAGE = {"GET", "/cases", NULL, WHO_LOGIN, 0};
static const struct route AUTOSAVE = {"POST", "/cases/draft", NULL, WHO_LOGIN, ROUTE_QUIET};

struct asked {
    struct http_param cookie;
    struct http_request request;
    struct http_response response;
    struct portal_visit pv;
};

static struct asked *ask(struct test_database *test, struct str cookie, int64_t now_us)
{
    struct asked *asked = ARENA_NEW(test->arena, struct asked);
    asked->cookie = (struct http_param){STR(SESSION_COOKIE), cookie};
    asked->request.arena = test->arena;
    asked->request.cookies = (struct http_params){&asked->cookie, 1};
    asked->response.fd = -1;
    asked->pv.route = &PAGE;
    asked->pv.session_token = cookie;
    asked->pv.visit = (struct visit){.arena = test->arena,
                                     .app = &APP,
                                     .config = &CONFIG,
                                     .request = &asked->request,
                                     .response = &asked->response,
                                     .db = test->conn,
                                     .view = {.arena = test->arena},
                                     .now_us = now_us};
    return asked;
}

static struct asked *load(struct test_database *test, struct str cookie, int64_t now_us)
{
    struct asked *asked = ask(test, cookie, now_us);
    struct err err = {0};
    assert_ok(session_load(&asked->pv, &err), err);
    return asked;
}

static int64_t make_login(struct test_database *test)
{
    struct err err = {0};
    int64_t id = 0;
    assert_ok(db_exec(test->conn, "INSERT INTO customer (number, name) VALUES ('K1', 'Brf Eken')", DB_NO_ARGS, &err),
              err);
    assert_ok(db_query_int(test->conn,
                           "INSERT INTO login (name, kind, owner_id) SELECT 'eken', 'customer', id FROM customer"
                           " RETURNING id",
                           DB_NO_ARGS, NULL, &id, &err),
              err);
    return id;
}

/* Logs in at NOW and returns the cookie. */
static struct str log_in(struct test_database *test, int64_t login_id)
{
    struct asked *asked = ask(test, STR_NONE, NOW);
    struct err err = {0};
    assert_ok(session_begin(&asked->pv.visit, login_id, &err), err);
    return asked->pv.session_token;
}

static int64_t count_sessions(struct test_database *test)
{
    struct err err = {0};
    int64_t count = -1;
    assert_ok(db_query_int(test->conn, "SELECT count(*) FROM session", DB_NO_ARGS, NULL, &count, &err), err);
    return count;
}

static void knows_who_comes_back(void **state)
{
    struct str cookie = log_in(*state, make_login(*state));
    struct asked *asked = load(*state, cookie, NOW + MINUTE);
    assert_true(asked->pv.session_live);
    assert_int_equal(asked->pv.visit.actor.kind, ACTOR_CUSTOMER);
    assert_int_equal(asked->pv.visit.session.n, 64);
    asked = load(*state, STR("guessed"), NOW + MINUTE);
    assert_false(asked->pv.session_live);
    assert_int_equal(asked->pv.expired_login, 0);
}

static void ends_idle_and_old_sessions_but_remembers_whose(void **state)
{
    int64_t login_id = make_login(*state);
    struct str cookie = log_in(*state, login_id);
    assert_true(load(*state, cookie, NOW + 480 * MINUTE - 1)->pv.session_live);
    struct asked *asked = load(*state, cookie, NOW + 480 * MINUTE);
    assert_false(asked->pv.session_live);
    assert_int_equal(asked->pv.visit.actor.kind, ACTOR_NOBODY);
    assert_int_equal(asked->pv.expired_login, login_id);
    assert_int_equal(session_expired_login(&asked->pv.visit), 0); /* the form token was wrong */
    asked->pv.token_right = true;
    assert_int_equal(session_expired_login(&asked->pv.visit), login_id);
}

static void flush(struct test_database *test)
{
    struct err err = {0};
    assert_ok(write_behind_flush_all(test->conn, &err), err);
}

static void lives_by_page_views_until_its_last_day(void **state)
{
    struct str cookie = log_in(*state, make_login(*state));
    for (int64_t at = NOW; at < NOW + 30 * DAY; at += 400 * MINUTE) {
        assert_true(load(*state, cookie, at)->pv.session_live);
        flush(*state);
    }
    assert_false(load(*state, cookie, NOW + 30 * DAY)->pv.session_live);
}

static void does_not_live_by_autosaves(void **state)
{
    struct str cookie = log_in(*state, make_login(*state));
    struct asked *asked = ask(*state, cookie, NOW + 400 * MINUTE);
    struct err err = {0};
    asked->pv.route = &AUTOSAVE;
    assert_ok(session_load(&asked->pv, &err), err);
    assert_true(asked->pv.session_live);
    flush(*state);
    assert_false(load(*state, cookie, NOW + 480 * MINUTE)->pv.session_live);
}

static void replaces_the_session_before(void **state)
{
    int64_t login_id = make_login(*state);
    struct str cookie = log_in(*state, login_id);
    struct asked *asked = load(*state, cookie, NOW + MINUTE);
    struct err err = {0};
    assert_ok(session_begin(&asked->pv.visit, login_id, &err), err);
    assert_false(str_eq(cookie, asked->pv.session_token));
    assert_false(load(*state, cookie, NOW + MINUTE)->pv.session_live);
    assert_int_equal(count_sessions(*state), 1);
}

static void shows_nothing_after_logging_out(void **state)
{
    struct str cookie = log_in(*state, make_login(*state));
    struct asked *asked = load(*state, cookie, NOW + MINUTE);
    struct err err = {0};
    assert_ok(session_end(&asked->pv.visit, &err), err);
    asked = load(*state, cookie, NOW + MINUTE);
    assert_false(asked->pv.session_live);
    assert_int_equal(asked->pv.expired_login, 0);
}

static void logs_out_everywhere_but_here(void **state)
{
    int64_t login_id = make_login(*state);
    struct str here = log_in(*state, login_id), there = log_in(*state, login_id);
    struct asked *asked = load(*state, here, NOW + MINUTE);
    struct err err = {0};
    assert_ok(session_end_all(((struct test_database *)*state)->conn, login_id, asked->pv.visit.session, &err), err);
    assert_true(load(*state, here, NOW + MINUTE)->pv.session_live);
    assert_false(load(*state, there, NOW + MINUTE)->pv.session_live);
}

/* It is remembered for a week, and no late note of its activity brings it back. */
static void remembers_whose_session_was_ended_elsewhere(void **state)
{
    struct test_database *test = *state;
    int64_t login_id = make_login(test), now = clock_now_us();
    struct str cookie = log_in(test, login_id);
    struct err err = {0};
    (void)load(test, cookie, NOW + 2 * MINUTE); /* notes its activity */
    assert_ok(session_end_all(test->conn, login_id, STR_NONE, &err), err);
    flush(test);
    struct asked *asked = load(test, cookie, NOW + 3 * MINUTE);
    assert_false(asked->pv.session_live);
    assert_int_equal(asked->pv.expired_login, login_id);
    assert_true(asked->pv.ended_elsewhere);
    assert_ok(db_exec(test->conn, "UPDATE session SET created = $1", DB_ARGS(DB_INT(now)), &err), err);
    assert_ok(session_upkeep(test->conn, &CONFIG, now + 6 * DAY, &err), err);
    assert_int_equal(count_sessions(test), 1);
    assert_ok(session_upkeep(test->conn, &CONFIG, now + 8 * DAY, &err), err);
    assert_int_equal(count_sessions(test), 0);
}

static void shuts_out_a_customer_made_inactive(void **state)
{
    struct test_database *test = *state;
    struct str cookie = log_in(test, make_login(test));
    struct err err = {0};
    assert_ok(db_exec(test->conn, "UPDATE customer SET active = 0", DB_NO_ARGS, &err), err);
    assert_false(load(test, cookie, NOW + MINUTE)->pv.session_live);
}

static void forgets_sessions_a_week_after_they_ran_out(void **state)
{
    struct test_database *test = *state;
    struct err err = {0};
    (void)log_in(test, make_login(test));
    assert_ok(session_upkeep(test->conn, &CONFIG, NOW + 480 * MINUTE + 7 * DAY, &err), err);
    assert_int_equal(count_sessions(test), 1);
    assert_ok(session_upkeep(test->conn, &CONFIG, NOW + 480 * MINUTE + 7 * DAY + 1, &err), err);
    assert_int_equal(count_sessions(test), 0);
}

static void keeps_one_secret(void **state)
{
    struct test_database *test = *state;
    struct str first, second;
    struct err err = {0};
    assert_ok(secret_load(test->conn, test->arena, &first, &err), err);
    assert_ok(secret_load(test->conn, test->arena, &second, &err), err);
    assert_int_equal(first.n, 32);
    assert_true(str_eq(first, second));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_ENGINES(knows_who_comes_back),
        ON_BOTH_ENGINES(ends_idle_and_old_sessions_but_remembers_whose),
        ON_BOTH_ENGINES(lives_by_page_views_until_its_last_day),
        ON_BOTH_ENGINES(does_not_live_by_autosaves),
        ON_BOTH_ENGINES(replaces_the_session_before),
        ON_BOTH_ENGINES(shows_nothing_after_logging_out),
        ON_BOTH_ENGINES(logs_out_everywhere_but_here),
        ON_BOTH_ENGINES(remembers_whose_session_was_ended_elsewhere),
        ON_BOTH_ENGINES(shuts_out_a_customer_made_inactive),
        ON_BOTH_ENGINES(forgets_sessions_a_week_after_they_ran_out),
        ON_BOTH_ENGINES(keeps_one_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
