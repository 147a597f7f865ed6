/*
 * Who sees what: the one module that decides it (domain 3–5). Every read path takes its predicate from here: list,
 * count, page, actions, attachments, exports, choices of forms. Nothing else may look at links between contacts,
 * customers and objects in order to show data.
 *
 * It appends SQL with bound values. `case_literal` is the SQL of the case's id, such as "c.id".
 */
#ifndef KP_ACCESS_VISIBILITY_H
#define KP_ACCESS_VISIBILITY_H

#include "access/actor.h"

/*
 * Appends a condition that is true for the cases the actor may see: for the page of one case and everything below it.
 */
void visible_case(struct sql *sql, const struct actor *actor, const char *case_literal);

/*
 * The actor's scopes: keys of case_scope. A case is visible when one of its scopes is among them. At most `cap` are
 * returned; *more tells that there are others, and then lists must use visible_scopes instead.
 */
bool visible_scope_list(struct db_conn *conn, struct arena *arena, const struct actor *actor, size_t cap,
                        int64_t **scopes, size_t *count, bool *more, struct err *err)
    __attribute__((warn_unused_result));
/* Appends a subquery `(SELECT …)` of all scopes of the actor, for `s.scope IN …`. */
void visible_scopes(struct sql *sql, const struct actor *actor);

/*
 * Messages of a case, which whoever sees the case reads and writes; notes among staff are none. Appends a condition on
 * message alias `m`.
 */
void visible_message(struct sql *sql, const struct actor *actor);

/* Files of a case: visible case and the file's own mark. Appends a condition on file alias `f`. */
void visible_attachment(struct sql *sql, const struct actor *actor);

/*
 * What the search form offers and a new case may choose among (domain 4 and 5): conditions on alias `cu` of customer
 * and alias `o` of object. The two sets are the same by domain; choosable leaves out what is inactive.
 */
void visible_customer(struct sql *sql, const struct actor *actor);
void visible_object(struct sql *sql, const struct actor *actor);
void choosable_customer(struct sql *sql, const struct actor *actor);
void choosable_object(struct sql *sql, const struct actor *actor);
/*
 * Appends a subquery `(SELECT id …)` of objects the actor may see (only active ones when `active`): all of them when
 * there are at most `cap`, else more than `cap` of them. Costs no more than that, however many objects there are.
 */
void visible_few_objects(struct sql *sql, const struct actor *actor, bool active, size_t cap);
/*
 * Whether the form has such a choice at all. Customer and object logins are linked automatically: no customer choice.
 */
bool may_choose_customer(const struct actor *actor);
bool may_choose_object(const struct actor *actor);

/* --- beyond cases: what only the contact login has (domain 3, 6 and 7) -------------------------------------------- */

/* Whether the login has the function at all; its addresses answer 404 to the others. */
bool may_see_specifications(const struct actor *actor); /* contacts linked to customers */
bool may_see_dashboards(const struct actor *actor);     /* accounts linked to a contact */
/* Invoice specifications of C that are no drafts. Appends a condition on specification alias `s`. */
void visible_specification(struct sql *sql, const struct actor *actor);
/*
 * Files of O, C and OC, and those of visible cases, each with its mark "visible in the portal". Appends a condition on
 * file alias `f`. Contact logins only: others see the files of their cases through visible_attachment.
 */
void visible_file(struct sql *sql, const struct actor *actor);
/*
 * Appends a subquery `(SELECT id …)` of the same files, each once, for lists: it costs what the actor sees, not what is
 * stored.
 */
void visible_files(struct sql *sql, const struct actor *actor);

/* Prices of a case's article rows (domain 5). Settings: `customer` (default), `always`, `never`. */
enum price_rule { PRICE_OF_OWN_CUSTOMERS, PRICE_ALWAYS, PRICE_NEVER };
bool visible_prices(struct db_conn *conn, const struct actor *actor, enum price_rule rule, int64_t case_id,
                    bool *visible, struct err *err) __attribute__((warn_unused_result));
/* The same for many: appends a condition on case alias `c`. */
void visible_price(struct sql *sql, const struct actor *actor, enum price_rule rule);

#endif
