/* The demonstration company as rows of the files that import reads. */
#pragma once

#include "bulk/demo/world.h"
#include "bulk/exchange/exchange.h"

#define DEMO_PASSWORD "Demo-2026-kund"
#define DEMO_HANDLER "jonas.lind@bjorkshiss.example"
#define DEMO_SOURCES 9

/* Makes the rows of one file, one at a time. */
struct generator {
    const struct world *world;
    struct arena *arena; /* for the current row; emptied before the next */
    int64_t at, count;
    int day;                  /* the day of the calendar that was read last */
    int order, row;           /* positions within the case at `at` */
    const struct str *header; /* of the file */
    size_t width;
    struct str *cells; /* of the current row */
    /* Makes the next row, while `at` is less than `count`; false at the end. */
    bool (*make)(struct generator *generator);
};

/* Sets the cells of the row, as many as the header has, and returns true. */
#define ROW(generator, ...) generator_set(generator, (const struct str[]){__VA_ARGS__})
bool generator_set(struct generator *generator, const struct str *cells);

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

/* Returns the logins to try, one a line. */
struct str logins_text(struct arena *arena, const struct world *world);
/* Accounts: the contacts in the list of logins, then every twelfth contact. */
int64_t account_count(const struct world *world);
struct str account_email(struct arena *arena, const struct world *world, int64_t nth);

/* --- what is added after the rows, in one transaction ------------------------------------------------------------- */

/* Adds a handler and an administrator, with the same password as all other logins. */
MUST_CHECK bool demo_staff_add(struct db_conn *conn, struct arena *arena, struct err *err);
/* Adds messages between customers and staff about the newest open cases. */
MUST_CHECK bool letters_add(struct db_conn *conn, struct arena *arena, struct err *err);
/*
 * Adds agreements of customers, drawings, pictures and manuals of objects, and photos and protocols of the newest
 * cases. Their number does not depend on the number of cases. `data` is the data folder.
 */
MUST_CHECK bool demo_files_add(struct db_conn *conn, const struct world *world, struct str data, struct err *err);

struct demo_specification {
    const char *status;
    bool changed; /* rows were added after it was approved */
};
/* Returns the state of the customer's specification for the month of `day`. */
struct demo_specification demo_specification_of(const struct world *world, int customer, int32_t day);
/*
 * Adds an invoice specification for each customer and month, with the article rows of the customer's cases that are
 * attested or invoiced. They need the rows of all cases at once, so they are made in the database.
 */
MUST_CHECK bool demo_specifications_add(struct db_conn *conn, struct arena *arena, const struct world *world,
                                        struct err *err);
