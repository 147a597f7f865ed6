#include "bulk/demo/rows.h"
#include "bulk/demo/staff.h"

/* Accounts after the special contacts, with addresses that no contact has. */
static const char *const strangers[] = {"ny.kund@privat.example", "obekraftad@privat.example"};
#define STRANGERS ((int64_t)(sizeof strangers / sizeof *strangers))
/* The list of logins has Karin, Per, Eva, Olle and the reception, where two contacts share an address. */
#define PEOPLE 5
#define OTHERS_MAX 40

static int64_t others(const struct world *world)
{
    int64_t count = (world->contact_count - CONTACT_SPECIALS) / 12;
    return count > OTHERS_MAX ? OTHERS_MAX : count;
}

int64_t account_count(const struct world *world)
{
    return PEOPLE + STRANGERS + others(world);
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
    demo_staff_text(&text);
    return buf_text(&text);
}
