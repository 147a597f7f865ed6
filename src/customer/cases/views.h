/* What the templates of this folder are given. Texts are in the visit's language and not yet escaped. */
#ifndef KP_CUSTOMER_CASES_VIEWS_H
#define KP_CUSTOMER_CASES_VIEWS_H

#include "model/case_search.h"

struct heading {
    struct str label;
    struct str sort_url;   /* empty: not sortable */
    const char *aria_sort; /* ascending, descending, none; NULL when not sortable */
    bool descending;
};

enum cell_kind { CELL_TEXT, CELL_LINK, CELL_STATUS, CELL_TIME, CELL_ACTIONS };

struct cell {
    enum cell_kind kind;
    struct str label, text, href;
    struct str machine; /* of a time: ISO 8601 */
    int status;
    bool empty;
};

struct result_row {
    struct str number;
    const struct cell *cells;
    size_t cell_count;
};

struct search_view {
    const struct criterion *criteria;
    size_t criterion_count;
    bool further_used;          /* something behind "More choices" is chosen or must be mended */
    bool faulty;                /* something in the form must be mended: no result is shown */
    const struct field *fields; /* of the form, for the summary of what must be mended; a fault of a link has no name */
    size_t field_count;
    bool narrowed;      /* something narrows the search */
    bool staff;         /* asked by staff: there is no form for new cases */
    bool may_report;    /* whether the portal has the form of a new case */
    bool never;         /* the actor sees no cases whatever he asks for: a contact login without contact */
    struct str summary; /* `123 cases` */
    const struct heading *headings;
    size_t heading_count;
    const struct result_row *rows;
    size_t row_count;
    struct pager pager;
    struct str csv_url, xlsx_url, clear_url, sort;
    struct str reset_url; /* everything again; of staff also what is remembered */
    const struct option *page_sizes;
    size_t page_size_count;
    struct str question; /* q as asked, for the empty result */
    bool unanswerable;
};

/* --- the page of one case ---------------------------------------------------------------------------------------------------- */

struct fact {
    struct str label, text;
    bool multiline;
    struct str href; /* tel: of phone numbers, or empty */
};

struct step {
    struct str label, time, machine;
    bool done, current;
};

struct work_order_view {
    struct str number, title, type, resource, booking, started, finished, status_label;
    int status;
};

struct contact_view {
    struct str name;
    bool primary;
};

struct attachment_view {
    struct str name, url, size, created;
    bool picture;
};

struct case_view {
    struct str number, title, description, status_label, created;
    int status;
    const struct fact *facts;
    size_t fact_count;
    const struct step *steps;
    size_t step_count;
    const struct work_order_view *work_orders;
    size_t work_order_count;
    const struct contact_view *contacts;
    size_t contact_count;
    const struct attachment_view *attachments;
    size_t attachment_count;
    struct str actions_url;
    struct str actions_summary; /* `4 rows`, or that there are none yet */
    struct html thread;
    struct str messages; /* `2 messages`, empty: none */
};

#endif
