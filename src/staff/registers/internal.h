/* The registers as data: the same code shows, edits and saves the rows of all of them. */
#pragma once

#include "forms/form.h"

struct staff_register {
    const char *path; /* `customers` */
    const struct msgid *title, *one, *new_one;
    enum actor_kind login_kind; /* the kind of its logins; ACTOR_NOBODY: it has no logins */
    const struct entity *entity;
    struct {
        size_t at;
        const struct msgid *label;
    } labels[2]; /* the labels (msgids) of fields whose form says more than the entity */
    /* Writes a row whose fields are valid: a function of the model that owns the table. Called in a transaction. */
    bool (*save)(struct db_conn *conn, struct arena *arena, const struct record_column *columns, size_t count,
                 int64_t *id, struct err *err);
    /*
     * Writes and checks the rest after the row is saved, while nobody else can save; may be NULL. Fails with
     * ERR_CONFLICT when the row is not allowed; the form then says why.
     */
    bool (*settle)(struct form *form, struct err *err);
};

extern const struct staff_register customer_register, object_register, contact_register, article_register;
/* Returns the register that the path of the request names: `/staff/customers/NUMBER`. */
const struct staff_register *register_of(const struct visit *visit);
/* Returns the path of a row, `/staff/customers/NUMBER`, followed by `ending`. */
struct str register_path(struct arena *arena, const struct staff_register *reg, struct str number, const char *ending);

/* Begins the form of a row that is not stored yet. */
void register_begin(struct visit *visit, const struct staff_register *reg, struct form *form);
/* Loads the row with this number. Its number is the value of field 0. Fails with ERR_NOT_FOUND. */
MUST_CHECK bool register_load(struct visit *visit, const struct staff_register *reg, struct str number,
                              struct form *form, struct err *err);
/* Loads the row whose number is in the path of the request. */
MUST_CHECK bool register_load_asked(struct visit *visit, const struct staff_register *reg, struct form *form,
                                    struct err *err);

struct register_form_view;
/* --- what belongs to a row ---------------------------------------------------------------------------------------- */

MUST_CHECK bool register_belongs(struct visit *visit, const struct staff_register *reg, const struct form *form,
                                 struct register_form_view *view, struct err *err);
/*
 * Proposes the number after the number of the newest row. *number is empty when that number does not end in digits, or
 * when no free number was found.
 */
MUST_CHECK bool register_next_number(struct visit *visit, const struct staff_register *reg, struct str *number,
                                     struct err *err);

/* --- lists -------------------------------------------------------------------------------------------------------- */

struct list;
extern const struct list customers_list, objects_list, contacts_list, articles_list;

/* --- pages -------------------------------------------------------------------------------------------------------- */

/* Shows the form of the row. */
bool register_form_show(struct visit *visit, const struct staff_register *reg, struct form *form,
                        struct register_form_view *view, struct err *err);
bool register_new_form(struct visit *visit, struct err *err);
bool register_new_send(struct visit *visit, struct err *err);
bool register_row_form(struct visit *visit, struct err *err);
bool register_row_send(struct visit *visit, struct err *err);
bool register_login_send(struct visit *visit, struct err *err);
bool register_login_remove(struct visit *visit, struct err *err);

/* --- the tree of objects ------------------------------------------------------------------------------------------ */

/* Objects can be nested this deep, as in imports (exchange/merge_derived.c). */
#define TREE_DEPTH_MAX 64

/* `/staff/objects/tree`: shows the objects inside one object, or those that are in no object. */
bool object_tree_page(struct visit *visit, struct err *err);
struct object_tree_view;
/*
 * Reads the objects inside the object `parent` (empty: those that are in no object) whose numbers come after `after`,
 * and the path to `parent`. Fails with ERR_NOT_FOUND.
 */
MUST_CHECK bool object_tree_load(struct visit *visit, struct str parent, struct str after,
                                 struct object_tree_view *view, struct err *err);
/*
 * Checks that the object is neither inside itself nor nested too deep. If it is, fails with ERR_CONFLICT and sets the
 * fault of the parent field.
 */
bool object_tree_check(struct form *form, struct err *err);
struct str object_tree_path(struct arena *arena, struct str parent);
