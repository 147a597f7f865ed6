/*
 * Forms: a form is the fields of an entity (model/NAME_fields.h) that people change. It is read from the request,
 * cleaned and checked by the tables of fields, shown by form.html, merged with what somebody else changed meanwhile,
 * and told in lines of history. Arrays have the places of the entity's table; fields that were added, such as
 * configured extra fields, follow after these.
 *
 * What is stored can be saved again as it is, even when it is longer than its limit today: only a value that was
 * changed is checked.
 */
#ifndef KP_FORMS_FORM_H
#define KP_FORMS_FORM_H

#include "forms/views.h"
#include "model/record.h"
#include "portal/visit.h"

#define FORM_FIELDS_MAX 90

struct form_field {
    const struct entity_field *rule;
    const char *label_msgid;             /* NULL: label is the text itself */
    struct str label;                    /* of a field whose label is configured */
    const char *lookup;                  /* where scripts look for its number, or NULL */
    const struct config_choice *choices; /* of a configured FIELD_CHOICE, as many as the rule has codes */
    bool shown;                          /* the form has it */
    bool required, readonly;
};

struct form {
    struct visit *visit;
    size_t count;
    bool exists; /* the row is stored already */
    struct form_field fields[FORM_FIELDS_MAX];
    struct str values[FORM_FIELDS_MAX]; /* clean; what was typed where it is refused */
    struct str stored[FORM_FIELDS_MAX]; /* as the database has it */
    struct str errors[FORM_FIELDS_MAX]; /* in the user's language; empty: sound */
    /*
     * What the values stand for: the id of a reference or item, 0: none; of decimals millionths, of times microseconds.
     */
    int64_t ids[FORM_FIELDS_MAX], stored_ids[FORM_FIELDS_MAX];
    /*
     * Finds what a reference stands for, when it was changed: sets ids, and values to the number, or refuses. NULL: the
     * form has none.
     */
    bool (*find)(struct form *form, size_t at, struct err *err);
};

/* An empty form of the fields of an entity that are not fixed. */
void form_begin(struct form *form, struct visit *visit, const struct entity *entity);
/* One more field after those of the table; its place. The label is in the user's language. */
size_t form_add(struct form *form, const struct entity_field *rule, struct str label);
/* What the database has, put into stored and value: a text; a time or decimal by its number; yes or no. */
void form_set(struct form *form, size_t at, struct str text, int64_t id);
void form_set_number(struct form *form, size_t at, int64_t number, bool is_null);
void form_set_yes(struct form *form, size_t at, bool yes);

/* What the program fills in: the value alone, the stored one stays. */
void form_put(struct form *form, size_t at, struct str text, int64_t id);
void form_put_number(struct form *form, size_t at, int64_t number);
/* Puts in the row of this id: the fields of the table that the form shows and that have a column. ERR_NOT_FOUND. */
bool form_load(struct form *form, const struct entity *entity, int64_t id, struct err *err)
    __attribute__((warn_unused_result));

/* Takes what was sent: cleans it, checks it and finds items of picklists and references. */
bool form_read(struct form *form, const struct http_params *sent, struct err *err) __attribute__((warn_unused_result));
/* Refuses a value; msgid. The first fault of a field stays. */
void form_refuse(struct form *form, size_t at, const char *msgid);
bool form_refused(const struct form *form);
/* Whether a value is another than the stored one; whether any is. */
bool form_differs_at(const struct form *form, size_t at);
bool form_differs(const struct form *form);
/* The names of fields that differ, for the audit: `name, city`. */
struct str form_changed_names(const struct form *form);
/* The value for a column of the database: text, id or number, by the kind of the field. */
struct db_value form_value(const struct form *form, size_t at);

/* What an insert or update writes of the form: columns, at most FORM_FIELDS_MAX; their number. */
size_t form_columns(const struct form *form, struct record_column *columns);

/* A value as people read it: the label of an item or code, a decimal or time in the way of the language. */
bool form_text(struct form *form, enum lang lang, size_t at, struct str value, struct str *text, struct err *err)
    __attribute__((warn_unused_result));
/* Calls note once for each field that reads differently now, in Swedish, the language of histories. */
bool form_history(struct form *form,
                  bool (*note)(void *context, struct str label, struct str before, struct str after, struct err *err),
                  void *context, struct err *err) __attribute__((warn_unused_result));

/* --- two people at once ------------------------------------------------------------------------------------------- */

/* Digests of what is stored, for the hidden field `was`; empty for a row that is not stored. */
struct str form_was(const struct form *form);
/*
 * Whether the stored row is another than the one that the form was made for. A program that sends no `was` changes it
 * as it is.
 */
bool form_is_older(const struct form *form);
/*
 * When two people change the same row, the second sees what the first changed and keeps what they typed: fields that
 * were not touched take over what `fresh`, the form of the row as it is stored now, has. Fills the changes of the page;
 * the status is 409.
 */
bool form_merge(struct form *form, const struct form *fresh, struct form_page *page, struct err *err)
    __attribute__((warn_unused_result));

/*
 * Inputs for form.html, with their choices and faults; and `was`, as it was sent when the form comes back to be mended.
 */
bool form_fill(struct form *form, struct form_page *page, struct err *err) __attribute__((warn_unused_result));

#endif
