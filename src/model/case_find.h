/* Loads the data for the page of one case. The caller has found the case with cases_find_visible. */
#pragma once

#include "portal/visit.h"

struct case_record {
    int64_t id, created, started, finished; /* 0: not yet */
    int status;
    struct str number, title, description, type, priority, customer, object, object_number, your_reference, reporter,
        reporter_phone, site_street, site_postal_code, site_city;
};

struct case_extra {
    struct str key, value;
};

struct work_order_record {
    struct str number, title, type, resource;
    int status;
    int64_t booked_from, booked_to, started, finished; /* 0: none */
};

struct contact_record {
    struct str name;
    bool primary;
};

struct file_record {
    struct str key, name, media_type;
    int64_t size, created;
};

MUST_CHECK bool case_record_load(struct visit *visit, int64_t id, struct case_record *record, struct err *err);
MUST_CHECK bool case_extras_load(struct visit *visit, int64_t id, struct case_extra **extras, size_t *count,
                                 struct err *err);
/* Loads the work orders in the order of their numbers. */
MUST_CHECK bool work_orders_load(struct visit *visit, int64_t case_id, struct work_order_record **orders, size_t *count,
                                 struct err *err);
/* Loads the contacts: the primary contact first, then the others by name. */
MUST_CHECK bool case_contacts_load(struct visit *visit, int64_t case_id, struct contact_record **contacts,
                                   size_t *count, struct err *err);
/* Loads the files that are marked visible in the portal. */
MUST_CHECK bool case_files_load(struct visit *visit, int64_t case_id, struct file_record **files, size_t *count,
                                struct err *err);
/* Counts the article rows that are not cancelled. */
MUST_CHECK bool case_actions_count(struct visit *visit, int64_t case_id, int64_t *count, struct err *err);
