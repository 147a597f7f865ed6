#include "base/test.h"
#include "portal/portal.h"

static const struct app APP = {.secret = STR_INIT("0123456789abcdef0123456789abcdef")};
static const struct app OTHER = {.secret = STR_INIT("0123456789abcdef0123456789abcdeX")};
static const struct route OPEN = {"POST", "/login", NULL, WHO_ANYBODY, 0};
static const struct route CLOSED = {"POST", "/cases/new", NULL, WHO_LOGIN, 0};

struct sent {
    struct http_request request;
    struct http_response response;
    struct http_param form[1];
    struct portal_visit pv;
};

static struct sent *send_form(struct arena *arena, const struct route *route, const char *session, const char *visitor)
{
    struct sent *sent = ARENA_NEW(arena, struct sent);
    sent->request.arena = arena;
    sent->request.form = (struct http_params){sent->form, 1};
    sent->form[0].name = STR("csrf_token");
    sent->pv.route = route;
    sent->pv.visit = (struct visit){
        .arena = arena, .app = &APP, .request = &sent->request, .response = &sent->response, .view = {.arena = arena}};
    sent->pv.session_token = str_of(session);
    sent->pv.visitor_token = str_of(visitor);
    return sent;
}

static void accepts_the_token_it_gave(void **state)
{
    struct sent *sent = send_form(*state, &CLOSED, "cookie", "");
    sent->pv.session_live = true;
    sent->form[0].value = csrf_token(&sent->pv);
    assert_true(csrf_right(&sent->pv));
    sent->pv.session_live = false; /* expired meanwhile: the form may still be kept */
    assert_true(csrf_right(&sent->pv));
    sent->pv.session_token = STR("another cookie");
    assert_false(csrf_right(&sent->pv));
}

static void binds_open_forms_to_the_visitor(void **state)
{
    struct sent *sent = send_form(*state, &OPEN, "", "visitor");
    sent->form[0].value = csrf_token(&sent->pv);
    assert_true(csrf_right(&sent->pv));
    sent->pv.visitor_token = STR("somebody else");
    assert_false(csrf_right(&sent->pv));
    sent->pv.visitor_token = STR_NONE;
    assert_false(csrf_right(&sent->pv));
}

static void keeps_the_visitor_out_of_closed_routes(void **state)
{
    struct sent *sent = send_form(*state, &CLOSED, "session", "visitor");
    sent->form[0].value = csrf_token(&sent->pv); /* no live session: this is the visitor's token */
    assert_false(csrf_right(&sent->pv));
}

static void refuses_missing_and_cut_tokens(void **state)
{
    struct sent *sent = send_form(*state, &CLOSED, "session", "");
    sent->pv.session_live = true;
    assert_false(csrf_right(&sent->pv));
    struct str token = csrf_token(&sent->pv);
    sent->form[0].value = str_slice(token, 0, token.n - 1);
    assert_false(csrf_right(&sent->pv));
    sent->form[0].value = STR("0");
    assert_false(csrf_right(&sent->pv));
}

static void masks_each_token_with_other_bytes(void **state)
{
    struct sent *sent = send_form(*state, &CLOSED, "session", "");
    sent->pv.session_live = true;
    struct str one = csrf_token(&sent->pv), other = csrf_token(&sent->pv);
    assert_int_equal(one.n, other.n);
    /* 86 signs: the pad is in the first 42, the covered token in the last 43. By chance few are alike. */
    size_t alike = 0;
    for (size_t i = 0; i < one.n; i++)
        alike += one.p[i] == other.p[i];
    assert_true(alike < one.n / 4);
    sent->form[0].value = one;
    assert_true(csrf_right(&sent->pv));
    sent->form[0].value = other;
    assert_true(csrf_right(&sent->pv));
    /* The pad of one over the token of the other is no token. */
    sent->form[0].value = arena_printf(*state, "%.*s%.*s", 43, one.p, (int)(other.n - 43), other.p + 43);
    assert_false(csrf_right(&sent->pv));
}

static void keeps_purposes_and_secrets_apart(void **state)
{
    struct str one = app_mac(&APP, *state, "cursor", STR("text"));
    assert_int_equal(one.n, 64);
    assert_true(str_eq(one, app_mac(&APP, *state, "cursor", STR("text"))));
    assert_false(str_eq(one, app_mac(&APP, *state, "notice", STR("text"))));
    assert_false(str_eq(one, app_mac(&APP, *state, "curs", STR("ortext"))));
    assert_false(str_eq(one, app_mac(&OTHER, *state, "cursor", STR("text"))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(accepts_the_token_it_gave),
        test_with_arena(binds_open_forms_to_the_visitor),
        test_with_arena(keeps_the_visitor_out_of_closed_routes),
        test_with_arena(refuses_missing_and_cut_tokens),
        test_with_arena(masks_each_token_with_other_bytes),
        test_with_arena(keeps_purposes_and_secrets_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
