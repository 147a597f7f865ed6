/* The demonstration company as rows of the files that import reads. */
#pragma once

#include "bulk/demo/world.h"
#include "bulk/exchange/exchange.h"

#define DEMO_PASSWORD "Demo-2026-kund"
#define DEMO_SOURCES 9
#define CELLS_MAX 24

/* Makes the rows of one file, one at a time. */
struct generator {
    const struct world *world;
    struct arena *arena; /* for the current row; emptied before the next */
    int64_t at, count;
    int day;        /* the day of the calendar that was read last */
    int order, row; /* positions within the case at `at` */
    struct str cells[CELLS_MAX];
    size_t cell_count;
    /* Adds the cells of the next row; false at the end. */
    bool (*make)(struct generator *generator);
};

void cell_add(struct generator *generator, struct str value);
void cell_add_z(struct generator *generator, const char *value);
void cell_add_instant(struct generator *generator, int64_t instant_us); /* 0: empty */

/* Fills DEMO_SOURCES sources, which live in the arena. */
void rows_sources(const struct world *world, struct arena *arena, struct load_source *sources);

bool make_picklist_item(struct generator *generator);
bool make_customer(struct generator *generator);
bool make_object(struct generator *generator);
bool make_contact(struct generator *generator);
bool make_account(struct generator *generator);
bool make_article(struct generator *generator);
bool make_case(struct generator *generator);
bool make_work_order(struct generator *generator);
bool make_article_row(struct generator *generator);

#define PICKLIST_HEADER "list", "key", "label_sv", "label_en"
#define CUSTOMER_HEADER "number", "name", "email", "phone", "street", "postal_code", "city", "login"
#define OBJECT_HEADER "number", "name", "customer", "parent", "group", "street", "postal_code", "city", "login"
#define CONTACT_HEADER                                                                                                 \
    "number", "first_name", "last_name", "email", "email_2", "phone", "mobile", "customers", "objects"
#define ACCOUNT_HEADER "email", "password", "verified", "language"
#define ARTICLE_HEADER "number", "name", "article_type", "unit", "unit_price"
#define CASE_HEADER                                                                                                    \
    "number", "title", "description", "type", "priority", "status", "customer", "object", "primary_contact",           \
        "contacts", "your_reference", "reporter", "reporter_phone", "site_street", "site_postal_code", "site_city",    \
        "created", "started", "finished"
#define WORK_ORDER_HEADER                                                                                              \
    "number", "case", "title", "type", "status", "resource", "booked_from", "booked_to", "created", "started",         \
        "finished"
#define ARTICLE_ROW_HEADER                                                                                             \
    "number", "case", "work_order", "article", "date", "title", "description", "action_code", "article_type",          \
        "quantity", "unit", "unit_price", "discount", "status", "resource"

/* Returns the logins to try, one a line. */
struct str logins_text(struct arena *arena, const struct world *world);
/* Accounts: the contacts in the list of logins, then every twelfth contact. */
int64_t account_count(const struct world *world);
struct str account_email(struct arena *arena, const struct world *world, int64_t nth);
