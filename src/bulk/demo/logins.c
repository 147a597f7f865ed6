#include "base/clock.h"
#include "bulk/demo/rows.h"
#include "model/staff_user.h"
#include "service/password.h"

/* Accounts after the special contacts, with addresses that no contact has. */
static const char *const strangers[] = {"ny.kund@privat.example", "obekraftad@privat.example"};
#define STRANGERS ((int64_t)(sizeof strangers / sizeof *strangers))
/* The list of logins has Karin, Per, Eva, Olle and the reception, where two contacts share an address. */
#define PEOPLE 5
#define OTHERS_MAX 40

static const struct {
    const char *email, *what;
    enum staff_role role;
} users[] = {
    {DEMO_HANDLER, "handler: the staff area, at /staff", STAFF_HANDLER},
    {"anna.bjork@bjorkshiss.example", "administrator: sets up a second factor when logging in", STAFF_ADMINISTRATOR},
};
#define USERS (sizeof users / sizeof *users)

int64_t account_count(const struct world *world)
{
    int64_t others = (world->contact_count - CONTACT_SPECIALS) / 12;
    return PEOPLE + STRANGERS + (others > OTHERS_MAX ? OTHERS_MAX : others);
}

struct str account_email(struct arena *arena, const struct world *world, int64_t nth)
{
    if (nth < PEOPLE)
        return contact_email(arena, world, (int)nth);
    if (nth < PEOPLE + STRANGERS)
        return str_of(strangers[nth - PEOPLE]);
    return contact_email(arena, world, CONTACT_SPECIALS + (int)(nth - PEOPLE - STRANGERS) * 12);
}

static void logins_add_login(struct buf *text, struct str name, const char *what)
{
    buf_printf(text, "  %-36.*s %s\n", STR_FMT(name), what);
}

struct str logins_text(struct arena *arena, const struct world *world)
{
    static const char *const people[PEOPLE] = {
        "contact of the largest customer: sees a tenth of all cases",
        "contact linked to objects only: a caretaker",
        "contact linked to a customer and to objects of another",
        "contact without links",
        "account that two contacts match: linked to none",
    };
    struct buf text;
    buf_init(&text, arena);
    buf_z(&text, "Logins of the demonstration company, all with the password " DEMO_PASSWORD ":\n");
    for (int i = 0; i < PEOPLE; i++)
        logins_add_login(&text, contact_email(arena, world, i), people[i]);
    logins_add_login(&text, str_of(strangers[0]), "account without a contact");
    logins_add_login(&text, STR("bjorkstaden"), "invoice customer: the largest");
    logins_add_login(&text, STR("almgarden"), "invoice customer: a care home");
    logins_add_login(&text, STR("hissen"), "object: a lift");
    for (size_t i = 0; i < USERS; i++)
        logins_add_login(&text, str_of(users[i].email), users[i].what);
    return buf_text(&text);
}

bool demo_staff_add(struct db_conn *conn, struct arena *arena, struct err *err)
{
    struct str hash;
    bool ok = password_hash(arena, PASSWORD_NO_SHARE, STR(DEMO_PASSWORD), &hash, err);
    for (size_t i = 0; ok && i < USERS; i++)
        ok = staff_make(conn, arena, str_of(users[i].email), users[i].role, hash, clock_now_us(), err);
    return ok;
}
