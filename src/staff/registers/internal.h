/*
 * The registers as data: the fields of each, how its rows are read, and how a row is saved. The same code lists, shows
 * and edits all registers.
 */
#pragma once

#include "forms/form.h"

enum field_of_register {
    REGISTER_KEY, /* the number, which never changes */
    REGISTER_TEXT,
    REGISTER_EMAIL,
    REGISTER_CUSTOMER,  /* the number of a customer, or empty */
    REGISTER_OBJECT,    /* the number of an object, or empty */
    REGISTER_GROUP,     /* the key of an item of the picklist object_group, or empty */
    REGISTER_CUSTOMERS, /* the numbers of customers, one on each line */
    REGISTER_OBJECTS,
    REGISTER_ACTIVE, /* yes or empty */
    REGISTER_TYPE,   /* the code name of an article type */
    REGISTER_PRICE,  /* a decimal, or empty; stored in millionths */
};

struct register_field {
    const char *name;
    const struct msgid *label;
    enum field_of_register kind;
    size_t max; /* characters */
    bool required;
    bool listed; /* a column of the list, unless the user chose other columns */
};

#define FIELDS_MAX 16

/* A row of a register, with its form. */
struct register_row {
    int64_t id; /* 0: new */
    struct str number;
    struct form form;
};

struct staff_register {
    const char *path; /* `customers` */
    const struct msgid *title, *one, *new_one;
    const char *login_kind;     /* the kind of its logins: `customer`, `object`, or NULL */
    const char *select_literal; /* reads the id and all fields that are not lists, with alias t */
    const char *search_literal; /* the text in which words are searched */
    const char *newest_literal; /* selects the id of the newest row */
    const struct entity *entity;
    const struct register_field *fields; /* the fields, in the order of the list */
    size_t field_count;
    /* Writes a row whose fields are valid. Called in a transaction. Sets row->id of a new row. */
    bool (*save)(struct visit *visit, struct register_row *row, struct err *err);
    /*
     * Checks the saved row while nobody else can save; may be NULL. Fails with ERR_CONFLICT when the row is not
     * allowed; the form then says why.
     */
    bool (*settle)(struct visit *visit, struct register_row *row, struct err *err);
};

extern const struct staff_register customer_register, object_register, contact_register, article_register;
/* Returns the register with this path, or NULL. */
const struct staff_register *register_find(struct str path);
/* Returns the path of a row, `/staff/customers/NUMBER`, followed by `behind`. */
struct str register_path(struct arena *arena, const struct staff_register *reg, struct str number, const char *behind);

/* Reads the row with this number. Fails with ERR_NOT_FOUND. */
MUST_CHECK bool register_load(struct visit *visit, const struct staff_register *reg, struct str number,
                              struct register_row *row, struct err *err);
/* Converts a stored value to the value that forms and files have. */
struct str register_value(struct arena *arena, const struct register_field *field, struct str stored);
/* Returns a value as text for people. */
struct str register_text(struct visit *visit, const struct register_field *field, struct str value);
/* The types of articles: their code names and their labels (msgids). */
extern const char *const register_types[5];
extern const struct msgid *const register_type_labels[5];
/* Makes an empty row that is not stored yet. */
void register_blank(struct visit *visit, const struct staff_register *reg, struct register_row *row);
/* Reads the sent form into the row and checks it. Faults go into the form. */
MUST_CHECK bool register_read(struct visit *visit, const struct staff_register *reg, struct register_row *row,
                              struct err *err);

struct register_form_view;
/* --- what belongs to a row ---------------------------------------------------------------------------------------- */

MUST_CHECK bool register_belongs(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
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
bool register_form_show(struct visit *visit, const struct staff_register *reg, struct register_row *row,
                        struct register_form_view *view, struct err *err);
bool register_new_form(struct visit *visit, const struct staff_register *reg, struct err *err);
bool register_new_send(struct visit *visit, const struct staff_register *reg, struct err *err);
bool register_row_form(struct visit *visit, const struct staff_register *reg, struct err *err);
bool register_row_send(struct visit *visit, const struct staff_register *reg, struct err *err);
bool register_login_send(struct visit *visit, const struct staff_register *reg, struct err *err);
bool register_login_remove(struct visit *visit, const struct staff_register *reg, struct err *err);

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
bool object_tree_check(struct visit *visit, struct register_row *row, struct err *err);
struct str object_tree_path(struct arena *arena, struct str parent);

/*
 * Sets the login from a typed `user name/password` (domain 3). The text is split at the first `/`; both parts must be
 * non-empty. The password is kept as a salted hash. *fault says what is wrong (msgid), or is NULL when the login is
 * set. The sessions of the login end.
 */
MUST_CHECK bool register_login_set(struct visit *visit, const struct staff_register *reg,
                                   const struct register_row *row, struct str typed, const struct msgid **fault,
                                   struct err *err);
MUST_CHECK bool register_login_delete(struct visit *visit, const struct staff_register *reg,
                                      const struct register_row *row, struct err *err);
