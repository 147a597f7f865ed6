/*
 * The request cycle, from an HTTP request to a page. For every request the portal finds the route, checks the method,
 * the session, the user's rights and, for every POST, the form token. Then it makes a `struct visit`, runs the handler,
 * and turns a failure into the matching error page. Handlers read, decide and answer; they never see the HTTP engine.
 */
#pragma once

#include "access/actor.h"
#include "db/row_set.h"
#include "http/http.h"
#include "model/codes.h"
#include "service/config.h"
#include "view/view.h"

struct feature;
/* Defined in program.c, above this layer: the portal only reads it. */
struct feature_list {
    const struct feature *const *items;
    size_t count;
};

/* Shared by all requests: made once at start and read-only, except for parts that have a lock of their own. */
struct app {
    struct db *db;
    struct feature_list features;
    struct str secret; /* 32 bytes from table `setting`, the same on all nodes; tokens are keyed with it */
};

/* The staff user of a request below /staff. */
struct staff_user {
    enum staff_role role;
    int64_t id;
    struct str email, language; /* language empty: not chosen */
    bool has_second;            /* has set up a second factor */
    bool whole;                 /* has given the second factor, or needs none */
    int64_t proven_us;          /* when password and second factor were last given */
};

/* The staff user who views the portal as a customer. staff_id 0: nobody does, the actor is the customer in person. */
struct viewer {
    int64_t staff_id;
    struct str email;
};

struct visit {
    struct arena *arena;
    const struct app *app;
    const struct config *config; /* the same for the whole request */
    struct http_request *request;
    struct http_response *response;
    struct db_conn *db;      /* taken from the pool before the handler runs, given back before the answer is sent */
    struct actor actor;      /* kind NOBODY without a session, and on addresses below /staff */
    struct staff_user staff; /* role NOBODY outside /staff, and without a session there */
    struct viewer viewer;    /* if set, the visit must not change anything */
    struct generations generations; /* cases 0: not read yet; see portal/kept.h */
    struct str session;             /* token_hash of the session; empty: no session */
    struct view view;
    int64_t now_us;
    struct str path_value[2]; /* the `{…}` parts of the route */
};

/* Bits that say who may use a route. */
enum who {
    WHO_ANYBODY = 1,         /* also without login */
    WHO_CONTACT = 2,         /* contact logins, linked or not */
    WHO_CUSTOMER = 4,        /* invoice customer logins */
    WHO_OBJECT = 8,          /* object logins */
    WHO_LINKED = 16,         /* contact logins that are linked to a contact */
    WHO_PAYER = 32,          /* contact logins whose contact is linked to customers */
    WHO_HALF_STAFF = 64,     /* staff who have not given their second factor yet */
    WHO_STAFF = 128,         /* handlers and administrators */
    WHO_ADMINISTRATOR = 256, /* only administrators */
    WHO_LOGIN = WHO_CONTACT | WHO_CUSTOMER | WHO_OBJECT,
};

enum route_flags {
    ROUTE_UPLOADS = 1, /* takes files, limited by the [attachments] settings */
    ROUTE_KEEP_EXPIRED =
        2,              /* the handler also runs for a POST with an expired session (actor NOBODY, expired_login set) */
    ROUTE_QUIET = 4,    /* does not count as activity of the session (autosave) */
    ROUTE_NO_DB = 8,    /* needs no database connection */
    ROUTE_FRESH = 16,   /* staff must have proven who they are recently, else they are asked to do so first */
    ROUTE_VIEWING = 32, /* a POST allowed while staff view the portal as a customer; every other POST is refused then */
    ROUTE_IMPORTS = 64, /* takes import files, limited by the [imports] settings */
    /* Pages that the settings may turn off. When a page is off, its addresses answer 404 and nothing links to it. */
    ROUTE_NEW_CASE = 128,
    ROUTE_ACTIONS = 256,
    ROUTE_INVOICES = 512,
    ROUTE_FILES = 1024,
    ROUTE_DASHBOARDS = 2048,
    ROUTE_WRITES = 4096, /* a GET that writes what must not be lost, such as the audit: it waits for other writers */
};

struct route {
    const char *method; /* GET (also HEAD) or POST */
    const char *path;   /* `/cases/{number}`: `{…}` is one segment, or `{number}.csv` with a literal ending */
    bool (*handle)(struct visit *visit, struct err *err);
    unsigned who;
    unsigned flags;
};

struct feature_menu {
    const char *path;
    const struct msgid *label;
    const char *icon;
    unsigned who;
    /*
     * For staff it also sets the section of the menu: work from 100, registers from 130, tools from 160, own account
     * from 190.
     */
    int order;
    /*
     * Counts the items that wait there; the number is shown beside the label. Runs on every page, so it must be cheap
     * or kept (portal/kept.h). NULL: nothing is counted.
     */
    bool (*count)(struct visit *visit, int64_t *waiting, struct err *err);
    const char
        *waiting_query; /* `?status=open`: the search that the entry leads to while something waits; NULL: none */
};

/*
 * What people are asked before the POST of a route does something that cannot be undone: a page with this title, text
 * and button carries the form on. {1} and {2} are the `{…}` parts of the path.
 */
struct feature_question {
    const char *path;         /* of the route */
    const char *name_literal; /* SQL of {1} for the id $1 in the path; NULL: the path has the name itself */
    const struct msgid *title, *text, *button;
    int more_parts; /* how many parts of the path, besides the last, the page with the form lacks; -1: it has all */
};

/* A page that administrators can preview with settings that are not in force yet (visit_preview). */
struct feature_preview {
    const char *name; /* for addresses */
    const struct msgid *label;
    bool without_login;   /* drawn for a visitor who is not logged in */
    unsigned route_flags; /* the page exists if page_is_on returns true for these flags */
    bool (*show)(struct visit *visit, struct err *err);
};

/* A feature is one const struct of tables; program.c lists all features. */
struct feature {
    const char *name; /* its folder below src/ */
    const struct route *routes;
    size_t route_count;
    const struct feature_menu *menu;
    size_t menu_count;
    const struct feature_question *questions;
    size_t question_count;
    const struct feature_preview *previews;
    size_t preview_count;
    /* Upkeep that the job process runs about once a minute. It must be bounded work. May be NULL. */
    bool (*upkeep)(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err);
    /*
     * Work that takes longer than a page or a mail may wait. The work process calls this about once a second, and each
     * call does one piece. The process may be killed at any moment, also in the middle of a piece. May be NULL.
     */
    bool (*work)(struct db *db, const struct config *config, struct err *err);
    /* For `kundportal check`: appends its findings to *report, one per line. May be NULL. */
    bool (*check)(struct db_conn *conn, const struct config *config, struct arena *arena, struct buf *report,
                  struct err *err);
    /*
     * Called when a contact is about to be erased as a person: removes what the feature stores about them in its own
     * tables. Runs in the same transaction, while their logins, addresses and cases still exist. May be NULL.
     */
    bool (*forget_contact)(struct db_conn *conn, int64_t contact_id, struct err *err);
};
/* The tables of a feature: arrays of routes, of menu entries and of questions. */
#define FEATURE_ROUTES(array) .routes = (array), .route_count = sizeof(array) / sizeof *(array)
#define FEATURE_MENU(array) .menu = (array), .menu_count = sizeof(array) / sizeof *(array)
#define FEATURE_QUESTIONS(array) .questions = (array), .question_count = sizeof(array) / sizeof *(array)

/* Returns whether a staff user is logged in to the staff area, where the address of this request lies. */
bool visit_is_staff(const struct visit *visit);

/* --- answering ---------------------------------------------------------------------------------------------------- */

/*
 * Records in the audit log what the user of this visit did: a login, or a staff user, also one who views the portal as
 * a customer. Call it in the transaction of the change it records.
 */
MUST_CHECK bool visit_audit(struct visit *visit, const char *action, struct str subject, struct str detail,
                            struct err *err);
/* Returns whether the settings turn on the page of this flag (ROUTE_NEW_CASE, …). Nothing else decides this. */
bool page_is_on(const struct config *config, unsigned route_flags);
/* Returns whether logins of this kind may log in at all. Nothing else decides this. */
bool login_kind_is_on(const struct config *config, enum actor_kind kind);
/* Call after settings were stored: this process uses them from the next request on. Not within a transaction. */
MUST_CHECK bool visit_settings_changed(struct visit *visit, struct err *err);
/*
 * Turns the visit of an administrator into a preview: from here on it is drawn as the portal would look with these
 * settings to this actor (NOBODY: not logged in), with their menu, colours and logo (at logo_url). `text` is shown at
 * the top, and nothing can be sent from the page. The settings must outlive the visit.
 */
void visit_preview(struct visit *visit, const struct config *config, const struct actor *actor, struct str logo_url,
                   struct str text);
/* Answers with a logo, in the way the portal serves its own. */
void visit_send_logo(struct visit *visit, struct str bytes);
/* Translates a text into the language of the visit: `T(visit, _("…"))`. */
struct str visit_tr(const struct visit *visit, const struct msgid *msgid);

/*
 * Begin and end a page in the shell. Between them, write the body into &visit->response->body with templates and
 * &visit->view. Sets status 200 unless one is set. `title` is in the user's language.
 */
void page_begin(struct visit *visit, struct str title);
void page_begin_narrow(struct visit *visit, struct str title); /* login and account forms */
void page_end(struct visit *visit);
/*
 * Answers with a page whose body one template writes: `return page_show(visit, title, things_page_html, &view);`.
 * page_show_narrow does the same with page_begin_narrow.
 */
#define page_show(visit_, title_, template_, view_) PAGE_SHOW(page_begin, visit_, title_, template_, view_)
#define page_show_narrow(visit_, title_, template_, view_)                                                             \
    PAGE_SHOW(page_begin_narrow, visit_, title_, template_, view_)
#define PAGE_SHOW(begin_, visit_, title_, template_, view_)                                                            \
    (begin_((visit_), (title_)), template_(&(visit_)->response->body, &(visit_)->view, (view_)), page_end(visit_), true)
/*
 * Shows a message (msgid) at the top of the next page that this browser gets, after a redirect. A signed cookie carries
 * it.
 */
void page_notice_next(struct visit *visit, const struct msgid *msgid);
/* The same for a text in the language of the visit, of at most 400 bytes. */
void page_notice_text_next(struct visit *visit, struct str text);
/* Returns a text such as `Try again in 5 minutes.`; empty when `seconds` is not above 0. */
struct str visit_wait(const struct visit *visit, int seconds);
/* Redirects with 303 to a path of the portal. */
bool visit_redirect(struct visit *visit, struct str path);
/* Answers with a file to save under this name. Its content is in response->fd. */
void visit_download(struct visit *visit, const char *media_type, const char *name);
/*
 * visit_pause_db gives the connection back before slow work that needs no database (computing a password hash, flushing
 * a file), so that other pages can use it; visit_resume_db takes one again. Not within a transaction. When
 * visit_resume_db fails, visit->db is NULL and the handler must fail too.
 */
void visit_pause_db(struct visit *visit);
MUST_CHECK bool visit_resume_db(struct visit *visit, struct err *err);
/* Limits `next` so that it fits in the head of an answer beside the other headers. */
#define NEXT_BYTES 1500
/* Returns `next` if it is a path of this portal and not longer than NEXT_BYTES, else `/`. */
struct str visit_safe_next(struct str next);
/* Returns the absolute address of a path, for use in mails. */
struct str visit_absolute(const struct visit *visit, struct str path);

/* --- sessions (used by login; everything else only reads the visit) ----------------------------------------------- */

/* Makes a session for a login, sets its cookie and ends the browser's previous session. */
MUST_CHECK bool session_begin(struct visit *visit, int64_t login_id, struct err *err);
MUST_CHECK bool session_end(struct visit *visit, struct err *err);
/* Ends all sessions of a login, except the one whose token_hash is `keep` (may be empty): they count as expired. */
MUST_CHECK bool session_end_all(struct db_conn *conn, int64_t login_id, struct str keep, struct err *err);
/* Ends all sessions of many logins. */
MUST_CHECK bool sessions_end(struct db_conn *conn, struct row_set logins, struct err *err);
/*
 * Returns the login of an expired session if the form token of this POST belongs to it, else 0. The form may then be
 * kept as a draft of that login. Expired means idle for too long, too old or ended elsewhere, not logged out.
 */
int64_t session_expired_login(const struct visit *visit);
/* Says to people whose form was kept why their session is over. */
const struct msgid *session_kept_text(const struct visit *visit);
/* Returns the token_hash of that expired session. */
struct str session_expired_hash(const struct visit *visit);
/*
 * A cookie for logins that many people share: it leads the next session to the draft of the expired one. Logging out
 * deletes it.
 */
#define DRAFT_COOKIE "draft"
/* A cookie with the last search of this browser for cases (lists/list.h), as long as somebody is logged in. */
#define RESULT_COOKIE "result"

/* --- sessions of staff (used by staff_login) ---------------------------------------------------------------------- */

/* Returns whether this user has to give a second factor. */
bool staff_needs_second(const struct config *config, const struct staff_user *user);
/*
 * Makes a session, sets its cookie and ends the browser's previous session. The session is half until the second factor
 * is given.
 */
MUST_CHECK bool staff_session_begin(struct visit *visit, int64_t staff_id, struct err *err);
/*
 * Continues a session that has just proven who it is under a new token and cookie. second: the second factor was given
 * now. Must run in a transaction. ERR_UNAUTHENTICATED when the session has ended meanwhile.
 */
MUST_CHECK bool staff_session_renew(struct visit *visit, bool second, struct err *err);
/*
 * Locks this session for the rest of the transaction; for use after slow work. ERR_UNAUTHENTICATED when it has ended
 * meanwhile.
 */
MUST_CHECK bool staff_session_hold(struct visit *visit, struct err *err);
MUST_CHECK bool staff_session_end(struct visit *visit, struct err *err);
/* Ends all sessions of a staff user, except the one whose token_hash is `keep` (may be empty). */
MUST_CHECK bool staff_session_end_all(struct db_conn *conn, int64_t staff_id, struct str keep, struct err *err);

/* --- access keys of the staff menu -------------------------------------------------------------------------------- */

struct access_key {
    const char *path, *key;
};
extern const struct access_key access_keys[];
extern const size_t access_key_count;

/* --- looking at the portal as a customer (used by staff_view) ----------------------------------------------------- */

/*
 * Lets the staff user view the portal as this login, for half an hour at most and no longer than their staff session.
 * Sets a cookie of its own; a customer session of the same browser stays.
 */
MUST_CHECK bool view_as_begin(struct visit *visit, int64_t login_id, struct err *err);
MUST_CHECK bool view_as_end(struct visit *visit, struct err *err);
/* Ends every view of the portal as one of these logins. */
MUST_CHECK bool view_as_drop_logins(struct db_conn *conn, struct row_set logins, struct err *err);

/*
 * Returns a digest (hex) of a text, keyed with the app's secret, for opaque cursors and keys. `purpose` keeps different
 * uses apart.
 */
struct str app_mac(const struct app *app, struct arena *arena, const char *purpose, struct str text);
/* Compares in constant time, so that timing does not reveal where the texts differ. Empty texts are never equal. */
bool token_equal(struct str a, struct str b);
