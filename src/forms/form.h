/*
 * A form holds the fields of an entity (model/NAME_fields.h) that people change. It is read from the request, cleaned
 * and checked by the tables of fields, shown by form.html, merged with changes that somebody else made meanwhile, and
 * described in lines of history. Arrays are indexed by the places of the entity's table; added fields, such as
 * configured extra fields, follow.
 *
 * A stored value can be saved again unchanged, even if it is longer than its limit today: only changed values are
 * checked.
 */
#pragma once

#include "forms/views.h"
#include "model/case_create.h"
#include "portal/visit.h"

#define FORM_FIELDS_MAX 90
/* The largest number of changes on a page: of each field, and some that form_tell adds. */
#define FORM_CHANGES_MAX (FORM_FIELDS_MAX + 8)

struct form_field {
    const struct entity_field *rule;
    const char *name;                    /* of the input: that of the rule unless the page has several such forms */
    const struct msgid *label_msgid;     /* NULL: use `label` */
    struct str label;                    /* for a field whose label is configured */
    const char *lookup;                  /* address where scripts search for the reference's number, or NULL */
    const struct config_choice *choices; /* for a configured FIELD_CHOICE, as many as the rule has codes */
    bool shown;                          /* the form shows this field */
    bool required, readonly;
};

struct form {
    struct visit *visit;
    size_t count;
    const char *was_name; /* of the hidden input `was`, likewise */
    int64_t id;           /* of the stored row; 0: the row is not stored yet */
    struct form_field fields[FORM_FIELDS_MAX];
    struct str values[FORM_FIELDS_MAX]; /* the current values, cleaned; refused ones too */
    struct str stored[FORM_FIELDS_MAX]; /* as the database has it */
    struct str errors[FORM_FIELDS_MAX]; /* in the user's language; empty: the value is valid */
    /* The values as numbers: ids of references and items (0: none), millionths of decimals, microseconds of times. */
    int64_t ids[FORM_FIELDS_MAX], stored_ids[FORM_FIELDS_MAX];
    /*
     * Looks up the row of a changed reference: sets its id, and its value to the row's number, or refuses the value.
     * NULL: the form has no references.
     */
    bool (*find)(struct form *form, size_t at, struct err *err);
};

/* Begins an empty form with the fields of an entity that are not fixed. */
void form_begin(struct form *form, struct visit *visit, const struct entity *entity);
/* Adds a field after those of the table and returns its place. The label is in the user's language. */
size_t form_add(struct form *form, const struct entity_field *rule, struct str label);
/* Adds the extra fields of a case that the settings have, in the language of the visit. */
void form_add_extras(struct form *form);
/* Returns the key of an added extra field. */
struct str form_extra_key(const struct form *form, size_t at);
/* Fills the extra fields that have a value, at most FORM_FIELDS_MAX. Returns how many. */
size_t form_extras(const struct form *form, struct new_case_extra *extras);
/*
 * Set the stored value and the current value to what the database has: a text, a number (for a time or decimal), or yes
 * or no.
 */
void form_set(struct form *form, size_t at, struct str text, int64_t id);
void form_set_number(struct form *form, size_t at, int64_t number, bool is_null);
void form_set_yes(struct form *form, size_t at, bool yes);

/* Set only the current value to one that the program fills in; the stored value stays. */
void form_put(struct form *form, size_t at, struct str text, int64_t id);
void form_put_number(struct form *form, size_t at, int64_t number);
/*
 * Load the row with this id or number: the fields of the table that the form shows and that have a column. The caller
 * has begun the form. Fail with ERR_NOT_FOUND.
 */
MUST_CHECK bool form_load(struct form *form, const struct entity *entity, int64_t id, struct err *err);
MUST_CHECK bool form_find(struct form *form, const struct entity *entity, struct str number, struct err *err);

/* Reads the sent values: cleans them, checks them, and looks up picklist items and references. */
MUST_CHECK bool form_read(struct form *form, const struct http_params *sent, struct err *err);
/* Refuses a value with a msgid. If the field already has a fault, that one stays. */
void form_refuse(struct form *form, size_t at, const struct msgid *msgid);
bool form_refused(const struct form *form);
/* Return whether one value, or any value, differs from the stored one. */
bool form_differs_at(const struct form *form, size_t at);
bool form_differs(const struct form *form);
/* Returns the names of the fields that differ, for the audit log: `name, city`. */
struct str form_changed_names(const struct form *form);
/* Returns the value for a column of the database: a text, id or number, depending on the kind of the field. */
struct db_value form_value(const struct form *form, size_t at);

/* Fills the columns that an insert or update of this form writes, at most FORM_FIELDS_MAX. Returns how many. */
size_t form_columns(const struct form *form, struct record_column *columns);

/*
 * Formats a value as people read it: the label of an item or code, or a decimal or time in the format of the language.
 */
MUST_CHECK bool form_text(struct form *form, enum lang lang, size_t at, struct str value, struct str *text,
                          struct err *err);
/*
 * Calls `note` once for each field that differs, with both values as people read them, in Swedish, the language of
 * histories.
 */
MUST_CHECK bool form_history(struct form *form,
                             bool (*note)(void *context, struct str label, struct str before, struct str after,
                                          struct err *err),
                             void *context, struct err *err);

/* --- two people at once ------------------------------------------------------------------------------------------- */

/* Returns digests of the stored values, for the hidden field `was`. Empty if the row is not stored yet. */
struct str form_was(const struct form *form);
/*
 * Returns whether the stored row has changed since the form was opened. False if the request has no `was`, as from a
 * program: it changes the row as it is now.
 */
bool form_is_older(const struct form *form);
/*
 * When two people change the same row, the second sees what the first changed and keeps what they typed. `fresh` is the
 * form of the row as it is stored now: fields that the user did not touch get its values. Fills the changes of the page
 * and sets status 409.
 */
MUST_CHECK bool form_merge(struct form *form, const struct form *fresh, struct form_page *page, struct err *err);
/*
 * Add a change by others to the page: form_tell one that is not the change of a field, unless `now` is empty. `label`
 * is a msgid.
 */
void form_page_add_change(struct arena *arena, struct form_page *page, struct form_change change);
void form_tell(const struct form *form, struct form_page *page, const struct msgid *label, struct str now);
/*
 * Reads from the audit who changed the row last, for page->changed_by. It stays empty when the row was changed in
 * another way, such as by an import.
 */
MUST_CHECK bool form_last_changed(struct visit *visit, const char *action, struct str subject, struct form_page *page,
                                  struct err *err);

/*
 * Fills the inputs for form.html, with their choices and faults, and `was`. When the form is shown again because of a
 * fault, `was` stays as it was sent.
 */
MUST_CHECK bool form_fill(struct form *form, struct form_page *page, struct err *err);
