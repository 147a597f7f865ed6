/*
 * The form of a new case while a request works on it: the form engine (forms/form.h) with the fields of a case, adapted
 * to the settings and to the login, and with the files that are sent with it.
 */
#pragma once

#include "forms/form.h"
#include "model/choice_search.h"

/* A field that the settings put into the form. */
struct new_field {
    struct config_field config; /* adapted to this login */
    size_t at;                  /* its place in the form */
    bool offered; /* the user can fill it in; otherwise its value is the default, no matter what is sent */
    bool given;   /* the request or draft has the field */
    struct str search, searched; /* of a picker: the text in its search box, and the text that gave its hits */
};

struct new_form {
    struct form form;
    struct new_field *fields; /* in the order of the page */
    size_t count;
    struct new_field *object, *customer; /* NULL: not in the form */
    struct new_case_file *files;         /* an upload without a key is not kept yet */
    size_t file_count;
    struct str *sent_keys; /* keys of the kept files that the form names, without the removed ones */
    size_t sent_key_count;
    struct str file_fault; /* says which files were left out and why; or empty */
    struct str wait;       /* why the sender has to wait, and how long; or empty */
    struct str submission; /* random, made with the form; empty: the sender did not use our form */
    struct str owner;      /* owner of the draft and the kept files */
    struct str chosen;     /* number of the object that a button of the form chose; or empty */
    bool asks_first;       /* it was sent before its sender saw the open cases of the object */
    struct choice place;   /* the object of the case, as far as the page or new_form_link found it; id 0: none */
};

/* Reads what a form has besides its fields: its random number and the keys of its files. */
void new_form_read_keys(struct visit *visit, struct new_form *form, const struct http_params *params);
/*
 * Opens the form for this login, with the values of a request or draft; params NULL: with the defaults. Faults of the
 * user are in form->form.errors.
 */
MUST_CHECK bool new_form_open(struct visit *visit, struct new_form *form, const struct http_params *params,
                              struct err *err);
/* Chooses the object with this number when it is among the allowed ones; another number changes nothing. */
MUST_CHECK bool new_form_put_object(struct visit *visit, struct new_form *form, struct str number, struct err *err);
/* Forgets the faults of a form that is not being sent. */
void new_form_forgive(struct new_form *form);
/* Checks customer and object (domain 4), and sets their ids, also those that the login links by itself. */
MUST_CHECK bool new_form_link(struct visit *visit, struct new_form *form, struct err *err);
enum choice_kind new_choice_kind(const struct new_field *one);
