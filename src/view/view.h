/*
 * What every template gets: the language, the token of forms, and the arena to make texts in. Pages are written into
 * one buffer. See docs/templates.md for the language of templates.
 */
#ifndef KP_VIEW_VIEW_H
#define KP_VIEW_VIEW_H

#include "base/buf.h"
#include "i18n/i18n.h"

struct view {
    struct arena *arena;
    enum lang lang;
    struct str csrf_token;
};

/* Ready HTML, made only by templates (view_capture). */
struct html {
    struct str s;
};
struct html view_capture(const struct buf *made_by_template);

/* Marks the rest of an address that is already made, so that behind a literal beginning it is not escaped as one part:
 * `src="/assets{{ view_path(rest) }}"`, where a plain str would have its slashes encoded. */
struct view_path {
    struct str s;
};
struct view_path view_path(struct str path);

/* --- form fields: the one place for label, hint, error, required mark and kept value ------------------------------ */

struct option {
    struct str value, label;
    bool selected;
};

struct field {
    struct str name;
    struct str label; /* already in the user's language */
    struct str value; /* as typed, kept through a refusal */
    struct str hint;
    struct str error; /* in the user's language; empty when fine */
    bool required, readonly, autofocus;
    const char *type;         /* text, email, tel, password, search, date, number */
    const char *autocomplete; /* or NULL */
    const char *inputmode;    /* or NULL */
    int64_t max_length;       /* 0: none */
    int rows;                 /* of a textarea */
    const struct option *options;
    size_t option_count;
    struct str empty_label; /* of a select: the choice of none; empty: no such choice */
    struct str search;      /* of a picker: what stands in its search box */
    const char *accept;     /* of files: media types, or NULL */
    const char *lookup;     /* of a text: where scripts look for the number to write there, or NULL */
};
/* Whether any of them has an error. */
bool fields_refused(const struct field *fields, size_t count);
/*
 * Templates in view/field.html, each given a field: field_text, field_textarea, field_select, field_checkbox (sends
 * `yes`), field_picker (f, source) and field_files (f, max_bytes) as told in web/README.md; csrf_field() for every form
 * that changes something; field_errors(fields, count), the summary above a refused form, linking to each field,
 * focused. The id of a field is its name. A picker's and a select's chosen option is the one that is `selected`.
 */

/* One criterion of a search form; template criterion_field in view/criterion.html. */
enum criterion_kind { CRITERION_TEXT, CRITERION_SELECT, CRITERION_DATE, CRITERION_PICKER, CRITERION_TICK };

struct criterion {
    enum criterion_kind kind;
    struct field field;
    struct str source; /* of a picker: where it asks for choices */
    struct str note;   /* of a picker: about its hits */
    bool further;      /* stands behind "More choices" on small screens */
};

/* --- tables and paging -------------------------------------------------------------------------------------------- */

struct pager {
    struct str previous_url, next_url, first_url; /* empty: none */
    int64_t from, to, total;                      /* numbers of the rows shown */
};

/* --- the page around everything ----------------------------------------------------------------------------------- */

struct menu_item {
    struct str path;
    struct str label;
    const char *icon;   /* name in the sprite */
    struct str waiting; /* how much waits there, empty: nothing, or not counted */
    const char *key;    /* access key, NULL: none */
    struct str section; /* heading of the entries that begin here, empty: the same as before */
    bool current;
};

struct shell {
    struct str title;        /* of this page, in the user's language */
    struct str portal_name;  /* the installation's name */
    struct str logo_url;     /* empty: the name is shown as text */
    struct str theme_url;    /* style sheet with the installation's colour */
    struct str contact_text; /* of the installation, in the footer; may have line breaks */
    const struct menu_item *menu;
    size_t menu_count;    /* 0: nobody is logged in */
    struct str user_name; /* who is logged in, empty: nobody */
    struct str home_url, logout_url;
    bool logged_in;              /* there is somebody to log out */
    bool staff;                  /* the staff area */
    struct str preview;          /* told administrators who look at settings before they count; empty: no preview */
    struct str viewing;          /* told staff who look at the portal as a customer; empty: the customer himself */
    struct str path;             /* of this page with its query, for the language switch */
    struct str notice;           /* a message on top of the page (role=status), or empty */
    struct str development_note; /* where mail lies when no mail server is configured; empty elsewhere */
    bool narrow;                 /* one column of forms: login, account */
};
/*
 * Templates in view/shell.html: shell_begin(struct shell *), shell_end(struct shell *); the page's body stands between.
 */

/* --- assets ------------------------------------------------------------------------------------------------------- */

struct asset {
    const char *path; /* `/assets/portal.3f2a91c0.css` */
    const char *media_type;
    const unsigned char *plain, *gzip, *brotli; /* gzip and brotli may be NULL */
    size_t plain_size, gzip_size, brotli_size;
};
const struct asset *asset_find(struct str path); /* NULL when there is none */
struct str asset_url(const char *name);          /* `portal.css` → its hashed path */
extern const struct asset asset_table[];
extern const size_t asset_count;

#endif
