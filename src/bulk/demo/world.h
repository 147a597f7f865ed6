/*
 * The demonstration company's customers, their objects and contacts, and the calendar. It grows with the number of
 * cases up to a bound, and so does memory.
 */
#pragma once

#include "base/arena.h"
#include "bulk/demo/dice.h"
#include "bulk/demo/words.h"

#define DAYS 548 /* 18 months */
#define BIG 0    /* the largest customer: a tenth of the cases, at most about 10,000 */

enum customer_kind { CUSTOMER_HOUSING, CUSTOMER_CARE, CUSTOMER_INDUSTRY, CUSTOMER_MUNICIPAL, CUSTOMER_KINDS };

struct demo_customer {
    enum customer_kind kind;
    int first_object, object_count;
    int first_contact, contact_count;
    struct str number, name, domain; /* domain: of its e-mail addresses */
    const char *place;
};

struct demo_object {
    enum object_kind kind;
    int customer; /* -1: none */
    int parent;   /* -1: none */
    int serial;   /* among its siblings of the kind, from 1 */
    int property; /* the serial of the property or area that the object is in */
};

struct demo_contact {
    int customer;                   /* the customer they work for; -1: none */
    bool of_customer;               /* linked to the customer */
    int first_object, object_count; /* linked to these objects */
};

struct world {
    uint64_t seed;
    int64_t case_count;
    int32_t last_day; /* the last day with data */
    int64_t end_us;   /* nothing happens later than this */
    struct demo_customer *customers;
    int customer_count;
    struct demo_object *objects;
    int object_count;
    struct demo_contact *contacts;
    int contact_count;
    int64_t first_case[DAYS + 1]; /* the first case of each day; the last item is case_count */
    int big_share;                /* cases of the largest customer, in 100,000 */
};

struct world *world_create(struct arena *arena, uint64_t seed, int64_t cases, int32_t last_day);

struct str object_number(struct arena *arena, const struct world *world, int object);
struct str object_name(struct arena *arena, const struct world *world, int object);
struct str object_street(struct arena *arena, const struct world *world, int object);
struct str place_postal_code(struct arena *arena, const char *place);
/* Returns the object with a login: the first lift of the largest customer. */
int login_object(const struct world *world);

struct str contact_number(struct arena *arena, int contact);
void contact_name(const struct world *world, int contact, const char **first, const char **last);
struct str contact_email(struct arena *arena, const struct world *world, int contact);

const char *pick(struct dice *dice, const struct words *words);

/* Contacts that the list of logins looks up by name. */
enum { CONTACT_BIG, CONTACT_CARETAKER, CONTACT_BOTH, CONTACT_LOOSE, CONTACT_TWIN_1, CONTACT_TWIN_2, CONTACT_SPECIALS };
#define CUSTOMER_CARE_HOME 1 /* has a login of its own */
