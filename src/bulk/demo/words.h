/*
 * The texts and pictures of the demonstration company, in Swedish: names, places, faults and repairs. The build makes
 * them from the files in data/ (tools/embed_demo.py). The places are invented, so that no real municipality becomes a
 * customer.
 */
#pragma once

#include "base/str.h"

struct words {
    const char *const *items;
    size_t count;
};

extern const struct words places, streets, landmarks, women, men, surnames, technicians, access_notes, your_references;

struct pictures {
    const struct str *items; /* PNG files */
    size_t count;
};

extern const struct pictures photos, plans;

/* In the order of the items of the picklist object_group, which are the last ones of picklist_items. */
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
#define OBJECT_GROUP(kind) (&picklist_items[picklist_item_count - OBJECT_KINDS + (size_t)(kind)])

struct picklist_item {
    const char *list, *key, *label_sv, *label_en;
};
extern const struct picklist_item picklist_items[];
extern const size_t picklist_item_count;

/* One kind of case: what the customer writes and what the technician does. */
struct topic {
    const char *group; /* key of object_group */
    const char *type;  /* key of case_type */
    int urgent;        /* how many in a hundred are urgent */
    const char *title, *description;
    const char *work;        /* text of the time row */
    const char *action;      /* key of action_code */
    const char *articles[2]; /* numbers; NULL: none */
};
extern const struct topic topics[];
extern const size_t topic_count;

struct article {
    const char *number, *name, *type, *unit, *price;
};
extern const struct article articles[];
extern const size_t article_count;
