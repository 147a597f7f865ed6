/* The data that the templates of this folder show. */
#pragma once

#include "forms/views.h"
#include "model/case_find.h"

struct work_case {
    int64_t id, version;
    int64_t last_change; /* the id of the newest row of case_change, or 0 */
    int status;          /* enum case_status */
    struct str number, title, url;
};

struct work_fact_view {
    struct str label, text;
};

struct work_button_view {
    struct str value, label; /* of a button named `act` */
};

struct work_form_view {
    struct str title, case_number, case_url, action;
    struct form_page form;
    struct str version, seen;
    struct str doubts; /* what the page asked about; saving again means it */
    const struct work_fact_view *facts;
    size_t fact_count;
    struct work_button_view buttons[3]; /* buttons in addition to the save button */
    size_t button_count;
    bool locked;            /* shows text instead of inputs */
    struct str of_name, of; /* a hidden input: case_form.customer_of or work_row.values_of */
    struct str status, note;
    int64_t status_kind;
    struct str cancel_order_url,
        reopen_url; /* only for a work order: the page that cancels it, or who opens it again */
    struct str cancel_url, attest_url, row_number, attest_act, attest_label; /* only for an article row */
    struct str specification, specification_state;                           /* on which the row stands, or empty */
    struct str held; /* why the row has to stay as it is, or empty */
};

/* The page that asks why a case or a work order is cancelled. */
struct cancel_view {
    struct str title, lead, action, back, version, button;
    struct field fields[2]; /* why; of a case also the case that it is a duplicate of */
    size_t field_count;
    struct str refusal; /* or empty */
};

struct work_row_line {
    struct str number, date, article, title, unit, order;
    int64_t quantity, unit_price, discount;        /* millionths */
    int64_t total;                                 /* öre */
    int status;                                    /* enum row_status */
    struct str remark;                             /* what the customer said when they rejected it, or empty */
    struct str specification, specification_state; /* its number and code, or empty: the row stands on none */
};

struct work_section_view {
    struct work_case work;
    struct work_order_record *orders;
    size_t order_count;
    struct work_row_line *rows;
    size_t row_count;
    bool choosable;    /* at least one row can be attested, or its attestation can be taken back */
    int64_t sum;       /* öre, of the rows that are not cancelled */
    struct str remark; /* what the customer said about the whole case, or empty */
};
