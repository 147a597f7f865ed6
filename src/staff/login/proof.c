/* Checks and chooses passwords and codes, for the pages of this folder. */
#include "service/totp.h"
#include "staff/login/pages.h"

const struct password_rules staff_passwords = {.least = 12};

static const struct throttle_rule CODES_ON_DEVICE = {"codes of staff on a device", 5, 60};
static const struct throttle_rule CODES_FROM_NETWORK = {"codes of staff from a network", 5, 60};
static const struct throttle_rule CODES_OF_STRANGERS = {"codes of staff from strangers", 50, 60};

/* Counts guesses under a name that no customer's login can have, so that neither login can lock the other. */
bool staff_check_password(struct visit *visit, const struct staff_row *user, struct str email, struct str password,
                          bool *correct, struct str *new_hash, struct err *err)
{
    struct str name = actor_fold_name(visit->arena, email);
    bool own_session = user->id && visit->staff.id == user->id;
    struct guess guess = {.name = arena_printf(visit->arena, "staff\n%.*s", STR_FMT(name)),
                          .hash = user->password_hash,
                          .password = password,
                          .trusted = own_session ? visit->session
                                                 : staff_device(visit, DEVICE_PASSWORD, user->id, user->password_hash)};
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

/* Fills in what a code is counted for. Returns how many. */
static size_t code_keys(struct visit *visit, const struct staff_row *user, struct throttle_key keys[2])
{
    struct str id = arena_printf(visit->arena, "%lld", (long long)user->id);
    struct str device =
        visit->staff.whole ? visit->session : staff_device(visit, DEVICE_SECOND, user->id, user->totp_secret);
    keys[0] = device.n ? throttle_key(&CODES_ON_DEVICE, id, device)
                       : throttle_key(&CODES_FROM_NETWORK, id, throttle_network(visit->arena, visit->request->client));
    keys[1] = throttle_key(&CODES_OF_STRANGERS, id, STR_NONE);
    return device.n ? 1 : 2;
}

bool staff_check_code(struct visit *visit, const struct staff_row *user, struct str code, bool *correct, bool *recovery,
                      struct err *err)
{
    struct throttle_key keys[2];
    size_t count = code_keys(visit, user, keys);
    struct code_check check = {visit, user, code, correct, recovery};
    if (!try_allowed(keys, count, "too many codes", err) || !db_transaction(visit->db, check_body, &check, err))
        return false;
    if (*correct)
        throttle_forget(keys[0]);
    return true;
}
