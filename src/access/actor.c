#include "access/actor.h"

#include "i18n/fold.h"

struct str actor_fold_name(struct arena *arena, struct str name)
{
    return fold_case(arena, str_trim(name));
}

/*
 * Reads in one round trip the login, its owner of any kind and, for a contact login, the one active contact that has
 * the verified address. An inactive contact counts as no match (domain 3.1). It asks for the smallest link instead of
 * using EXISTS, for which PostgreSQL would read all links of a company whose contacts have many links each.
 */
#define ACTOR_COLUMNS                                                                                                  \
    " l.kind, l.owner_id, l.name, a.email, a.language, k.id, k.first_name, k.last_name,"                               \
    " CASE WHEN (SELECT min(x.customer_id) FROM contact_customer x WHERE x.contact_id = k.id) IS NULL THEN 0 ELSE 1"   \
    " END,"                                                                                                            \
    " CASE WHEN (SELECT min(x.object_id) FROM contact_object x WHERE x.contact_id = k.id) IS NULL THEN 0 ELSE 1 END,"  \
    " cu.name, cu.active, o.name, o.active, o.customer_id, l.blocked, l.id"
#define ACTOR_JOINS                                                                                                    \
    " LEFT JOIN account a ON l.kind = 'contact' AND a.id = l.owner_id"                                                 \
    " LEFT JOIN contact k ON a.verified = 1 AND k.id = (SELECT CASE WHEN count(*) = 1 THEN min(m.contact_id) END"      \
    "   FROM contact_address m JOIN contact mk ON mk.id = m.contact_id AND mk.active = 1 WHERE m.address = l.name)"    \
    " LEFT JOIN customer cu ON l.kind = 'customer' AND cu.id = l.owner_id"                                             \
    " LEFT JOIN object o ON l.kind = 'object' AND o.id = l.owner_id"

static void actor_fill_contact(const struct db_rows *rows, struct arena *arena, struct actor *actor)
{
    actor->kind = ACTOR_CONTACT;
    actor->account_id = db_int(rows, 1);
    actor->email = db_text_copy(rows, 3, arena);
    actor->language = db_text_copy(rows, 4, arena);
    actor->contact_id = db_int(rows, 5);
    actor->has_customers = db_int(rows, 8) != 0;
    actor->has_objects = db_int(rows, 9) != 0;
    if (actor->contact_id) {
        struct str full = arena_printf(arena, "%.*s %.*s", STR_FMT(db_text(rows, 6)), STR_FMT(db_text(rows, 7)));
        actor->name = str_trim(full);
    }
    if (!actor->name.n)
        actor->name = actor->email;
}

static void fill_shared(const struct db_rows *rows, struct arena *arena, struct actor *actor)
{
    bool customer = str_eqz(db_text(rows, 0), "customer");
    if (db_int(rows, customer ? 11 : 13) == 0)
        return;
    actor->kind = customer ? ACTOR_CUSTOMER : ACTOR_OBJECT;
    actor->customer_id = customer ? db_int(rows, 1) : db_int(rows, 14);
    actor->object_id = customer ? 0 : db_int(rows, 1);
    actor->name = db_text_copy(rows, customer ? 10 : 12, arena);
}

static void actor_read(const struct db_rows *rows, struct arena *arena, struct actor *actor)
{
    if (db_int(rows, 15))
        return;
    actor->login_id = db_int(rows, 16);
    actor->login_name = db_text_copy(rows, 2, arena);
    if (str_eqz(db_text(rows, 0), "contact"))
        actor_fill_contact(rows, arena, actor);
    else
        fill_shared(rows, arena, actor);
}

bool actor_load(struct db_conn *conn, struct arena *arena, int64_t login_id, struct actor *actor, struct err *err)
{
    *actor = (struct actor){.kind = ACTOR_NOBODY};
    struct db_rows *rows = db_query(conn, arena, "SELECT" ACTOR_COLUMNS " FROM login l" ACTOR_JOINS " WHERE l.id = $1",
                                    DB_ARGS(DB_INT(login_id)), err);
    if (db_next(rows))
        actor_read(rows, arena, actor);
    return db_done(rows, err);
}

bool actor_load_session(struct db_conn *conn, struct arena *arena, struct str token_hash, struct actor_session *session,
                        struct actor *actor, struct err *err)
{
    *actor = (struct actor){.kind = ACTOR_NOBODY};
    *session = (struct actor_session){.found = false};
    struct db_rows *rows =
        db_query(conn, arena,
                 "SELECT" ACTOR_COLUMNS ", s.created, s.last_seen"
                 " FROM session s JOIN login l ON l.id = s.login_id" ACTOR_JOINS " WHERE s.token_hash = $1",
                 DB_ARGS(DB_TEXT(token_hash)), err);
    if (db_next(rows)) {
        *session = (struct actor_session){true, db_int(rows, 16), db_int(rows, 17), db_int(rows, 18)};
        actor_read(rows, arena, actor);
    }
    return db_done(rows, err);
}
