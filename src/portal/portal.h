/* What the files of the portal share among themselves; features include visit.h only. */
#ifndef KP_PORTAL_PORTAL_H
#define KP_PORTAL_PORTAL_H

#include "portal/metrics.h"
#include "portal/routes.h"
#include "portal/setup.h"
#include "portal/visit.h"

#include <sodium.h>

#define SESSION_COOKIE "session"
#define STAFF_COOKIE "staff"
#define VIEW_AS_COOKIE "view_as"
#define VISITOR_COOKIE "visitor"
#define LANGUAGE_COOKIE "language"
#define NOTICE_COOKIE "notice"

/* Sessions that ran out stay this long, so that a form sent with one can be kept. */
#define SESSION_KEEP_DAYS 7

/* The portal of a web process: `app` is what the features see of it. */
struct portal {
    struct app app;
    struct arena *arena; /* lives as long as the process */
    struct route_table routes;
    const struct feature_menu **menu; /* in the order of the page */
    unsigned *menu_flags;             /* of the routes of its entries */
    size_t menu_count;
    struct setups setups;
    struct metrics metrics;
    struct http_server *_Atomic server; /* its threads run before it is set here */
};

/* What a request was found to be about when its head was there: request->context. */
struct portal_request {
    struct route_match match;
    const struct setup *setup; /* from begin to end */
};

/* A visit with what only the portal sees. */
struct portal_visit {
    struct visit visit;
    struct portal *portal;
    const struct portal_request *asked;
    const struct setup *setup;
    const struct route *route;
    struct shell shell;
    bool writes;              /* it may wait for others that write, which those that only read never do */
    int64_t started_us;       /* monotonic */
    struct str session_token; /* the cookie as sent, also of a session that ran out */
    struct str visitor_token;
    bool session_live;
    int64_t expired_login; /* of a session that ran out; 0: none */
    struct str expired_hash;
    bool token_right;            /* the form token of this POST fits */
    struct str preview;          /* told on top of a preview; empty: the page is none */
    struct str preview_logo_url; /* where its logo is */
};

static inline struct portal_visit *portal_of(const struct visit *visit)
{
    return (struct portal_visit *)(uintptr_t)visit;
}

/* --- session.c ---------------------------------------------------------------------------------------------------- */

/* Finds the session of the cookie and who it belongs to: actor NOBODY without one. */
bool session_load(struct portal_visit *pv, struct err *err) __attribute__((warn_unused_result));
/* Deletes what ran out long ago. For the job process. */
bool session_upkeep(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err)
    __attribute__((warn_unused_result));

/* --- staff_session.c ---------------------------------------------------------------------------------------------- */

/* Finds the session of the staff cookie and whose it is. */
bool staff_session_load(struct portal_visit *pv, struct err *err) __attribute__((warn_unused_result));
bool staff_session_upkeep(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err)
    __attribute__((warn_unused_result));
/* Whether an address belongs to the staff area, also one that does not exist. */
bool staff_address(struct str path);

/* --- view_as.c ---------------------------------------------------------------------------------------------------- */

/* Whom staff look at the portal as; *found false, and the cookie gone, when that has ended. */
bool view_as_load(struct portal_visit *pv, struct str token, bool *found, struct err *err)
    __attribute__((warn_unused_result));
bool view_as_upkeep(struct db_conn *conn, int64_t now_us, struct err *err) __attribute__((warn_unused_result));

/* --- trace.c ------------------------------------------------------------------------------------------------------ */

/* Whether this address takes a list away. */
bool trace_is_export(const struct portal_visit *pv);
/* Writes into the audit that a list was taken away as a file. Before it is, so that none leaves unseen. */
bool trace_export(struct portal_visit *pv, struct err *err) __attribute__((warn_unused_result));

/* --- activity.c: the last_seen of sessions, written behind the pages (write_behind.h) ------------------ */

void activity_note(struct str token_hash, int64_t now_us);
bool activity_flush(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));

/* --- staff_list.c: what staff searched lists by last, written behind the pages ------------------------------------ */

bool staff_list_flush(struct db_conn *conn, struct err *err) __attribute__((warn_unused_result));

/* --- token.c ------------------------------------------------------------------------------------------------------ */

/* The secret of the installation, made at first use. */
bool secret_load(struct db_conn *conn, struct arena *arena, struct str *secret, struct err *err)
    __attribute__((warn_unused_result));
struct str token_digest(struct arena *arena, struct str token);
/* Compares without telling by time where they differ. */
bool token_equal(struct str a, struct str b);
/* The token that forms of this visit carry; makes a visitor cookie when the visit has neither that nor a session. */
struct str csrf_token(struct portal_visit *pv);
/* Whether the form of this POST carries the token of the session, or on an open route that of the visitor. */
bool csrf_right(const struct portal_visit *pv);
/* Whether the browser itself says that another site sent this. */
bool csrf_cross_site(const struct http_request *request, const struct config *config);

/* --- error.c ------------------------------------------------------------------------------------------------------ */

int error_status(enum err_kind kind);
struct error_view {
    struct str title, text;
    struct str id;   /* of the request in the log, empty: not shown */
    struct str wait; /* when to try again, empty: unknown */
    bool logged_in;
    struct str start_url; /* of whoever is logged in, else where one logs in */
};

/* Whether the client is a person's browser that wants a page; else an answer is plain text and never a login form. */
bool error_wants_page(const struct http_request *request);
/* Throws away what was written and answers the failure: a page, or plain text where no page is expected. */
void error_answer(struct portal_visit *pv, const struct err *err);

/* --- page.c ------------------------------------------------------------------------------------------------------- */

/* The language of this visit, by choice, account, browser, settings. */
enum lang page_language(const struct portal_visit *pv);
/* The address of a GET as it may stand in a Location: path and query, all ASCII. Of a POST the path alone. */
struct str page_address(struct arena *arena, const struct http_request *request);
/* Whether the one who asks is among `who`. */
bool page_may(const struct visit *visit, unsigned who);
/* Security headers, on every answer. */
void page_headers(struct http_response *response, const struct config *config);

/* --- cycle.c ------------------------------------------------------------------------------------------------------ */

bool cycle_begin(void *context, struct http_request *request, struct http_limits *limits,
                 struct http_response *response);
void cycle_respond(void *context, struct http_request *request, const struct err *failure,
                   struct http_response *response);

/* --- system.c: the addresses of the portal itself ----------------------------------------------------------------- */

extern const struct feature portal_feature;

#endif
