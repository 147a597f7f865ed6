#include "bulk/demo/staff.h"

#include "base/clock.h"
#include "bulk/demo/rows.h"
#include "model/staff_user.h"
#include "service/password.h"

static const struct {
    const char *email, *role, *what;
} users[] = {
    {DEMO_HANDLER, "handler", "handler: the staff area, at /staff"},
    {"anna.bjork@bjorkshiss.example", "administrator", "administrator: sets up a second factor when logging in"},
};
#define USERS (sizeof users / sizeof *users)

bool demo_staff_add(struct db_conn *conn, struct arena *arena, struct err *err)
{
    struct str hash;
    bool ok = password_hash(arena, STR(DEMO_PASSWORD), &hash, err);
    for (size_t i = 0; ok && i < USERS; i++)
        ok = staff_make(conn, arena, str_of(users[i].email), str_of(users[i].role), hash, clock_now_us(), err);
    return ok;
}

void demo_staff_text(struct buf *text)
{
    for (size_t i = 0; i < USERS; i++)
        buf_printf(text, "  %-36s %s\n", users[i].email, users[i].what);
}
