/* Technicians: their names as proposals, and their bookings that overlap. */
#include "base/clock.h"
#include "model/codes.h"
#include "staff/work/internal.h"

#include <inttypes.h>

/*
 * How many of the newest work orders are read, how many names are proposed, how many overlapping bookings are listed,
 * and how long a booking can be.
 */
#define NEWEST "2000"
#define NAMES_MAX 100
#define TOLD 5
#define LONGEST_DAYS 31

bool work_technicians(struct visit *visit, struct field *field, struct err *err)
{
    struct option *names = ARENA_ARRAY(visit->arena, struct option, NAMES_MAX);
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT n.resource FROM (SELECT w.resource FROM work_order w WHERE w.id > (SELECT MAX(id) - " NEWEST
                 " FROM work_order) ORDER BY w.id DESC LIMIT " NEWEST ") n WHERE n.resource <> '' GROUP BY n.resource"
                 " ORDER BY n.resource COLLATE \"sv-natural\" LIMIT $1",
                 DB_ARGS(DB_INT(NAMES_MAX)), err);
    while (field->option_count < NAMES_MAX && db_read_next(rows, TO(&names[field->option_count].value)))
        field->option_count++;
    field->options = names;
    return db_done(rows, err);
}

int64_t work_booking_end(const struct visit *visit, int64_t from, int64_t to)
{
    return to ? to : from + visit->config->booking_minutes * 60 * US_PER_SECOND;
}

/*
 * What is finished or cancelled takes no time any more. Names, which are stored as NFC, are compared in whatever
 * spelling.
 */
bool work_overlaps(struct visit *visit, const struct work_booking *booking, struct str *others, struct err *err)
{
    struct buf text;
    buf_init(&text, visit->arena);
    *others = STR_NONE;
    if (!booking->resource.n || !booking->from)
        return true;
    struct db_rows *rows =
        db_query(visit->db, visit->arena,
                 "SELECT w.number, w.booked_from, w.booked_to FROM work_order w JOIN cases c ON c.id = w.case_id"
                 " WHERE w.booked_from IS NOT NULL AND w.booked_from < $2 AND w.booked_from > $3"
                 " AND COALESCE(w.booked_to, w.booked_from + $7) > $4 AND " WORK_ORDER_OPEN " AND w.id <> $5"
                 " AND replace(lower(w.resource COLLATE \"sv-natural\"), ' ', '')"
                 " = replace(lower(CAST($1 AS TEXT) COLLATE \"sv-natural\"), ' ', '')"
                 " ORDER BY w.booked_from, w.id LIMIT $6",
                 DB_ARGS(DB_TEXT(booking->resource), DB_INT(work_booking_end(visit, booking->from, booking->to)),
                         DB_INT(booking->from - LONGEST_DAYS * 24 * 3600 * US_PER_SECOND), DB_INT(booking->from),
                         DB_INT(booking->order_id), DB_INT(TOLD), DB_INT(work_booking_end(visit, 0, 0))),
                 err);
    struct str number;
    for (int64_t from, end; db_read_next(rows, TO_LENT(&number), TO(&from), TO(&end));) {
        buf_printf(&text, "%s%.*s, %.*s", text.n ? "; " : "", STR_FMT(number),
                   STR_FMT(instant_format_local(visit->arena, from)));
        if (end)
            buf_printf(&text, " – %.*s", STR_FMT(instant_format_local(visit->arena, end)));
    }
    *others = buf_text(&text);
    return db_done(rows, err);
}
