/* The data that the templates of this folder show. */
#pragma once

#include "forms/views.h"

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
    struct str overlap; /* other bookings that the page warned of; saving again ignores them */
    const struct work_fact_view *facts;
    size_t fact_count;
    struct work_button_view buttons[3]; /* buttons in addition to the save button */
    size_t button_count;
    bool locked; /* shows text instead of inputs */
    struct str status, note;
    int64_t status_kind;
    struct str cancel_url, attest_url, row_number, attest_act, attest_label; /* only for an article row */
};

struct work_order_line_view {
    struct str url, number, title, type, resource, booked, started, finished, status_label;
    int64_t status;
};

struct work_row_line_view {
    struct str url, number, date, article, title, quantity, price, discount, total, order, status_label;
    int64_t status_kind;
    bool chosen_here; /* can be attested, or its attestation can be taken back */
    bool cancelled;
};

struct work_section_view {
    struct str case_number, case_url, title, version, seen;
    struct str new_order_url, new_row_url, attest_url;
    const struct work_order_line_view *orders;
    size_t order_count;
    const struct work_row_line_view *rows;
    size_t row_count;
    bool choosable; /* at least one row can be attested, or its attestation can be taken back */
    struct str sum;
};
