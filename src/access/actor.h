/*
 * The actor: who makes a request (domain 3). It is loaded again for every request, so a link between an account and a
 * contact, or between a contact and its customers and objects, counts as soon as it exists and ends as soon as it is
 * removed.
 */
#pragma once

#include "access/scope.h"
#include "db/db.h"
#include "model/codes.h"

struct actor {
    enum actor_kind kind;
    int64_t login_id;
    int64_t account_id;  /* contact logins */
    int64_t contact_id;  /* contact logins: the one linked contact; 0: not linked */
    int64_t customer_id; /* customer login: itself. Object login: the object's customer; 0: no customer */
    int64_t object_id;   /* object login: itself */
    bool has_customers;  /* the contact is linked to customers */
    bool has_objects;    /* the contact is linked to objects */
    bool sees_cancelled; /* by a setting, which the caller of actor_load knows */
    struct str name;     /* for the header: the contact's, customer's or object's name, else the e-mail address */
    struct str login_name;
    struct str email;    /* contact logins */
    struct str language; /* contact logins: `sv` or `en` */
};

/*
 * Fills *actor for a login. The kind is ACTOR_NOBODY when the login is gone or blocked, or belongs to an inactive
 * customer or an inactive object. A contact login is linked to the one active contact that has the account's verified
 * address in any of its fields; if no contact or several contacts have it, contact_id is 0.
 */
MUST_CHECK bool actor_load(struct db_conn *conn, struct arena *arena, int64_t login_id, struct actor *actor,
                           struct err *err);

/* Why a contact login is not linked to a contact. */
enum actor_unlinked { UNLINKED_ADDRESS_NOT_PROVEN, UNLINKED_NO_CONTACT, UNLINKED_SEVERAL_CONTACTS };
MUST_CHECK bool actor_why_unlinked(struct db_conn *conn, const struct actor *actor, enum actor_unlinked *why,
                                   struct err *err);

struct actor_session {
    bool found;
    int64_t login_id, created, last_seen;
    struct generations generations;
};

/* Loads the session of a token and, in the same round trip, its actor. */
MUST_CHECK bool actor_load_session(struct db_conn *conn, struct arena *arena, struct str token_hash,
                                   struct actor_session *session, struct actor *actor, struct err *err);

/*
 * Returns the name cleaned (field_clean_text) and case-folded. All names and addresses are compared in this
 * form.
 */
struct str actor_fold_name(struct arena *arena, struct str name);
