/* Shared by the files of the portal only; features include visit.h instead. */
#pragma once

#include "portal/metrics.h"
#include "portal/routes.h"
#include "portal/setup.h"
#include "portal/turns.h"
#include "portal/visit.h"

#include <sodium.h>

#define SESSION_COOKIE "session"
#define STAFF_COOKIE "staff"
#define VIEW_AS_COOKIE "view_as"
#define VISITOR_COOKIE "visitor"
#define LANGUAGE_COOKIE "language"
#define NOTICE_COOKIE "notice"

/* Expired sessions are kept this long, so that a form sent with one can still be kept as a draft. */
#define SESSION_KEEP_DAYS 7

/* The portal of a web process. Features see only its `app`. */
struct portal {
    struct app app;
    struct arena *arena; /* lives as long as the process */
    struct route_table routes;
    const struct feature_menu **menu; /* in the order they are shown */
    unsigned *menu_flags;             /* the flags of each entry's route */
    size_t menu_count;
    struct setups setups;
    struct metrics metrics;
    struct http_server *_Atomic server; /* the server's threads already run before this is set */
};

/* What is known about a request as soon as its head has been read: request->context. */
struct portal_request {
    struct route_match match;
    const struct setup *setup; /* the same for the whole request */
};

/* A visit, with the parts that only the portal sees. */
struct portal_visit {
    struct visit visit;
    struct portal *portal;
    const struct portal_request *asked;
    const struct setup *setup;
    const struct route *route;
    struct shell shell;
    bool writes;              /* it may wait for other writers; a request that only reads never does */
    struct turn turn;         /* taken while a login uses a connection */
    int64_t started_us;       /* monotonic */
    struct str session_token; /* the cookie as it was sent, even if its session has expired */
    struct str visitor_token;
    bool session_live;
    int64_t expired_login; /* the login of an expired session; 0: no expired session */
    struct str expired_hash;
    int64_t expired_staff;       /* the staff user of an expired session; 0: no such session */
    bool ended_elsewhere;        /* that session did not run out: another device or a new password ended it */
    size_t content_at;           /* where the content of the page begins in the body of the answer */
    bool token_right;            /* the form token of this POST is correct */
    struct str preview;          /* shown at the top of a preview; empty: the page is not a preview */
    struct str preview_logo_url; /* the address of the preview's logo */
};

static inline struct portal_visit *portal_of(const struct visit *visit)
{
    return (struct portal_visit *)(uintptr_t)visit;
}

/* --- session.c ---------------------------------------------------------------------------------------------------- */

/* Finds the session of the cookie and its actor. Without a session the actor is NOBODY. */
MUST_CHECK bool session_load(struct portal_visit *pv, struct err *err);
/* Deletes sessions that expired long ago. Called by the job process. */
MUST_CHECK bool session_upkeep(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err);

/* --- staff_session.c ---------------------------------------------------------------------------------------------- */

/* Finds the session of the staff cookie and its user. */
MUST_CHECK bool staff_session_load(struct portal_visit *pv, struct err *err);
MUST_CHECK bool staff_session_upkeep(struct db_conn *conn, const struct config *config, int64_t now_us,
                                     struct err *err);
/* Returns whether an address is in the staff area. The page need not exist. */
bool staff_address(struct str path);

/* --- staff_draft.c: what staff type is never lost ----------------------------------------------------------------- */

/* Sets the mark of the forms on this page in which staff type. */
void staff_draft_mark(struct portal_visit *pv);
/*
 * Returns whether this POST is a form that this staff user typed in; also one whose session has expired, who is then
 * pv->expired_staff.
 */
bool staff_draft_is_typed(const struct portal_visit *pv, int64_t staff_id);
/*
 * Keeps that form as a draft, and leads to `through`, a page that leads on to its `next`: the form's page with the
 * draft. NULL: leads there at once.
 */
MUST_CHECK bool staff_draft_keep(struct portal_visit *pv, int64_t staff_id, const char *through, struct err *err);
/* Keeps the other forms of the page, which its script sent along. */
MUST_CHECK bool staff_draft_keep_others(struct portal_visit *pv, struct err *err);
/* After a form was handled: drops its draft when it was saved, and leads back to the drafts of the other forms. */
void staff_draft_handled(struct portal_visit *pv);
/* Puts drafts into the forms of the finished page, or offers them above it. */
void staff_draft_show(struct portal_visit *pv);
bool staff_draft_save(struct visit *visit, struct err *err);
bool staff_draft_discard(struct visit *visit, struct err *err);
/* Returns the staff user whose session has expired, if the form token of this POST belongs to it, else 0. */
int64_t staff_session_expired(const struct visit *visit);

/* --- view_as.c ---------------------------------------------------------------------------------------------------- */

/*
 * Loads the customer login that staff view the portal as. If that view has ended, *found is false and the cookie is
 * deleted.
 */
MUST_CHECK bool view_as_load(struct portal_visit *pv, struct str token, bool *found, struct err *err);
MUST_CHECK bool view_as_upkeep(struct db_conn *conn, int64_t now_us, struct err *err);

/* --- trace.c ------------------------------------------------------------------------------------------------------ */

/* Returns whether the route of this visit exports data as a CSV, XLSX or ZIP file. */
bool trace_is_export(const struct portal_visit *pv);
/* Counts an export (quota.h) and records it in the audit log, before the file is sent, so that none goes unrecorded. */
MUST_CHECK bool trace_export(struct portal_visit *pv, struct err *err);

/* --- activity.c: the last_seen of sessions, written later (write_behind.h) ------------------------------ */

void activity_note(struct str token_hash, int64_t now_us);

/* --- token.c ------------------------------------------------------------------------------------------------------ */

/* Reads the secret of the installation. The first call makes it. */
MUST_CHECK bool secret_load(struct db_conn *conn, struct arena *arena, struct str *secret, struct err *err);
/*
 * Returns the token for the forms of this visit, masked with random bytes: each call gives another text, and csrf_right
 * takes them all. Sets a visitor cookie when the visit has neither one nor a session.
 */
struct str csrf_token(struct portal_visit *pv);
/* Returns whether the form of this POST carries the token of the session, or, on an open route, of the visitor. */
bool csrf_right(const struct portal_visit *pv);
/* Returns whether the browser's headers say that another site sent this request. */
bool csrf_cross_site(const struct http_request *request, const struct config *config);
/* Returns whether the browser says that a page of this site sent this request. */
bool csrf_same_site(const struct http_request *request);

/* --- ask.c -------------------------------------------------------------------------------------------------------- */

struct ask_view {
    struct str title, text, button, action, back;
    struct http_param *sent; /* what the form sent */
    size_t sent_count;
};
/* Asks first, if the route of this POST has a question that was not answered yet: then its handler must not run. */
MUST_CHECK bool question_ask(struct portal_visit *pv, bool *asked, struct err *err);

/* --- error.c ------------------------------------------------------------------------------------------------------ */

int error_status(enum err_kind kind);
struct error_view {
    struct str title, text;
    struct str id;   /* of the request in the log; empty: not shown */
    struct str wait; /* when to try again; empty: unknown */
    bool logged_in;
    struct str start_url; /* the start page of the logged-in user, else the login page */
};

/*
 * Returns whether the client is a person's browser that expects a page. Other clients get plain text and never a login
 * form.
 */
bool error_wants_page(const struct http_request *request);
/* Discards what was written and answers with the failure: as a page, or as plain text if the client expects no page. */
void error_answer(struct portal_visit *pv, const struct err *err);

/* --- page.c ------------------------------------------------------------------------------------------------------- */

/* Returns the language of this visit: the chosen one, else that of the account, the browser or the settings. */
enum lang page_language(const struct portal_visit *pv);
/*
 * Returns the address of a request as it may stand in a Location header, all ASCII: path and query of a GET, only the
 * path of a POST.
 */
struct str page_address(struct arena *arena, const struct http_request *request);
/* Returns whether the user of this visit is among `who`. */
bool page_may(const struct visit *visit, unsigned who);
/* Sets the security headers that every answer has. */
void page_headers(struct http_response *response, const struct config *config);

/* --- cycle.c ------------------------------------------------------------------------------------------------------ */

bool cycle_begin(void *context, struct http_request *request, struct http_limits *limits,
                 struct http_response *response);
void cycle_respond(void *context, struct http_request *request, const struct err *failure,
                   struct http_response *response);

/* --- system.c: the addresses of the portal itself ----------------------------------------------------------------- */

extern const struct feature portal_feature;
