#include "base/clock.h"
#include "base/test.h"
#include "bulk/demo/story.h"

static struct world *world_of(struct arena *arena, int64_t cases)
{
    return world_create(arena, 5, cases, date_from_civil(2026, 11, 20));
}

static void check_order(const struct world *world, const struct story *story, const struct demo_order *order)
{
    assert_true(order->created >= story->created && order->created <= world->end_us);
    assert_true(order->booked_to >= order->booked_from);
    assert_int_equal(order->started != 0, order->status != NOT_STARTED);
    assert_int_equal(order->finished != 0, order->status == FINISHED);
    assert_true(order->started <= world->end_us && order->finished <= world->end_us);
    assert_true(order->row_count <= ROWS_MAX);
    for (int i = 0; i < order->row_count; i++)
        assert_true(order->rows[i].article || order->rows[i].text);
}

static void tells_stories_in_order_and_in_the_past(void **state)
{
    struct world *world = world_of(*state, 5000);
    struct str last = STR_NONE;
    int64_t before = 0;
    int day = 0;
    for (int64_t i = 0; i < world->case_count; i++) {
        struct story story;
        story_make(world, i, &day, &story);
        struct str number = story_number(*state, &story);
        assert_true(str_cmp(last, number) < 0);
        assert_true(story.created >= before && story.created <= world->end_us);
        assert_true(story.object < world->object_count && story.customer < world->customer_count);
        assert_true(story.contact < world->contact_count && story.second_contact < world->contact_count);
        for (int k = 0; k < story.order_count; k++)
            check_order(world, &story, &story.orders[k]);
        last = number;
        before = story.created;
    }
}

static void tells_each_story_alone_as_in_the_row(void **state)
{
    struct world *world = world_of(*state, 700);
    struct story one, other;
    int day = 0, end = DAYS - 1;
    story_make(world, 333, &day, &one);
    story_make(world, 333, &end, &other);
    assert_int_equal(day, end);
    assert_int_equal(one.created, other.created);
    assert_ptr_equal(one.topic, other.topic);
    assert_int_equal(one.object, other.object);
}

static void gives_the_largest_customer_its_share(void **state)
{
    struct world *world = world_of(*state, 200000);
    int64_t count = 0;
    int day = 0;
    for (int64_t i = 0; i < world->case_count; i++) {
        struct story story;
        story_make(world, i, &day, &story);
        count += story.customer == BIG || (story.object >= 0 && world->objects[story.object].customer == BIG);
    }
    assert_in_range(count, 9000, 11000);
    assert_true(world->customers[BIG].object_count > 5000);
}

static void makes_even_the_smallest_company(void **state)
{
    for (int64_t cases = 1; cases < 40; cases++) {
        struct world *world = world_of(*state, cases);
        struct story story;
        int day = 0;
        story_make(world, cases - 1, &day, &story);
        assert_int_equal(world->first_case[DAYS], cases);
        for (int i = 0; i < world->object_count; i++)
            assert_true(world->objects[i].parent < i); /* parents come first */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_arena(tells_stories_in_order_and_in_the_past),
        test_with_arena(tells_each_story_alone_as_in_the_row),
        test_with_arena(gives_the_largest_customer_its_share),
        test_with_arena(makes_even_the_smallest_company),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
