/*
 * The form of a new case while a request works on it. It is opened from the settings for the actor, filled from the
 * request or from a draft, checked, and shown or made into a case.
 */
#pragma once

#include "model/case_rules.h"
#include "portal/visit.h"

/* A list of up to this many choices is a select; a longer one gets a search box. */
#define NEW_LIST_CAP 30

struct choice;

struct new_field {
    struct config_field config; /* adapted to this login */
    struct field field;
    bool offered;     /* the user can fill it in; otherwise its value is the default, no matter what is sent */
    bool given;       /* the request or draft has the field */
    struct str value; /* the value to store, after the check */
    int64_t id;       /* id of the chosen item, customer or object, after the check */
    struct str search, searched; /* of a picker: the text in its search box, and the text that gave its hits */
    bool picker;
    const struct choice *choices; /* of a list of customers or objects: one for each option */
    size_t total;                 /* number of hits; field.options has the first of them */
};

/* A file for the case: sent with this request, or kept from a refused form. */
struct new_file {
    struct str key; /* key of its row in upload; empty: sent now and not kept yet */
    struct str name, media_type, digest;
    int64_t size;
};

struct new_form {
    struct new_field *fields;
    size_t count;
    struct new_field *object, *customer; /* NULL: not in the form */
    struct new_file *files;
    size_t file_count;
    const struct str *sent_keys; /* keys of the kept files that the form names, without the removed ones */
    size_t sent_key_count;
    struct field attachments;       /* its error says which files were left out and why */
    struct str submission;          /* random, made with the form; empty: the sender did not use our form */
    struct str owner;               /* owner of the draft and the kept files */
    int64_t object_id, customer_id; /* after the check */
};

/* Makes the fields for this login, with their defaults. */
MUST_CHECK bool new_form_open(struct visit *visit, struct new_form *form, struct err *err);
/* Fills the form from the parameters of a request or a draft. For files see new_upload.h. */
void new_form_read(struct visit *visit, struct new_form *form, const struct http_params *params);
/*
 * Checks all fields, and fills values and ids. Returns false with err only when the program fails. Faults of the user
 * are in the fields: new_form_refused returns whether there are any.
 */
MUST_CHECK bool new_form_check(struct visit *visit, struct new_form *form, struct err *err);
bool new_form_refused(const struct new_form *form);
/* Fills the labels, options and hits for the page. */
MUST_CHECK bool new_form_choices(struct visit *visit, struct new_form *form, struct err *err);

struct new_field *new_form_field(struct new_form *form, const char *name); /* NULL: not in the form */
