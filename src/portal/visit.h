/*
 * The request cycle: from an HTTP request to a page. For every request the portal finds the route, checks the method,
 * the session and who may, checks the form token of every POST, makes a `struct visit`, runs the handler, and turns a
 * failure into the error page of its kind. Handlers read, decide and answer; they never see the engine.
 */
#ifndef KP_PORTAL_VISIT_H
#define KP_PORTAL_VISIT_H

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

/* What all requests share; made once at start, read-only but for what has its own lock. */
struct app {
    struct db *db;
    struct feature_list features;
    struct str secret; /* 32 bytes from table `setting`, the same for all nodes: keys of tokens */
};

/* Who of the staff is asking, on addresses below /staff. */
struct staff_user {
    enum staff_role role;
    int64_t id;
    struct str email, language; /* language empty: not chosen */
    bool has_second;            /* a second factor is set up */
    bool whole;                 /* the second factor was given, or is not asked of this user */
    int64_t proven_us;          /* when password and second factor were last given */
};

/* Which of the staff looks at the portal as the actor does; staff_id 0: nobody, the actor is here himself. */
struct viewer {
    int64_t staff_id;
    struct str email;
};

struct visit {
    struct arena *arena;
    const struct app *app;
    const struct config *config; /* the same from the begin of the request to its end */
    struct http_request *request;
    struct http_response *response;
    struct db_conn *db;      /* checked out before the handler, given back before the answer is sent */
    struct actor actor;      /* kind NOBODY on open routes without a session, and below /staff */
    struct staff_user staff; /* role NOBODY outside of /staff and without a session there */
    struct viewer viewer;    /* nothing may be changed when it is somebody */
    struct str session;      /* token_hash of the session, empty: none */
    struct view view;
    int64_t now_us;
    struct str path_value[2]; /* the `{…}` parts of the route */
};

/* Bits of who may use a route. */
enum who {
    WHO_ANYBODY = 1,         /* without login too */
    WHO_CONTACT = 2,         /* contact logins, linked or not */
    WHO_CUSTOMER = 4,        /* invoice customer logins */
    WHO_OBJECT = 8,          /* object logins */
    WHO_LINKED = 16,         /* contact logins that are linked to a contact */
    WHO_PAYER = 32,          /* contact logins whose contact is linked to customers */
    WHO_HALF_STAFF = 64,     /* staff who have not given their second factor yet */
    WHO_STAFF = 128,         /* handlers and administrators */
    WHO_ADMINISTRATOR = 256, /* administrators alone */
    WHO_LOGIN = WHO_CONTACT | WHO_CUSTOMER | WHO_OBJECT,
};

enum route_flags {
    ROUTE_UPLOADS = 1, /* takes files, by the [attachments] settings */
    ROUTE_KEEP_EXPIRED =
        2,              /* the handler also runs for a POST whose session ran out (actor NOBODY, expired_login set) */
    ROUTE_QUIET = 4,    /* does not count as activity of the session (autosave) */
    ROUTE_NO_DB = 8,    /* needs no connection */
    ROUTE_FRESH = 16,   /* staff who did not prove who they are a short while ago are asked again first */
    ROUTE_VIEWING = 32, /* a POST for staff who look at the portal as a customer, to whom all others are refused */
    ROUTE_IMPORTS = 64, /* takes the files of imports, by the [imports] settings */
    /* A page that the settings may turn off: its addresses then answer 404, and nothing leads to them. */
    ROUTE_NEW_CASE = 128,
    ROUTE_ACTIONS = 256,
    ROUTE_INVOICES = 512,
    ROUTE_FILES = 1024,
    ROUTE_DASHBOARDS = 2048,
};

struct route {
    const char *method; /* GET (also HEAD) or POST */
    const char *path;   /* `/cases/{number}`; a part is one segment, or `{number}.csv` with a literal ending */
    bool (*handle)(struct visit *visit, struct err *err);
    unsigned who;
    unsigned flags;
};

struct feature_menu {
    const char *path;
    const char *label; /* msgid */
    const char *icon;
    unsigned who;
    /* of staff also the section of the menu: from 100 work, from 130 registers, from 160 tools, 190 the own account */
    int order;
    /* How much waits there, shown beside the label; cheap, for it runs on every page. NULL: nothing is counted. */
    bool (*count)(struct visit *visit, int64_t *waiting, struct err *err);
};

/* A feature is one const struct of tables (program.c lists them). */
/* A page of the portal that administrators can see with settings that do not count yet (visit_preview). */
struct feature_preview {
    const char *name, *label; /* in addresses; for people (msgid) */
    bool without_login;       /* shown to somebody who is not logged in */
    unsigned route_flags;     /* the page is there when page_is_on says so of these */
    bool (*show)(struct visit *visit, struct err *err);
};

struct feature {
    const char *name; /* its folder below src/ */
    const struct route *routes;
    size_t route_count;
    const struct feature_menu *menu;
    size_t menu_count;
    const struct feature_preview *previews;
    size_t preview_count;
    /* Upkeep in the job process, about once a minute: bounded work. May be NULL. */
    bool (*upkeep)(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err);
    /*
     * What takes longer than a page or a mail may wait: asked about once a second, in a process of its own, to do one
     * piece of it. That process may end at any moment, also in the middle. May be NULL.
     */
    bool (*work)(struct db *db, const struct config *config, struct err *err);
    /* `kundportal check`: findings as lines. May be NULL. */
    bool (*check)(struct db_conn *conn, const struct config *config, struct arena *arena, struct buf *report,
                  struct err *err);
    /*
     * A contact is about to be erased as a person: removes what the feature keeps of them in tables of its own. In that
     * transaction, while their logins, addresses and cases are still there. May be NULL.
     */
    bool (*forget_contact)(struct db_conn *conn, int64_t contact_id, struct err *err);
};

/* --- answering ---------------------------------------------------------------------------------------------------- */

/*
 * Writes into the audit what whoever acts here did: one of the staff, also when he looks as a customer, or a login. In
 * the transaction of what it tells of.
 */
bool visit_audit(struct visit *visit, const char *action, struct str subject, struct str detail, struct err *err)
    __attribute__((warn_unused_result));
/* Whether the settings have the page of this flag (ROUTE_NEW_CASE, …). The one place that decides it. */
bool page_is_on(const struct config *config, unsigned route_flags);
/* Whether logins of this kind may log in at all. The one place that decides it. */
bool login_kind_is_on(const struct config *config, enum actor_kind kind);
/* Settings were stored: they count in this process from the next request on. Not within a transaction. */
bool visit_settings_changed(struct visit *visit, struct err *err) __attribute__((warn_unused_result));
/*
 * From here on the visit of an administrator is drawn as the portal of these settings, for this actor (NOBODY: without
 * login): its menu, colours and logo (at logo_url), marked on top by `text`, with nothing that can be sent. The
 * settings must outlive the visit.
 */
void visit_preview(struct visit *visit, const struct config *config, const struct actor *actor, struct str logo_url,
                   struct str text);
/* The answer is a logo, as the portal shows its own. */
void visit_send_logo(struct visit *visit, struct str bytes);
/* Text in the language of the visit: `T(visit, _("…"))`. */
struct str visit_tr(const struct visit *visit, const char *msgid);

/*
 * A page in the shell: write the body between begin and end into &visit->response->body with templates and
 * &visit->view. Sets status 200 unless one is set. title is in the user's language.
 */
void page_begin(struct visit *visit, struct str title);
void page_begin_narrow(struct visit *visit, struct str title); /* login and account forms */
void page_end(struct visit *visit);
/* A message on top of the next page this browser gets (after a redirect). msgid, kept in a signed cookie. */
void page_notice_next(struct visit *visit, const char *msgid);
/* `Try again in 5 minutes.`; empty when it is not known when. */
struct str visit_wait(const struct visit *visit, int seconds);
/* 303 to a path of the portal. */
bool visit_redirect(struct visit *visit, struct str path);
/* The answer is a file to save under this name; its content is in response->fd. */
void visit_download(struct visit *visit, const char *media_type, const char *name);
/*
 * Around slow work without the database (computing a password, flushing a file): gives the connection back, so that
 * pages of others have it, and takes one again. Not within a transaction. After a failed resume visit->db is NULL:
 * fail.
 */
void visit_pause_db(struct visit *visit);
bool visit_resume_db(struct visit *visit, struct err *err) __attribute__((warn_unused_result));
/* In the head of an answer, beside what else may stand there. */
#define NEXT_BYTES 1500
/* `next` when it is a path of this portal and not longer than NEXT_BYTES, else `/`. */
struct str visit_safe_next(struct str next);
/* The absolute address of a path, for mail. */
struct str visit_absolute(const struct visit *visit, struct str path);

/* --- sessions (used by login; everything else only reads the visit) ----------------------------------------------- */

/* Makes a session for a login, sets its cookie, ends the one before. */
bool session_begin(struct visit *visit, int64_t login_id, struct err *err) __attribute__((warn_unused_result));
bool session_end(struct visit *visit, struct err *err) __attribute__((warn_unused_result));
/* Ends all sessions of a login; keep is a token_hash to spare, or empty. */
bool session_end_all(struct db_conn *conn, int64_t login_id, struct str keep, struct err *err)
    __attribute__((warn_unused_result));
/* Ends all sessions of many logins. */
bool sessions_end(struct db_conn *conn, struct row_set logins, struct err *err) __attribute__((warn_unused_result));
/*
 * The login of a session that ran out (idle or by age, not by logging out) and whose form token in this POST is right:
 * its form may be kept as a draft of that login. 0 when there is none.
 */
int64_t session_expired_login(const struct visit *visit);
/* token_hash of that ran-out session. */
struct str session_expired_hash(const struct visit *visit);
/* What leads the next session of a login of many people to the draft of one that ran out. Logging out deletes it. */
#define DRAFT_COOKIE "draft"

/* --- sessions of staff (used by staff_login) ---------------------------------------------------------------------- */

/* Whether this user has to give a second factor. */
bool staff_needs_second(const struct config *config, const struct staff_user *user);
/* Makes a session, half until the second factor is given, sets its cookie, ends the one before. */
bool staff_session_begin(struct visit *visit, int64_t staff_id, struct err *err) __attribute__((warn_unused_result));
/*
 * This session has just proven who it is: it goes on under a new token and cookie. second: it has given its second
 * factor now. In a transaction; ERR_UNAUTHENTICATED when it has ended meanwhile.
 */
bool staff_session_renew(struct visit *visit, bool second, struct err *err) __attribute__((warn_unused_result));
/*
 * Holds this session for the rest of the transaction; ERR_UNAUTHENTICATED when it has ended meanwhile. After slow work.
 */
bool staff_session_hold(struct visit *visit, struct err *err) __attribute__((warn_unused_result));
bool staff_session_end(struct visit *visit, struct err *err) __attribute__((warn_unused_result));
/* Ends all sessions of a user; keep is a token_hash to spare, or empty. */
bool staff_session_end_all(struct db_conn *conn, int64_t staff_id, struct str keep, struct err *err)
    __attribute__((warn_unused_result));

/* --- access keys of the staff menu -------------------------------------------------------------------------------- */

struct access_key {
    const char *path, *key;
};
extern const struct access_key access_keys[];
extern const size_t access_key_count;

/* --- lists of staff ----------------------------------------------------------------------------------------------- */

/*
 * How the user of staff wants a list: columns by name, and the query he searched by last (`?q=…`). Empty: as it is for
 * everybody.
 */
struct staff_list {
    struct str columns, query;
};
bool staff_list_load(struct visit *visit, const char *list, struct staff_list *wanted, struct err *err)
    __attribute__((warn_unused_result));
/* In the address of a search that is to be remembered: the form of a list has it, a link of elsewhere does not. */
#define STAFF_LIST_KEEP "keep"
/* Who comes to `/staff/LIST` without any query is led to the one he searched by last, when there is one: *resumed. */
bool staff_list_resume(struct visit *visit, const char *list, bool *resumed, struct err *err)
    __attribute__((warn_unused_result));
/*
 * Remembers the query of `url` (none: that nothing is searched for) when the request asks for it. It is written a few
 * seconds later, so that no search waits for a writer.
 */
void staff_list_keep(struct visit *visit, const char *list, struct str url);
bool staff_list_set_columns(struct visit *visit, const char *list, struct str columns, struct err *err)
    __attribute__((warn_unused_result));

/* --- looking at the portal as a customer (used by staff_view) ----------------------------------------------------- */

/*
 * For half an hour at most, and no longer than this session of staff. Sets the cookie; the portal's own session stays.
 */
bool view_as_begin(struct visit *visit, int64_t login_id, struct err *err) __attribute__((warn_unused_result));
bool view_as_end(struct visit *visit, struct err *err) __attribute__((warn_unused_result));
/* Nobody looks as these logins any more. */
bool view_as_drop_logins(struct db_conn *conn, struct row_set logins, struct err *err)
    __attribute__((warn_unused_result));

/* Keyed digest of some text under the app's secret, hex; `purpose` keeps uses apart. For opaque cursors and keys. */
struct str app_mac(const struct app *app, struct arena *arena, const char *purpose, struct str text);

#endif
