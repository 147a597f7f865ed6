/*
 * A case as every list of customers shows it: the title first, where it is, how it stands ("Booked Wed 2 Dec 08–10,
 * Tommy Lind", "Done Mon 30 Nov: replaced the control board"), whether staff have written, and its number. See
 * README.md in this folder.
 */
#pragma once

#include "lists/list.h"

struct case_card {
    int64_t id;
    struct str number, title;
    int status;
    struct str place; /* the object and the address of the case, or else of its object */
    struct str state; /* how it stands, in the language of the visit */
    bool unread;      /* staff wrote the newest message, and this login has not seen it */
};

/*
 * For the SELECT of a query of visible cases on aliases `c` (cases) and `o` (LEFT JOIN object o ON o.id = c.object_id):
 * case_card_select appends the columns, case_card_read makes a card of those that begin at column `at`. The columns are
 * worked out for each row: cut the query to a page of cases before.
 */
void case_card_select(struct sql *sql, const struct visit *visit);
struct case_card case_card_read(struct visit *visit, const struct db_rows *rows, int at);
/* Runs a query whose SELECT is case_card_select alone, and reads at most `limit` cards. */
MUST_CHECK bool case_cards_read(struct visit *visit, const struct sql *sql, size_t limit, struct case_card **cards,
                                size_t *count, struct err *err);
/*
 * Reads the cards of the cases on an object that the login may see: of open ones the newest first, or of those that are
 * done the last first.
 */
MUST_CHECK bool case_cards_of_object(struct visit *visit, int64_t object_id, bool done, size_t limit,
                                     struct case_card **cards, size_t *count, struct err *err);
/* Returns the cards as a list in HTML; empty without cards. */
struct html case_cards_list(struct visit *visit, const struct case_card *cards, size_t count);

/*
 * The same as the first column of a `struct list` (name "card", on the page only). Its rows are wholly pressable; on
 * small screens the card is all of the row: the list has `.table_class = CASE_CARD_TABLE`.
 */
#define CASE_CARD_TABLE "case-table"
#define CASE_CARD_COLUMN                                                                                               \
    .name = "card", .label = _("Title"), .kind = LIST_OWN, .flags = LIST_NO_FILE | LIST_BY_LOGIN | LIST_HEADS_ROW,     \
    .literal = CASE_CARD_LITERAL, .value_count = CASE_CARD_VALUES, .own = case_card_cell
void case_card_cell(struct buf *out, const struct view *v, const struct list_row *row);

/* `?` is the id of the login. Messages that it has not seen are looked up only where staff wrote last. */
#define CASE_CARD_VALUES 18
#define CASE_CARD_LITERAL                                                                                              \
    "c.id, c.number, c.title, c.status, c.created, c.started, c.finished, c.booked, c.booked_to, c.technician,"        \
    " c.site_street, c.site_city, o.name, o.street, o.city, c.done_row,"                                               \
    " CASE WHEN c.status = " CASE_CANCELLED_SQL " THEN c.cancel_reason ELSE c.done_order END,"                         \
    " CASE WHEN c.staff_message IS NULL THEN 0 WHEN c.staff_message > COALESCE((SELECT s.message_id"                   \
    " FROM message_seen s WHERE s.case_id = c.id AND s.login_id = ?), 0) THEN 1 ELSE 0 END"
