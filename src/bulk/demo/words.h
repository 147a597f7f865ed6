/* The texts of the demonstration company, in Swedish: names, places, faults and repairs. */
#pragma once

#include <stddef.h>

struct words {
    const char *const *items;
    size_t count;
};

extern const struct words places, streets, landmarks, women, men, surnames, technicians, access_notes, your_references;

enum object_kind {
    OBJECT_AREA,
    OBJECT_PROPERTY,
    OBJECT_LIFT,
    OBJECT_VENTILATION,
    OBJECT_GATE,
    OBJECT_HEATING,
    OBJECT_COOLING,
    OBJECT_FIRE_ALARM,
    OBJECT_KINDS
};

extern const char *const object_groups[OBJECT_KINDS];          /* keys of the picklist object_group */
extern const char *const object_group_labels[OBJECT_KINDS][2]; /* sv, en */

/* One kind of case: what the customer writes and what the technician does. */
struct topic {
    enum object_kind kind;
    const char *type; /* key of case_type */
    int urgent;       /* how many in a hundred are urgent */
    const char *title, *description;
    const char *work;        /* text of the time row */
    const char *action;      /* key of action_code */
    const char *articles[2]; /* numbers; NULL: none */
};
extern const struct topic topics[];
extern const size_t topic_count;

struct item {
    const char *list, *key, *label_sv, *label_en;
};
extern const struct item picklist_items[];
extern const size_t picklist_item_count;

struct article {
    const char *number, *name, *type, *unit, *price;
};
extern const struct article articles[];
extern const size_t article_count;
