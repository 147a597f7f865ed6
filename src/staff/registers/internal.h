/*
 * The registers as data: which fields each has, how its rows are read, and how one is saved. One engine lists, shows
 * and edits all of them.
 */
#ifndef KP_STAFF_REGISTERS_INTERNAL_H
#define KP_STAFF_REGISTERS_INTERNAL_H

#include "forms/form.h"

enum field_of_register {
    REGISTER_KEY, /* the number: given once */
    REGISTER_TEXT,
    REGISTER_EMAIL,
    REGISTER_CUSTOMER,  /* the number of a customer, or empty */
    REGISTER_OBJECT,    /* the number of an object, or empty */
    REGISTER_GROUP,     /* the key of an item of the picklist object_group, or empty */
    REGISTER_CUSTOMERS, /* numbers, one a line */
    REGISTER_OBJECTS,
    REGISTER_ACTIVE, /* yes or empty */
    REGISTER_TYPE,   /* the code name of a type of articles */
    REGISTER_PRICE,  /* a decimal, or empty; stored in millionths */
};

struct register_field {
    const char *name;
    const char *label; /* msgid */
    enum field_of_register kind;
    size_t max; /* characters */
    bool required;
    bool listed; /* a column of the list, unless somebody chose his own */
};

#define FIELDS_MAX 16

/* One row: its form. */
struct register_row {
    int64_t id; /* 0: new */
    struct str number;
    struct form form;
};

struct staff_register {
    const char *path;                  /* `customers` */
    const char *title, *one, *new_one; /* msgids */
    const char *login_kind;            /* whose logins: `customer`, `object`, or NULL */
    const char *select_literal;        /* id and the fields but lists, of alias t */
    const char *search_literal;        /* what words are looked for in */
    const char *newest_literal;        /* the id of the row made last */
    const struct entity *entity;
    const struct register_field *fields; /* of the list */
    size_t field_count;
    /* Writes a row whose fields are sound, in a transaction. Sets row->id of a new one. */
    bool (*save)(struct visit *visit, struct register_row *row, struct err *err);
    /* Looks at the saved row while nobody else can save, or NULL. ERR_CONFLICT: the form says why not. */
    bool (*settle)(struct visit *visit, struct register_row *row, struct err *err);
};

extern const struct staff_register customer_register, object_register, contact_register, article_register;
/* The register of an address; NULL when there is none. */
const struct staff_register *register_find(struct str path);
/* `/staff/customers/NUMBER` and what stands behind it. */
struct str register_path(struct arena *arena, const struct staff_register *reg, struct str number, const char *behind);

/* The row of a number; ERR_NOT_FOUND. */
bool register_load(struct visit *visit, const struct staff_register *reg, struct str number, struct register_row *row,
                   struct err *err) __attribute__((warn_unused_result));
/* What the database gave for a field, as the form and files have it. */
struct str register_value(struct arena *arena, const struct register_field *field, struct str stored);
/* A value as people read it. */
struct str register_text(struct visit *visit, const struct register_field *field, struct str value);
/* The types of articles: code names, and labels (msgids). */
extern const char *const register_types[5], *const register_type_labels[5];
/* A row that is not stored yet. */
void register_blank(struct visit *visit, const struct staff_register *reg, struct register_row *row);
/* Reads what was sent into the form of a row and checks it. */
bool register_read(struct visit *visit, const struct staff_register *reg, struct register_row *row, struct err *err)
    __attribute__((warn_unused_result));

struct register_form_view;
/* --- what belongs to a row ---------------------------------------------------------------------------------------- */

bool register_belongs(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
                      struct register_form_view *view, struct err *err) __attribute__((warn_unused_result));
/* The number behind that of the row made last, when it ends in digits and is free; else empty. */
bool register_next_number(struct visit *visit, const struct staff_register *reg, struct str *number, struct err *err)
    __attribute__((warn_unused_result));

/* --- lists -------------------------------------------------------------------------------------------------------- */

struct list;
extern const struct list customers_list, objects_list, contacts_list, articles_list;

/* --- pages -------------------------------------------------------------------------------------------------------- */

/* The form, as it stands in row and view. */
bool register_form_show(struct visit *visit, const struct staff_register *reg, struct register_row *row,
                        struct register_form_view *view, struct err *err);
bool register_new_form(struct visit *visit, const struct staff_register *reg, struct err *err);
bool register_new_send(struct visit *visit, const struct staff_register *reg, struct err *err);
bool register_row_form(struct visit *visit, const struct staff_register *reg, struct err *err);
bool register_row_send(struct visit *visit, const struct staff_register *reg, struct err *err);
bool register_login_send(struct visit *visit, const struct staff_register *reg, struct err *err);
bool register_login_remove(struct visit *visit, const struct staff_register *reg, struct err *err);

/* --- the tree of objects ------------------------------------------------------------------------------------------ */

/* More objects than these do not lie in each other, as for imports (exchange/merge_derived.c). */
#define TREE_DEPTH_MAX 64

/* `/staff/objects/tree`: what lies in one object, or in none. */
bool object_tree_page(struct visit *visit, struct err *err);
struct object_tree_view;
/* The rows behind the number `after` in the object `parent` (empty: none), and the way to it. ERR_NOT_FOUND. */
bool object_tree_load(struct visit *visit, struct str parent, struct str after, struct object_tree_view *view,
                      struct err *err) __attribute__((warn_unused_result));
/* ERR_CONFLICT and the fault of its parent, when the object lies in itself, or too deep. */
bool object_tree_check(struct visit *visit, struct register_row *row, struct err *err);
struct str object_tree_path(struct arena *arena, struct str parent);

/*
 * Takes `user name/password` (domain 3): split at the first `/`, both parts non-empty, kept as a name and a salted
 * hash. *fault says what is wrong (msgid), NULL when it is done. Sessions of the login end.
 */
bool register_login_set(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
                        struct str typed, const char **fault, struct err *err) __attribute__((warn_unused_result));
bool register_login_delete(struct visit *visit, const struct staff_register *reg, const struct register_row *row,
                           struct err *err) __attribute__((warn_unused_result));

#endif
