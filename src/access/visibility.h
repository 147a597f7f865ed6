/*
 * The one module that decides who sees what (domain 3–5). Every read path takes its condition from here: list, count,
 * page, actions, attachments, exports, choices of forms. No other code may look at the links between contacts,
 * customers and objects in order to show data.
 *
 * The functions append SQL with bound values. `case_literal` is the SQL of the case's id, such as "c.id".
 */
#pragma once

#include "access/actor.h"
#include "access/scope.h"

/*
 * Appends a condition that is true for the cases the actor may see. For the page of one case and everything below it.
 */
void visible_case(struct sql *sql, const struct actor *actor, const char *case_literal);

/*
 * Appends `case_scope s CROSS JOIN cases c WHERE …`: the cases on an object, as far as the actor may see them.
 */
void visible_cases_of_object(struct sql *sql, const struct actor *actor, int64_t object_id);
/* Appends `case_scope s WHERE …`: cases that are about the actor, as their contact, or else as their customer. */
void visible_own_cases(struct sql *sql, const struct actor *actor);

/* Finds by which ways the actor sees a case: ways[SCOPE_OBJECT] says that it is by a link to the object of the case. */
MUST_CHECK bool visible_case_ways(struct db_conn *conn, struct arena *arena, const struct actor *actor, int64_t case_id,
                                  bool ways[SCOPE_KINDS], struct err *err);

/*
 * Returns the actor's scopes, keys of case_scope: a case is visible when one of its scopes is among them. Returns at
 * most `cap`; *more says that there are others, and then lists must use visible_scopes instead.
 */
MUST_CHECK bool visible_scope_list(struct db_conn *conn, struct arena *arena, const struct actor *actor, size_t cap,
                                   int64_t **scopes, size_t *count, bool *more, struct err *err);
/* Appends a subquery `(SELECT …)` of all scopes of the actor, for `s.scope IN …`. */
void visible_scopes(struct sql *sql, const struct actor *actor);

/*
 * What happened to the cases that the actor may see, and how they stand (scope_event). visible_events appends a
 * condition on alias `e` of scope_event, for events of a kind; a case that can be reached in several ways has several
 * rows. visible_newest appends a subquery `(SELECT at, case_id …)` of the newest events of a kind: for each way to
 * reach cases at least the `depth` newest, each case once. Its cost grows with depth, not with what is stored.
 */
void visible_events(struct sql *sql, const struct actor *actor, enum scope_event_kind kind);
void visible_newest(struct sql *sql, const struct actor *actor, enum scope_event_kind kind, int64_t depth);

/*
 * Appends a condition on message alias `m` for the messages of cases that the actor may see. Everyone who sees a case
 * reads and writes its messages. Notes between staff are not messages.
 */
void visible_message(struct sql *sql, const struct actor *actor);

/*
 * Appends a condition on file alias `f` for files of a case: the case must be visible, and the file must be marked as
 * visible.
 */
void visible_attachment(struct sql *sql, const struct actor *actor);

/*
 * Append conditions on alias `cu` of customer and alias `o` of object, for what the search form offers and for what a
 * new case may choose from (domain 4 and 5). By domain, the two sets are the same; the choosable functions leave out
 * inactive rows.
 */
void visible_customer(struct sql *sql, const struct actor *actor);
void visible_object(struct sql *sql, const struct actor *actor);
void choosable_customer(struct sql *sql, const struct actor *actor);
void choosable_object(struct sql *sql, const struct actor *actor);
/*
 * Appends the condition of visible_object on an object with this alias, looked up for each row: cheap for the object of
 * an address and for links to the objects of a list.
 */
void visible_object_each(struct sql *sql, const struct actor *actor, const char *alias_literal);
/*
 * Appends ` LEFT JOIN object seen …`: the object of case alias `c` when the actor may see it too, so that its name
 * becomes a link.
 */
void visible_seen_object(struct sql *sql, const struct actor *actor);
/*
 * Appends a subquery `(SELECT id …)` of the objects the actor may see (only active ones if `active`). It gives all of
 * them when there are at most `cap`, else more than `cap` of them. Its cost is bounded by `cap`, however many objects
 * there are.
 */
void visible_few_objects(struct sql *sql, const struct actor *actor, bool active, size_t cap);
/*
 * Say whether the form has this choice at all. Customer and object logins are linked automatically, so they do not
 * choose a customer.
 */
bool may_choose_customer(const struct actor *actor);
bool may_choose_object(const struct actor *actor);

/* --- beyond cases: what only the contact login has (domain 3, 6 and 7) -------------------------------------------- */

/* Say whether the login has the function at all; if not, the addresses of the function answer 404. */
bool may_see_specifications(const struct actor *actor); /* for contacts linked to customers */
bool may_see_dashboards(const struct actor *actor);     /* for accounts linked to a contact */
/* Appends a condition on specification alias `s` for the invoice specifications of C that are not drafts. */
void visible_specification(struct sql *sql, const struct actor *actor);
/*
 * Appends a condition on file alias `f` for files of O, C and OC, and files of visible cases, each only with its mark
 * "visible in the portal". For contact logins only: other logins see the files of their cases through
 * visible_attachment.
 */
void visible_file(struct sql *sql, const struct actor *actor);
/*
 * Appends a subquery `(SELECT id …)` of the same files, each once, for lists. Its cost grows with what the actor sees,
 * not with what is stored.
 */
void visible_files(struct sql *sql, const struct actor *actor);

/*
 * Says whether the actor sees the prices of a case's article rows (domain 5). The settings are `customer` (the
 * default), `always` and `never`.
 */
enum price_rule { PRICE_OF_OWN_CUSTOMERS, PRICE_ALWAYS, PRICE_NEVER };
MUST_CHECK bool visible_prices(struct db_conn *conn, const struct actor *actor, enum price_rule rule, int64_t case_id,
                               bool *visible, struct err *err);
/* Appends the same rule as a condition on case alias `c`, for many cases. */
void visible_price(struct sql *sql, const struct actor *actor, enum price_rule rule);
