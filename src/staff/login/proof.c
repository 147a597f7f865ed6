/* Checks and chooses passwords and codes, for the pages of this folder. */
#include "service/totp.h"
#include "staff/login/pages.h"

const struct password_rules staff_passwords = {.least = 12};

static const struct throttle_rule CODES = {"codes of staff", 5, 60};

/* Counts guesses under a name that no customer's login can have, so that neither login can lock the other. */
bool staff_check_password(struct visit *visit, const struct staff_row *user, struct str email, struct str password,
                          bool *correct, struct str *new_hash, struct err *err)
{
    struct str name = actor_fold_name(visit->arena, email);
    bool own_session = user->id && visit->staff.id == user->id;
    struct guess guess = {.name = arena_printf(visit->arena, "staff\n%.*s", STR_FMT(name)),
                          .hash = user->password_hash,
                          .password = password,
                          .trusted = own_session ? visit->session : staff_device(visit, user)};
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
    if (!try_allowed(key, "too many codes", err) || !db_transaction(visit->db, check_body, &check, err))
        return false;
    if (*correct)
        throttle_forget(key);
    return true;
}
