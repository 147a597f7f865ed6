#include "bulk/demo/story.h"

#include "base/clock.h"

#include <inttypes.h>
#include <string.h>

enum { PURPOSE_STORY = 10, PURPOSE_TEXTS };

#define MINUTE (60 * US_PER_SECOND)
#define HOUR (60 * MINUTE)

/* --- when --- */

/* How the reports of a day are spread over it: the share (in thousands) that has come by each hour. */
static const struct {
    int hour, share;
} day_shape[] = {{0, 0},    {6, 40},   {7, 100},  {9, 340},  {11, 540}, {12, 590},
                 {13, 660}, {15, 830}, {17, 930}, {21, 980}, {24, 1000}};

static int64_t second_of_day(int64_t share) /* share in millionths */
{
    size_t at = 1;
    while (share > (int64_t)day_shape[at].share * 1000)
        at++;
    int64_t from = (int64_t)day_shape[at - 1].share * 1000, to = (int64_t)day_shape[at].share * 1000;
    int64_t begin = (int64_t)day_shape[at - 1].hour * 3600, end = (int64_t)day_shape[at].hour * 3600;
    return begin + (share - from) * (end - begin) / (to - from);
}

static int64_t at_local(int32_t day, int64_t second)
{
    struct civil local = {
        .hour = (int)(second / 3600), .minute = (int)(second / 60 % 60), .second = (int)(second % 60)};
    int64_t instant = 0;
    date_to_civil(day, &local.year, &local.month, &local.day);
    return clock_from_local(&local, &instant) ? instant : clock_day_start(day) + second * US_PER_SECOND;
}

static int32_t next_workday(int32_t day)
{
    do
        day++;
    while ((day + 3) % 7 >= 5);
    return day;
}

static void place_in_time(const struct world *world, struct story *story, int64_t position, int day, struct dice *dice)
{
    int64_t count = world->first_case[day + 1] - world->first_case[day], nth = position - world->first_case[day];
    int64_t width = 1000000 / count;
    int64_t share = nth * 1000000 / count + dice_below(dice, width > 0 ? width : 1);
    story->day = world->last_day - DAYS + 1 + day;
    story->day_number = nth + 1;
    story->created = at_local(story->day, second_of_day(share < 999999 ? share : 999999));
    if (story->created > world->end_us) /* the last day ends in the afternoon */
        story->created = world->end_us - (count - nth) * US_PER_SECOND;
}

/* --- where and what --- */

static const struct topic *choose_topic(enum object_kind kind, struct dice *dice)
{
    size_t start = (size_t)dice_below(dice, (int64_t)topic_count);
    for (size_t i = 0; i < topic_count; i++) {
        const struct topic *topic = &topics[(start + i) % topic_count];
        if (strcmp(topic->group, OBJECT_GROUP(kind)->key) == 0)
            return topic;
    }
    return topics;
}

static void choose_place(const struct world *world, struct story *story, struct dice *dice)
{
    story->customer = BIG;
    if (dice_below(dice, 100000) >= world->big_share)
        story->customer = 1 + (int)dice_below(dice, world->customer_count - 1);
    const struct demo_customer *customer = &world->customers[story->customer];
    story->object = customer->first_object + (int)dice_below(dice, customer->object_count);
    if (story->customer == BIG && dice_chance(dice, 60)) /* the lift with a login of its own often fails */
        story->object = login_object(world);
    enum object_kind kind = world->objects[story->object].kind;
    if (kind == OBJECT_AREA && !dice_chance(dice, 300)) {
        story->object++; /* its first property */
        kind = OBJECT_PROPERTY;
    }
    story->topic = choose_topic(kind, dice);
    if (dice_chance(dice, 30))
        story->object = -1;
    else if (dice_chance(dice, 15)) /* another customer pays for work on this object */
        story->customer = (int)dice_below(dice, world->customer_count);
    else if (dice_chance(dice, 10))
        story->customer = -1;
}

static void choose_people(const struct world *world, struct story *story, struct dice *dice)
{
    story->contact = story->second_contact = -1;
    if (story->customer < 0 || dice_chance(dice, 250))
        return;
    const struct demo_customer *customer = &world->customers[story->customer];
    story->contact = customer->first_contact + (int)dice_below(dice, customer->contact_count);
    if (story->customer == BIG && dice_chance(dice, 300))
        story->contact = CONTACT_BIG;
    if (dice_chance(dice, 100))
        story->second_contact = customer->first_contact + (int)dice_below(dice, customer->contact_count);
    /* A few cases are reported by a contact who sees nothing else. */
    if (dice_chance(dice, 2))
        story->contact = CONTACT_LOOSE;
}

/* --- what was done --- */

static const struct article *article_of(const char *number)
{
    for (size_t i = 0; i < article_count; i++) {
        if (strcmp(articles[i].number, number) == 0)
            return &articles[i];
    }
    return NULL;
}

static struct demo_row *story_add_row(struct demo_order *order, const char *article, const char *action,
                                      int64_t quantity)
{
    struct demo_row *row = &order->rows[order->row_count++];
    *row = (struct demo_row){.article = article_of(article), .action = action, .quantity = quantity};
    return row;
}

static void add_rows(const struct story *story, struct demo_order *order, bool urgent, struct dice *dice)
{
    int64_t quarters = 2 + dice_below(dice, 12);
    (void)story_add_row(order, "R-100", "resa", 100);
    story_add_row(order, urgent ? "T-150" : "T-100", story->topic->action, quarters * 25)->text = story->topic->work;
    for (int i = 0; i < 2; i++) {
        if (!story->topic->articles[i] || dice_chance(dice, 200))
            continue;
        struct demo_row *row =
            story_add_row(order, story->topic->articles[i], story->topic->action, (1 + dice_below(dice, 3)) * 100);
        row->discount = story->customer == BIG ? 10 : 0;
        row->cancelled = dice_chance(dice, 20);
    }
    if (dice_chance(dice, 40)) {
        struct demo_row *row = &order->rows[order->row_count++];
        *row =
            (struct demo_row){.action = "kontroll", .text = "Återbesök rekommenderas inom en månad.", .quantity = 100};
    }
}

/* Returns whether a case is done, by its age in days when the data ends: old cases are done. */
static bool is_done(int64_t age, struct dice *dice)
{
    int chance = age > 60 ? 990 : age > 21 ? 930 : age > 7 ? 760 : age > 2 ? 450 : 150;
    return dice_chance(dice, chance);
}

static void make_order(const struct world *world, struct story *story, int64_t from, bool urgent, struct dice *dice)
{
    struct demo_order *order = &story->orders[story->order_count++];
    int32_t day = clock_date(from);
    *order = (struct demo_order){.created = from + (5 + dice_below(dice, 90)) * MINUTE};
    if (order->created > world->end_us)
        order->created = world->end_us;
    order->type = strcmp(story->topic->type, "service") == 0      ? "planerad-service"
                  : strcmp(story->topic->type, "besiktning") == 0 ? "kontroll"
                  : urgent                                        ? "jour"
                                                                  : "felavhjalpning";
    for (int64_t wait = urgent ? 0 : 1 + dice_below(dice, 9); wait > 0; wait--)
        day = next_workday(day);
    order->booked_from = urgent ? order->created + HOUR : at_local(day, 7 * 3600 + dice_below(dice, 32) * 900);
    order->booked_to = order->booked_from + (1 + dice_below(dice, 3)) * HOUR;
    order->resource = pick(dice, &technicians);
    bool done = is_done((world->end_us - order->booked_from) / (24 * HOUR), dice);
    bool begun = done || dice_chance(dice, 300);
    int64_t start = order->booked_from + (dice_below(dice, 50) - 15) * MINUTE,
            end = start + (20 + dice_below(dice, 160)) * MINUTE;
    if (dice_chance(dice, 60) && !begun)
        order->booked_from = order->booked_to = 0; /* not planned yet */
    if (!begun || start > world->end_us)
        return;
    order->status = done && end <= world->end_us ? FINISHED : STARTED;
    order->started = start;
    order->finished = order->status == FINISHED ? end : 0;
    add_rows(story, order, urgent, dice);
}

/* The state follows from the work orders (domain 2). */
static void derive_state(struct story *story)
{
    int least = FINISHED, most = NOT_STARTED;
    for (int i = 0; i < story->order_count; i++) {
        const struct demo_order *order = &story->orders[i];
        least = order->status < least ? order->status : least;
        most = order->status > most ? order->status : most;
        if (order->started && (!story->started || order->started < story->started))
            story->started = order->started;
        if (order->finished > story->finished)
            story->finished = order->finished;
    }
    story->status = most == NOT_STARTED ? NOT_STARTED : least == FINISHED ? FINISHED : STARTED;
    if (story->status != FINISHED)
        story->finished = 0;
}

static void make_work(const struct world *world, struct story *story, struct dice *dice)
{
    bool urgent = strcmp(story->priority, "akut") == 0;
    int64_t age = (world->end_us - story->created) / (24 * HOUR);
    if (dice_chance(dice, 60)) { /* answered by the office, or still waiting there */
        if (age > 3) {
            story->status = FINISHED;
            story->started = story->created + (10 + dice_below(dice, 300)) * MINUTE;
            story->finished = story->started + dice_below(dice, 90) * MINUTE;
        }
        return;
    }
    if (age < 1 && dice_chance(dice, 500))
        return;
    int64_t from = story->created;
    int count = dice_chance(dice, 880) ? 1 : dice_chance(dice, 800) ? 2 : 3;
    for (int i = 0; i < count; i++) {
        make_order(world, story, from, urgent && i == 0, dice);
        const struct demo_order *last = &story->orders[story->order_count - 1];
        if (last->status != FINISHED)
            break;
        from = last->finished;
    }
    derive_state(story);
}

void story_make(const struct world *world, int64_t position, int *day, struct story *story)
{
    struct dice dice = dice_of(world->seed, PURPOSE_STORY, (uint64_t)position);
    *story = (struct story){.texts = dice_of(world->seed, PURPOSE_TEXTS, (uint64_t)position)};
    while (position < world->first_case[*day])
        --*day;
    while (position >= world->first_case[*day + 1])
        ++*day;
    place_in_time(world, story, position, *day, &dice);
    choose_place(world, story, &dice);
    choose_people(world, story, &dice);
    int64_t roll = dice_below(&dice, 100);
    story->priority = roll < story->topic->urgent / 2 ? "akut"
                      : roll < story->topic->urgent   ? "hog"
                      : roll > 90                     ? "lag"
                                                      : "normal";
    make_work(world, story, &dice);
}

struct str story_number(struct arena *arena, const struct story *story)
{
    int year, month, day;
    date_to_civil(story->day, &year, &month, &day);
    return arena_printf(arena, "%02d%02d%02d-%04" PRId64, year % 100, month, day, story->day_number);
}
