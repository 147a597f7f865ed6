#include "access/visibility.h"
#include "base/clock.h"
#include "model/case.h"
#include "parts/case_card/card.html.h"
#include "parts/case_card/case_card.h"

/* What was done is one sentence of at most so many bytes. */
#define DONE_BYTES 120

/* The columns of CASE_CARD_LITERAL, in its order. */
enum {
    AT_ID,
    AT_NUMBER,
    AT_TITLE,
    AT_STATUS,
    AT_CREATED,
    AT_STARTED,
    AT_FINISHED,
    AT_BOOKED,
    AT_BOOKED_TO,
    AT_TECHNICIAN,
    AT_STREET,
    AT_CITY,
    AT_OBJECT,
    AT_OBJECT_STREET,
    AT_OBJECT_CITY,
    AT_ROW_TEXT,
    AT_ORDER_TITLE, /* of a cancelled case the reason */
    AT_UNREAD,
};

struct card_reader {
    struct visit *visit;
    const struct db_rows *rows;
    int at;
};

static struct str card_text(const struct card_reader *reader, int value)
{
    return db_text_copy(reader->rows, reader->at + value, reader->visit->arena);
}

static int64_t card_int(const struct card_reader *reader, int value)
{
    return db_int(reader->rows, reader->at + value);
}

static void card_join(struct buf *out, const char *separator, struct str text)
{
    if (!text.n)
        return;
    if (out->n)
        buf_z(out, separator);
    buf_str(out, text);
}

/*
 * Returns `Lgh 2 · Storgatan 4, Göteborg`. The object gives its address to a case that has none; a street that its name
 * says already is left out.
 */
static struct str card_place(const struct card_reader *reader)
{
    struct str object = card_text(reader, AT_OBJECT), street = card_text(reader, AT_STREET);
    struct str city = card_text(reader, AT_CITY);
    struct buf address, place;
    buf_init(&address, reader->visit->arena);
    buf_init(&place, reader->visit->arena);
    if (!street.n && !city.n) {
        street = card_text(reader, AT_OBJECT_STREET);
        city = card_text(reader, AT_OBJECT_CITY);
    }
    card_join(&address, ", ", street.n && str_find(object, street) >= 0 ? STR_NONE : street);
    card_join(&address, ", ", city);
    card_join(&place, " · ", object);
    card_join(&place, " · ", buf_text(&address));
    return buf_text(&place);
}

/* Returns the first sentence of the first line, without its point; a long one is cut between words. */
static struct str card_sentence(struct arena *arena, struct str text)
{
    struct str rest = str_trim(text), line = STR_NONE;
    (void)str_cut(&rest, '\n', &line);
    line = str_trim(line);
    ptrdiff_t end = str_find(line, STR(". "));
    line = str_slice(line, 0, end < 0 ? line.n : (size_t)end);
    if (str_ends(line, STR(".")))
        line = str_slice(line, 0, line.n - 1);
    if (line.n <= DONE_BYTES)
        return line;
    line = utf8_prefix(line, DONE_BYTES);
    size_t cut = line.n;
    while (cut > DONE_BYTES / 2 && line.p[cut - 1] != ' ')
        cut--;
    return arena_printf(arena, "%.*s…", STR_FMT(str_trim(str_slice(line, 0, cut))));
}

/* Where the actions are turned off, the titles of work orders stand on the page of the case all the same. */
static struct str card_done(const struct card_reader *reader)
{
    struct visit *visit = reader->visit;
    struct str row = page_is_on(visit->config, ROUTE_ACTIONS) ? card_text(reader, AT_ROW_TEXT) : STR_NONE;
    struct str title = card_text(reader, AT_ORDER_TITLE);
    if (!row.n && str_eq(title, card_text(reader, AT_TITLE)))
        return STR_NONE;
    return card_sentence(visit->arena, row.n ? row : title);
}

static struct str card_day(const struct card_reader *reader, int value)
{
    const struct visit *visit = reader->visit;
    int64_t at = card_int(reader, value);
    return at ? fmt_day(visit->arena, visit->view.lang, at, visit->now_us) : STR_NONE;
}

static struct str card_finished(const struct card_reader *reader)
{
    const struct visit *visit = reader->visit;
    struct str values[] = {card_day(reader, AT_FINISHED), card_done(reader)};
    if (!values[0].n)
        return visit_tr(visit, _("Done"));
    return tr_fill(visit->arena, visit->view.lang, values[1].n ? _("Done {1}: {2}") : _("Done {1}"), values, 2);
}

/* A booking that is over says nothing about work that has begun. */
static struct str card_open(const struct card_reader *reader)
{
    const struct visit *visit = reader->visit;
    int64_t from = card_int(reader, AT_BOOKED), to = card_int(reader, AT_BOOKED_TO);
    bool begun = card_int(reader, AT_STATUS) != CASE_NOT_STARTED;
    struct str day;
    if (from && (!begun || (to ? to : from) >= visit->now_us)) {
        day = fmt_visit(visit->arena, visit->view.lang, from, to, visit->now_us);
        return tr_fill(visit->arena, visit->view.lang, from == to ? _("Booked, done by {1}") : _("Booked {1}"), &day,
                       1);
    }
    day = card_day(reader, begun ? AT_STARTED : AT_CREATED);
    if (begun)
        return day.n ? tr_fill(visit->arena, visit->view.lang, _("Under way since {1}"), &day, 1)
                     : visit_tr(visit, _("Under way"));
    return tr_fill(visit->arena, visit->view.lang, _("Reported {1}, not booked yet"), &day, 1);
}

static struct str card_cancelled(const struct card_reader *reader)
{
    const struct visit *visit = reader->visit;
    struct str reason = card_sentence(visit->arena, card_text(reader, AT_ORDER_TITLE));
    return reason.n ? tr_fill(visit->arena, visit->view.lang, _("Cancelled: {1}"), &reason, 1)
                    : visit_tr(visit, _("Cancelled (case)"));
}

static struct str card_state(const struct card_reader *reader)
{
    struct buf state;
    if (card_int(reader, AT_STATUS) == CASE_CANCELLED)
        return card_cancelled(reader);
    if (card_int(reader, AT_STATUS) == CASE_FINISHED)
        return card_finished(reader);
    buf_init(&state, reader->visit->arena);
    buf_str(&state, card_open(reader));
    card_join(&state, " · ", card_text(reader, AT_TECHNICIAN));
    return buf_text(&state);
}

void case_card_select(struct sql *sql, const struct visit *visit)
{
    sql_put(sql, CASE_CARD_LITERAL, DB_INT(visit->actor.login_id));
}

struct case_card case_card_read(struct visit *visit, const struct db_rows *rows, int at)
{
    const struct card_reader reader = {visit, rows, at};
    return (struct case_card){.id = card_int(&reader, AT_ID),
                              .number = card_text(&reader, AT_NUMBER),
                              .title = card_text(&reader, AT_TITLE),
                              .status = (int)card_int(&reader, AT_STATUS),
                              .place = card_place(&reader),
                              .state = card_state(&reader),
                              .unread = card_int(&reader, AT_UNREAD) != 0};
}

bool case_cards_read(struct visit *visit, const struct sql *sql, size_t limit, struct case_card **cards, size_t *count,
                     struct err *err)
{
    *cards = ARENA_ARRAY(visit->arena, struct case_card, limit);
    *count = 0;
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, sql, err);
    while (*count < limit && db_next(rows))
        (*cards)[(*count)++] = case_card_read(visit, rows, 0);
    return db_done(rows, err);
}

/* They are cut to a page before cards are made. */
bool case_cards_of_object(struct visit *visit, int64_t object_id, bool done, size_t limit, struct case_card **cards,
                          size_t *count, struct err *err)
{
    const char *order_literal = done ? "COALESCE(c.finished, c.created) DESC, c.id DESC" : "c.created DESC, c.id DESC";
    struct sql sql = sql_start(visit->arena, "SELECT ");
    case_card_select(&sql, visit);
    sql_put(&sql, " FROM (SELECT c.id FROM ");
    visible_cases_of_object(&sql, &visit->actor, object_id);
    sql_put(&sql, " AND c.status {} " CASE_FINISHED_SQL " ORDER BY {} LIMIT ?", SQL(done ? "=" : "<"),
            SQL(order_literal), DB_INT(limit));
    sql_put(&sql, ") page CROSS JOIN cases c LEFT JOIN object o ON o.id = c.object_id WHERE c.id = page.id ORDER BY {}",
            SQL(order_literal));
    return case_cards_read(visit, &sql, limit, cards, count, err);
}

static void card_write(struct buf *out, const struct view *v, const struct case_card *card)
{
    static const char *const TONES[] = {"waiting", "going", "done", "cancelled"};
    card_body_html(out, v, card, case_path(v->arena, card->number), str_of(TONES[card->status]));
}

struct html case_cards_list(struct visit *visit, const struct case_card *cards, size_t count)
{
    struct buf out;
    buf_init(&out, visit->arena);
    if (!count)
        return view_capture(&out);
    cards_begin_html(&out, &visit->view);
    for (size_t i = 0; i < count; i++) {
        card_begin_html(&out, &visit->view);
        card_write(&out, &visit->view, &cards[i]);
        card_end_html(&out, &visit->view);
    }
    cards_end_html(&out, &visit->view);
    return view_capture(&out);
}

void case_card_cell(struct buf *out, const struct view *v, const struct list_row *row)
{
    struct case_card card = case_card_read(row->visit, row->rows, row->at);
    card_cell_begin_html(out, v);
    card_write(out, v, &card);
    card_cell_end_html(out, v);
}
