/* Checks and chooses passwords and codes, for the pages of this folder. */
#include "base/clock.h"
#include "portal/guess.h"
#include "service/password.h"
#include "service/throttle.h"
#include "service/totp.h"
#include "staff/login/pages.h"

#define PASSWORD_MIN 12
#define PASSWORD_MIN_TEXT STR("12")

static const struct throttle_rule CODES = {"codes of staff", 5, 60};

void staff_password_field(struct visit *visit, struct field *field, bool fresh)
{
    static const struct str least = STR_INIT("12");
    field->name = STR("password");
    field->label = visit_tr(visit, fresh ? _("New password") : _("Password"));
    field->type = "password";
    field->autocomplete = fresh ? "new-password" : "current-password";
    field->required = true;
    if (fresh)
        field->hint = tr_fill(
            visit->arena, visit->view.lang,
            _("At least {1} characters. A few words in a row are easy to remember and hard to guess."), &least, 1);
}

struct str staff_password_error(struct visit *visit, struct str password)
{
    const struct msgid *fault = password_fault(password, PASSWORD_MIN, false);
    struct str least = PASSWORD_MIN_TEXT;
    if (!password.n)
        return visit_tr(visit, _("Choose a password."));
    return fault ? tr_fill(visit->arena, visit->view.lang, fault, &least, 1) : STR_NONE;
}

/* Counts guesses under a name that no customer's login can have, so that neither login can lock the other. */
bool staff_check_password(struct visit *visit, const struct staff_row *user, struct str email, struct str password,
                          bool *correct, struct str *new_hash, struct err *err)
{
    struct str name = actor_fold_name(visit->arena, email);
    bool himself = user->id && visit->staff.id == user->id;
    struct guess guess = {.name = arena_printf(visit->arena, "staff\n%.*s", STR_FMT(name)),
                          .hash = user->password_hash,
                          .password = password,
                          .trusted = himself ? visit->session : staff_device(visit, user)};
    bool rehash = false;
    *new_hash = STR_NONE;
    if (!guess_check(visit, &guess, correct, &rehash, err))
        return false;
    return !*correct || !rehash || guess_hash(visit, password, new_hash, err);
}

struct code_check {
    struct visit *visit;
    const struct staff_row *user;
    struct str code;
    bool *correct, *recovery;
};

static bool check_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct code_check *check = context;
    struct arena *arena = check->visit->arena;
    const struct staff_row *user = check->user;
    int64_t step = totp_step(arena, user->totp_secret, check->code, check->visit->now_us, user->totp_step);
    bool still = false;
    *check->correct = *check->recovery = false;
    if (!staff_hold(conn, user, STR_NONE, &still, err))
        return false;
    if (!still)
        return true;
    if (step)
        return staff_take_step(conn, user->id, step, check->correct, err);
    if (!recovery_take(conn, arena, user->id, check->code, check->correct, err))
        return false;
    *check->recovery = *check->correct;
    return true;
}

bool staff_check_code(struct visit *visit, const struct staff_row *user, struct str code, bool *correct, bool *recovery,
                      struct err *err)
{
    struct throttle_key key = throttle_key(&CODES, arena_printf(visit->arena, "%lld", (long long)user->id), STR_NONE);
    struct code_check check = {visit, user, code, correct, recovery};
    int wait = 0;
    if (!throttle_take(&key, 1, clock_monotonic_us(), &wait)) {
        (void)err_set(err, ERR_THROTTLED, NULL, "too many codes");
        err->retry_after = wait;
        return false;
    }
    if (!db_transaction(visit->db, check_body, &check, err))
        return false;
    if (*correct)
        throttle_forget(key);
    return true;
}
