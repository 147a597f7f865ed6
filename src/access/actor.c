#include "access/actor.h"

#include "i18n/fold.h"
#include "model/field.h"

struct str actor_fold_name(struct arena *arena, struct str name)
{
    return fold_case(arena, field_clean_text(arena, name, false));
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

/* Reads the row of ACTOR_COLUMNS, two numbers of the session and the generations. */
static bool actor_read(struct db_rows *rows, struct arena *arena, struct actor_session *session, struct actor *actor,
                       struct err *err)
{
    struct actor all = {.kind = ACTOR_NOBODY};
    struct str kind, first_name, last_name, customer, object;
    int64_t owner_id, customer_of_object;
    bool customer_active, object_active, blocked;
    *actor = (struct actor){.kind = ACTOR_NOBODY};
    *session = (struct actor_session){.found = false};
    if (db_read_next(rows, TO_LENT(&kind), TO(&owner_id), TO(&all.login_name), TO(&all.email), TO(&all.language),
                     TO(&all.contact_id), TO_LENT(&first_name), TO_LENT(&last_name), TO(&all.has_customers),
                     TO(&all.has_objects), TO(&customer), TO(&customer_active), TO(&object), TO(&object_active),
                     TO(&customer_of_object), TO(&blocked), TO(&all.login_id), TO(&session->created),
                     TO(&session->last_seen), TO(&session->generations.cases), TO(&session->generations.waiting))) {
        session->found = true;
        session->login_id = all.login_id;
        all.kind = (enum actor_kind)code_find(&login_kinds, kind);
        all.account_id = all.kind == ACTOR_CONTACT ? owner_id : 0;
        if (all.contact_id)
            all.name = str_trim(arena_printf(arena, "%.*s %.*s", STR_FMT(first_name), STR_FMT(last_name)));
        if (!all.name.n)
            all.name = all.kind == ACTOR_CUSTOMER ? customer : all.kind == ACTOR_OBJECT ? object : all.email;
        all.customer_id = all.kind == ACTOR_CUSTOMER ? owner_id : customer_of_object;
        all.object_id = all.kind == ACTOR_OBJECT ? owner_id : 0;
        if ((all.kind == ACTOR_CUSTOMER && !customer_active) || (all.kind == ACTOR_OBJECT && !object_active))
            blocked = true;
        if (!blocked)
            *actor = all;
    }
    return db_done(rows, err);
}

bool actor_load(struct db_conn *conn, struct arena *arena, int64_t login_id, struct actor *actor, struct err *err)
{
    struct actor_session unused;
    return actor_read(db_query(conn, arena,
                               "SELECT" ACTOR_COLUMNS ", 0, 0, 0, 0 FROM login l" ACTOR_JOINS " WHERE l.id = $1",
                               DB_ARGS(DB_INT(login_id)), err),
                      arena, &unused, actor, err);
}

bool actor_load_session(struct db_conn *conn, struct arena *arena, struct str token_hash, struct actor_session *session,
                        struct actor *actor, struct err *err)
{
    return actor_read(db_query(conn, arena,
                               "SELECT" ACTOR_COLUMNS ", s.created, s.last_seen, " GENERATIONS_LITERAL
                               " FROM session s JOIN login l ON l.id = s.login_id" ACTOR_JOINS
                               " WHERE s.token_hash = $1",
                               DB_ARGS(DB_TEXT(token_hash)), err),
                      arena, session, actor, err);
}

bool actor_why_unlinked(struct db_conn *conn, const struct actor *actor, enum actor_unlinked *why, struct err *err)
{
    bool verified = false;
    int64_t contacts = 0;
    bool ok = db_find(conn, NULL,
                      "SELECT a.verified, (SELECT COUNT(*) FROM contact_address m JOIN contact k ON k.id = m.contact_id"
                      " AND k.active = 1 WHERE m.address = l.name)"
                      " FROM login l JOIN account a ON a.id = l.owner_id WHERE l.id = $1",
                      DB_ARGS(DB_INT(actor->login_id)), DB_TARGETS(TO(&verified), TO(&contacts)), NULL, err);
    *why = !verified ? UNLINKED_ADDRESS_NOT_PROVEN : contacts > 1 ? UNLINKED_SEVERAL_CONTACTS : UNLINKED_NO_CONTACT;
    return ok;
}
