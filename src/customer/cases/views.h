/* The page of one case. Texts are in the visit's language and not yet escaped. */
#pragma once

#include "access/scope.h"
#include "customer/actions/actions.h"
#include "model/case_find.h"

struct step {
    const struct msgid *label;
    struct str time, machine;
    bool done, current;
    bool never; /* it will not come, because the case is cancelled */
};
#define CASE_STEPS 4

/* The form that adds files; has_form false: none can be added. */
struct add_files_view {
    bool has_form;
    struct field
        fields[2];   /* the files, and the name of the sender, which is without a label unless the login is shared */
    struct str wait; /* too much was sent in a short time; or empty */
};

struct case_view {
    struct case_record record;
    struct str path;       /* address of this page */
    struct str result_url; /* the last search */
    bool searched;         /* there was one */
    struct str original;   /* path of the case that this one is a duplicate of, if the login sees it */
    struct str headline;   /* who comes when, or what was done when */
    struct step steps[CASE_STEPS];
    struct done done;
    struct work_order_record *work_orders;
    size_t work_order_count;
    struct contact_record *contacts;
    size_t contact_count;
    struct file_record *files;
    size_t file_count;
    struct add_files_view add;
    const struct store_rules *rules;
    bool asks_time; /* a time is booked that may not suit the customer */
    struct html thread;
    struct str messages; /* `2 messages`, empty: none */
    bool may_correct;
    bool may_follow; /* or stop to follow it: the login did not report the case */
    bool follows;
    struct str reasons[SCOPE_KINDS];
    size_t reason_count;
};
