/*
 * The form of a new case while a request works on it: opened from the settings for who is asking, filled from what was
 * sent or from a draft, checked, and shown or made into a case.
 */
#ifndef KP_CUSTOMER_CASES_NEW_FORM_H
#define KP_CUSTOMER_CASES_NEW_FORM_H

#include "model/case_rules.h"
#include "portal/visit.h"

/* Lists up to this long are chosen from, longer ones are searched in. */
#define NEW_LIST_CAP 30

struct choice;

struct new_field {
    struct config_field config; /* as it holds for this login */
    struct field field;
    bool offered;                /* can be filled in; else its value is the default, whatever is sent */
    bool given;                  /* was sent */
    struct str value;            /* as it will be stored, after the check */
    int64_t id;                  /* of the chosen item, customer or object, after the check */
    struct str search, searched; /* of a picker: its search box, and what the hits shown are hits for */
    bool picker;
    const struct choice *choices; /* of a list of customers or objects, one for each option */
    size_t total;                 /* hits there are; field.options are the first of them */
};

/* A file that is on the way to a case: sent now, or kept from a form that was refused. */
struct new_file {
    struct str key; /* of its row in upload; empty: sent now and not kept yet */
    struct str name, media_type, digest;
    int64_t size;
};

struct new_form {
    struct new_field *fields;
    size_t count;
    struct new_field *object, *customer; /* NULL: not in the form */
    struct new_file *files;
    size_t file_count;
    const struct str *sent_keys; /* keys of kept files as the form names them, without the removed ones */
    size_t sent_key_count;
    struct field attachments;       /* its error tells which files were left out and why */
    struct str submission;          /* random, made with the form; empty: the sender is no form of ours */
    struct str owner;               /* of draft and kept files */
    int64_t object_id, customer_id; /* after the check */
};

/* The fields for this login, with their defaults. */
bool new_form_open(struct visit *visit, struct new_form *form, struct err *err) __attribute__((warn_unused_result));
/* Takes what was sent, or what a draft holds. Files: upload.h. */
void new_form_read(struct visit *visit, struct new_form *form, const struct http_params *params);
/*
 * Checks everything and fills values and ids. False with err for failures of the program only; faults stand in the
 * fields: ask new_form_refused.
 */
bool new_form_check(struct visit *visit, struct new_form *form, struct err *err) __attribute__((warn_unused_result));
bool new_form_refused(const struct new_form *form);
/* Labels, options and hits for the page. */
bool new_form_choices(struct visit *visit, struct new_form *form, struct err *err) __attribute__((warn_unused_result));

struct new_field *new_form_field(struct new_form *form, const char *name); /* NULL: not in the form */

#endif
