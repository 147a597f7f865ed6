/* The input of the templates for a new case and its receipt. */
#pragma once

#include "forms/form.h"
#include "model/choice_search.h"
#include "parts/case_card/case_card.h"

enum new_control_kind {
    CONTROL_INPUT,  /* as in every form */
    CONTROL_PICKER, /* a search box for customers or objects */
    CONTROL_LINK,   /* a list of customers or objects */
};

struct new_control {
    enum new_control_kind kind;
    struct form_input input;
    struct str source;            /* of a picker: where its hits come from */
    struct str searched;          /* of a picker: the text that gave its hits */
    struct str note;              /* of a picker: says that there are more hits */
    const struct choice *choices; /* of a list that proposes customers: one for each option; or NULL */
};

/* Whether the options of a field before, or after, this one are of another group. */
bool group_begins(const struct field *field, size_t at);
bool group_ends(const struct field *field, size_t at);
/* Returns the part of the address of a case that names it. */
struct str follow_part(struct arena *arena, struct str number);

/* A button that chooses an object of the login's newest cases. */
struct latest_object {
    const struct choice *choice;
    bool chosen, autofocus;
};

/* What is known of the object that is chosen: its address, and the cases that are open on it. */
struct known_view {
    struct str url;     /* where scripts ask for it after another choice; empty: the object cannot be chosen */
    struct str number;  /* of the object; empty: none is chosen */
    struct str address; /* the line in place of the fields of the address */
    struct str heading;
    const struct case_card *cards;
    size_t count;
    struct str more_url; /* there are more; or empty */
};

/* The parts of the form, in the order of the page. */
enum new_part { PART_WHERE, PART_ADDRESS, PART_WHAT, PART_MORE, PART_CONTACT, PART_COUNT };

/* The fields of one part. A part without fields is not shown. */
struct new_group {
    struct str legend;
    struct str folded; /* what stands there while the part is folded; empty: it is not folded */
    bool open;         /* a folded part that is shown open */
    struct new_control *controls;
    size_t count;
};

/* How to call the company. */
struct phones {
    struct str phone, phone_link, emergency, emergency_link; /* empty: the settings have no such number */
};
void phones_fill(struct visit *visit, struct phones *phones);

struct new_view {
    struct phones phones;
    struct str intro;      /* what happens with the case, if that is not plain */
    struct str draft_note; /* says that this is a draft, and from when; empty: it is not */
    struct str wait;       /* why the sender has to wait, and how long; or empty */
    struct field *faults;
    size_t fault_count;
    struct str customer, object; /* what the case is linked to, without a choice; or empty */
    struct str customer_label, object_label;
    struct str only_customer, only_object; /* the numbers of the only choices, which the form sends; or empty */
    struct latest_object *latest;
    size_t latest_count;
    struct known_view known;
    bool asks_first; /* the form was sent before its sender saw the open cases */
    struct new_group groups[PART_COUNT];
    struct field attachments;
    const struct store_rules *rules;
    const struct new_case_file *files;
    size_t file_count;
    struct str submission;
};

struct receipt_view {
    struct str number, title, created;
    struct str case_url; /* empty: this login cannot see the case */
    bool may_report;
    struct str files; /* `2 files`, or empty */
    struct str place; /* object and address; empty: unknown, or the login cannot see the case */
    struct str next;  /* what happens now */
    struct phones phones;
};
