#include "bulk/demo/rows.h"

#include "base/clock.h"
#include "model/specification.h"

enum { PURPOSE_SPECIFICATIONS = 40, PURPOSE_DECISIONS };

#define DAY_US (INT64_C(24) * 3600 * US_PER_SECOND)
#define MONTHS (DAYS / 28)

static const char *const reasons[] = {
    "Restiden är debiterad två gånger på ett av ärendena.",
    "Materialet på det första ärendet är inte vårt. Se över och skicka igen.",
    "Enligt avtalet ingår framkörningen.",
    "Arbetet är inte slutfört, dörren går fortfarande inte igen.",
};

static int specifications_months_before(const struct world *world, int32_t day)
{
    int year, month, date, last_year, last_month;
    date_to_civil(day, &year, &month, &date);
    date_to_civil(world->last_day, &last_year, &last_month, &date);
    return (last_year - year) * 12 + last_month - month;
}

/* The newest specifications of the largest customer show every state, so that its contact sees all of them first. */
static struct demo_specification demo_specification_of_big(int age)
{
    switch (age) {
    case 1:
    case 2:
        return (struct demo_specification){"awaiting_approval", false};
    case 3:
        return (struct demo_specification){"approved", true};
    case 4:
        return (struct demo_specification){"approved", false};
    case 5:
        return (struct demo_specification){"rejected", false};
    default:
        return (struct demo_specification){"invoiced", false};
    }
}

struct demo_specification demo_specification_of(const struct world *world, int customer, int32_t day)
{
    /* Shares in a hundred, by age in months; the others are invoiced. */
    static const struct {
        int awaiting, approved, rejected;
    } shares[] = {{0, 0, 0}, {65, 25, 10}, {20, 45, 10}, {5, 20, 5}, {1, 4, 2}};
    int age = specifications_months_before(world, day);
    struct dice dice = dice_of(world->seed, PURPOSE_SPECIFICATIONS, (uint64_t)customer * 100 + (uint64_t)age);
    if (age <= 0)
        return (struct demo_specification){"draft", false};
    if (customer == BIG)
        return demo_specification_of_big(age);
    if (age > 4)
        return (struct demo_specification){"invoiced", false};
    int64_t roll = dice_below(&dice, 100);
    if (roll < shares[age].awaiting)
        return (struct demo_specification){"awaiting_approval", false};
    if (roll < shares[age].awaiting + shares[age].approved)
        return (struct demo_specification){"approved", dice_chance(&dice, 120)};
    return (struct demo_specification){
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

/* A contact who sees everything of the customer decides some days after the month. */
static void specifications_decide(struct arena *arena, const struct world *world, int customer, int age, bool rejected,
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
    struct str status = str_of(demo_specification_of(world, customer, start).status);
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
        specifications_decide(arena, world, customer, age, str_eqz(status, "rejected"), values + 6);
    return db_batch_add(batch, values, sizeof values / sizeof *values, err);
}

static bool add_heads(struct db_conn *conn, struct arena *arena, const struct world *world, struct err *err)
{
    struct arena *one = arena_create();
    struct db_batch *batch = specifications_add(conn, arena, err);
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

/* Links the rows of the customer's cases, by the month of their date. */
#define LINKS                                                                                                          \
    " SELECT s.id, r.id FROM article_row r JOIN cases c ON c.id = r.case_id"                                           \
    " JOIN invoice_specification s ON s.customer_id = c.customer_id AND s.period_from = SUBSTR(r.row_date, 1, 8) || "  \
    "'01' WHERE r.status IN ('attested', 'invoiced')"

/* Finds the rows added after the decision: the second row of each work order of the specification with this id. */
#define LATE_ROWS                                                                                                      \
    "SELECT r.id FROM invoice_specification_row l JOIN article_row r ON r.id = l.article_row_id"                       \
    " WHERE l.specification_id = $1 AND r.number LIKE '%-2'"

/* Calls `change` with the id of each specification that changes. */
static bool each_changed(struct db_conn *conn, struct arena *arena, const struct world *world,
                         bool (*change)(struct db_conn *conn, int64_t id, struct err *err), struct err *err)
{
    for (int customer = 0; customer < world->customer_count; customer++) {
        for (int age = 1; age <= MONTHS; age++) {
            bool found = false;
            int64_t id = 0;
            if (!demo_specification_of(world, customer, month_start(world, age)).changed)
                continue;
            if (!db_query_int(conn, "SELECT id FROM invoice_specification WHERE number = $1",
                              DB_ARGS(DB_TEXT(number_of(arena, world, customer, age))), &found, &id, err) ||
                (found && !change(conn, id, err)))
                return false;
        }
    }
    return true;
}

static bool take_late_rows(struct db_conn *conn, int64_t id, struct err *err)
{
    return specifications_unlink(conn, row_set_of(LATE_ROWS, id), err);
}

static bool add_late_rows(struct db_conn *conn, int64_t id, struct err *err)
{
    return specifications_link(conn, row_set_of(LINKS " AND s.id = $1", id), err);
}

bool demo_specifications_add(struct db_conn *conn, struct arena *arena, const struct world *world, struct err *err)
{
    return add_heads(conn, arena, world, err) && specifications_link(conn, row_set(LINKS), err) &&
           each_changed(conn, arena, world, take_late_rows, err) && specifications_drop_empty(conn, err) &&
           specification_refresh(
               conn, "SELECT s.id FROM invoice_specification s WHERE s.id > $1 ORDER BY s.id LIMIT $2", err) &&
           specifications_set_decided(
               conn,
               row_set("SELECT id FROM invoice_specification WHERE status IN ('approved', 'rejected', 'invoiced')"),
               err) &&
           each_changed(conn, arena, world, add_late_rows, err) &&
           specification_refresh(conn,
                                 "SELECT s.id FROM invoice_specification s WHERE s.id > $1 AND s.status = 'approved'"
                                 " ORDER BY s.id LIMIT $2",
                                 err);
}
