#include "bulk/demo/bills.h"

#include "base/clock.h"
#include "model/specification.h"

enum { PURPOSE_BILLS = 40, PURPOSE_DECISIONS };

#define DAY_US (INT64_C(24) * 3600 * US_PER_SECOND)
#define MONTHS (DAYS / 28)

static const char *const reasons[] = {
    "Restiden är debiterad två gånger på ett av ärendena.",
    "Materialet på det första ärendet är inte vårt. Se över och skicka igen.",
    "Enligt avtalet ingår framkörningen.",
    "Arbetet är inte slutfört, dörren går fortfarande inte igen.",
};

static int months_before(const struct world *world, int32_t day)
{
    int year, month, date, last_year, last_month;
    date_to_civil(day, &year, &month, &date);
    date_to_civil(world->last_day, &last_year, &last_month, &date);
    return (last_year - year) * 12 + last_month - month;
}

/* One of each kind stands where the contact of the largest customer looks first. */
static struct bill bill_of_big(int age)
{
    switch (age) {
    case 1:
    case 2:
        return (struct bill){"awaiting_approval", false};
    case 3:
        return (struct bill){"approved", true};
    case 4:
        return (struct bill){"approved", false};
    case 5:
        return (struct bill){"rejected", false};
    default:
        return (struct bill){"invoiced", false};
    }
}

struct bill bill_of(const struct world *world, int customer, int32_t day)
{
    /* In a hundred, by age in months; the rest is invoiced. */
    static const struct {
        int awaiting, approved, rejected;
    } shares[] = {{0, 0, 0}, {65, 25, 10}, {20, 45, 10}, {5, 20, 5}, {1, 4, 2}};
    int age = months_before(world, day);
    struct dice dice = dice_of(world->seed, PURPOSE_BILLS, (uint64_t)customer * 100 + (uint64_t)age);
    if (age <= 0)
        return (struct bill){"draft", false};
    if (customer == BIG)
        return bill_of_big(age);
    if (age > 4)
        return (struct bill){"invoiced", false};
    int64_t roll = dice_below(&dice, 100);
    if (roll < shares[age].awaiting)
        return (struct bill){"awaiting_approval", false};
    if (roll < shares[age].awaiting + shares[age].approved)
        return (struct bill){"approved", dice_chance(&dice, 120)};
    return (struct bill){
        roll < shares[age].awaiting + shares[age].approved + shares[age].rejected ? "rejected" : "invoiced", false};
}

static int32_t month_start(const struct world *world, int age)
{
    int year, month, date;
    date_to_civil(world->last_day, &year, &month, &date);
    return date_add_months(date_from_civil(year, month, 1), -age);
}

static struct str number_of(struct arena *arena, const struct world *world, int customer, int age)
{
    int year, month, date;
    date_to_civil(month_start(world, age), &year, &month, &date);
    return arena_printf(arena, "FS%02d%02d-%.*s", year % 100, month, STR_FMT(world->customers[customer].number));
}

static struct str title_of(struct arena *arena, int32_t start)
{
    static const char *const months[] = {"januari", "februari", "mars",      "april",   "maj",      "juni",
                                         "juli",    "augusti",  "september", "oktober", "november", "december"};
    int year, month, date;
    date_to_civil(start, &year, &month, &date);
    return arena_printf(arena, "Utfört arbete i %s %d", months[month - 1], year);
}

/* Some days after the month, by somebody who sees all of the customer. */
static void decide(struct arena *arena, const struct world *world, int customer, int age, bool rejected,
                   struct db_value decision[4])
{
    struct dice dice = dice_of(world->seed, PURPOSE_DECISIONS, (uint64_t)customer * 100 + (uint64_t)age);
    const char *first, *last;
    int64_t at = clock_day_start(month_start(world, age - 1)) + dice_below(&dice, 12) * DAY_US +
                 (8 * 60 + dice_below(&dice, 480)) * 60 * US_PER_SECOND;
    contact_name(world, customer == BIG ? CONTACT_BIG : world->customers[customer].first_contact, &first, &last);
    decision[0] = DB_TEXT(arena_printf(arena, "%s %s", first, last));
    decision[1] = DB_INT(at < world->end_us ? at : world->end_us - DAY_US / 24);
    decision[2] =
        DB_TEXT(rejected ? str_of(reasons[dice_below(&dice, (int64_t)(sizeof reasons / sizeof *reasons))]) : STR_NONE);
    decision[3] = DB_TEXT(dice_chance(&dice, 400) ? arena_printf(arena, "%s %d", pick(&dice, &your_references),
                                                                 1000 + (int)dice_below(&dice, 9000))
                                                  : STR_NONE);
}

static bool add_one(struct db_batch *batch, struct arena *arena, const struct world *world, int customer, int age,
                    struct err *err)
{
    int32_t start = month_start(world, age);
    struct str status = str_of(bill_of(world, customer, start).status);
    struct db_value values[] = {DB_TEXT(number_of(arena, world, customer, age)),
                                DB_TEXT(world->customers[customer].number),
                                DB_TEXT(title_of(arena, start)),
                                DB_TEXT(date_format(arena, start)),
                                DB_TEXT(date_format(arena, month_start(world, age - 1) - 1)),
                                DB_TEXT(status),
                                DB_TEXT(STR_NONE),
                                DB_NULL,
                                DB_TEXT(STR_NONE),
                                DB_TEXT(STR_NONE)};
    if (!str_eqz(status, "draft") && !str_eqz(status, "awaiting_approval"))
        decide(arena, world, customer, age, str_eqz(status, "rejected"), values + 6);
    return db_batch_add(batch, values, sizeof values / sizeof *values, err);
}

static bool add_heads(struct db_conn *conn, struct arena *arena, const struct world *world, struct err *err)
{
    struct arena *one = arena_create();
    struct db_batch *batch = db_batch_begin(conn, arena,
                                            "INSERT INTO invoice_specification (number, customer_id, title, "
                                            "period_from, period_to, status, decided_by, decided_at,"
                                            " comment, your_reference) SELECT $1, c.id, $3, $4, $5, $6, $7, $8, $9, "
                                            "$10 FROM customer c WHERE c.number = $2",
                                            err);
    bool ok = batch != NULL;
    for (int customer = 0; ok && customer < world->customer_count; customer++) {
        for (int age = 0; ok && age <= MONTHS; age++)
            ok = add_one(batch, one, world, customer, age, err);
        arena_reset(one);
    }
    ok = db_batch_end(batch, err) && ok;
    arena_destroy(one);
    return ok;
}

/* Rows of the customer's cases, by the month of their date. */
#define LINK_ROWS                                                                                                      \
    "INSERT INTO invoice_specification_row (specification_id, article_row_id)"                                         \
    " SELECT s.id, r.id FROM article_row r JOIN cases c ON c.id = r.case_id"                                           \
    " JOIN invoice_specification s ON s.customer_id = c.customer_id AND s.period_from = SUBSTR(r.row_date, 1, 8) || "  \
    "'01'"                                                                                                             \
    " WHERE r.status IN ('attested', 'invoiced')"

/* Runs a statement for each specification that changes. */
static bool each_changed(struct db_conn *conn, struct arena *arena, const struct world *world, const char *literal,
                         struct err *err)
{
    for (int customer = 0; customer < world->customer_count; customer++) {
        for (int age = 1; age <= MONTHS; age++) {
            if (bill_of(world, customer, month_start(world, age)).changed &&
                !db_exec(conn, literal, DB_ARGS(DB_TEXT(number_of(arena, world, customer, age))), err))
                return false;
        }
    }
    return true;
}

static bool run(struct db_conn *conn, const char *literal, struct err *err)
{
    return db_exec(conn, literal, DB_NO_ARGS, err);
}

/* Of those that change, the second row of each work order comes after the decision. */
static const char take_literal[] =
    "DELETE FROM invoice_specification_row WHERE specification_id ="
    " (SELECT s.id FROM invoice_specification s WHERE s.number = $1)"
    " AND article_row_id IN (SELECT r.id FROM invoice_specification_row l JOIN article_row r ON r.id = l.article_row_id"
    " JOIN invoice_specification s ON s.id = l.specification_id WHERE s.number = $1 AND r.number LIKE '%-2')";

bool bills_add(struct db_conn *conn, struct arena *arena, const struct world *world, struct err *err)
{
    return add_heads(conn, arena, world, err) && run(conn, LINK_ROWS, err) &&
           each_changed(conn, arena, world, take_literal, err) &&
           run(conn,
               "DELETE FROM invoice_specification WHERE id NOT IN (SELECT specification_id FROM "
               "invoice_specification_row)",
               err) &&
           specification_refresh(
               conn, "SELECT s.id FROM invoice_specification s WHERE s.id > $1 ORDER BY s.id LIMIT $2", err) &&
           run(conn,
               "UPDATE invoice_specification SET decided_digest = digest"
               " WHERE status IN ('approved', 'rejected', 'invoiced')",
               err) &&
           each_changed(conn, arena, world, LINK_ROWS " AND s.number = $1 ON CONFLICT DO NOTHING", err) &&
           specification_refresh(conn,
                                 "SELECT s.id FROM invoice_specification s WHERE s.id > $1 AND s.status = 'approved'"
                                 " ORDER BY s.id LIMIT $2",
                                 err);
}
