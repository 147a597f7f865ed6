/*
 * Loads the data for the page of one case. The caller has found the case with cases_find_visible, or the visitor is a
 * staff user: staff also see what the portal does not show.
 */
#pragma once

#include "portal/visit.h"

/* A field of a case with its value, as the visitor reads both. */
struct case_fact {
    struct str label, text;
    bool multiline, written; /* written: by people, in their language */
    struct str href;         /* `tel:` link of a phone number; for staff the page of the customer or object; or empty */
};

struct case_record {
    int64_t id, created, started, finished; /* 0: not yet */
    int64_t created_by;                     /* the login that reported it; 0: none */
    int status;
    struct str number, title, description;
    struct str duplicate_of;       /* the number of the case that this one says the same as; or empty */
    const struct case_fact *facts; /* all other fields that have a value, then the extra fields */
    size_t fact_count;
};

struct work_order_record {
    struct str number, title, type, resource, cancel_reason;
    int status;                                        /* of an open work order of a cancelled case: cancelled */
    int64_t booked_from, booked_to, started, finished; /* 0: none */
};

struct contact_record {
    struct str number, name;
    bool primary, active;
};

struct file_record {
    struct str key, name, media_type;
    int64_t size, created;
    bool visible; /* in the portal */
};

/*
 * Loads a case. Its facts come from the table of fields (model/case_fields.h), so that a new field is shown without
 * more code.
 */
MUST_CHECK bool case_record_load(struct visit *visit, int64_t id, struct case_record *record, struct err *err);
/* Loads the work orders in the order of their numbers; for customers cancelled ones only where a setting shows them. */
MUST_CHECK bool work_orders_load(struct visit *visit, int64_t case_id, struct work_order_record **orders, size_t *count,
                                 struct err *err);
/* Loads the contacts: the primary contact first, then the others by name. */
MUST_CHECK bool case_contacts_load(struct visit *visit, int64_t case_id, struct contact_record **contacts,
                                   size_t *count, struct err *err);
/* Loads the files; for customers only those that are marked visible in the portal. */
MUST_CHECK bool case_files_load(struct visit *visit, int64_t case_id, struct file_record **files, size_t *count,
                                struct err *err);
