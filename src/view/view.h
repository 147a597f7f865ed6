/*
 * The values that every template gets: the language, the token of forms, and the arena for texts. Pages are written
 * into one buffer. See docs/templates.md for the language of templates.
 */
#pragma once

#include "base/buf.h"
#include "i18n/i18n.h"

struct view {
    struct arena *arena;
    enum lang lang;
    struct str csrf_token;
    const char *data_lang; /* of what people wrote, when it is not that of the page; else NULL */
    struct str typed;      /* marks forms in which staff type, so that what they type is kept; empty: not staff */
    bool refused; /* the page tells why something was refused: its title says so, and no field takes the focus */
};

/* Finished HTML. Only templates make it (view_capture). */
struct html {
    struct str s;
};
struct html view_capture(const struct buf *made_by_template);

/*
 * What people wrote, as it stands in the database: {{ written(v, row->title) }}. In a page in another language than the
 * installation's data it is marked with its language, so that a screen reader speaks it as such. Only between tags.
 */
struct written {
    const struct view *view;
    struct str text;
};
static inline struct written written(const struct view *view, struct str text)
{
    return (struct written){view, text};
}

/*
 * Marks the rest of an address that is already escaped, so that it is not escaped as one part after a literal
 * beginning: `src="/assets{{ view_path(rest) }}"`; the slashes of a plain str would be encoded.
 */
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
    struct str label; /* already in the language of the user */
    struct str value; /* as typed; kept when the form is refused */
    struct str hint;
    struct str error; /* in the language of the user; empty: no error */
    bool required, readonly, autofocus;
    const char *type;         /* text (or NULL), email, tel, password, search, date, datetime-local, color */
    const char *autocomplete; /* or NULL */
    const char *inputmode;    /* or NULL */
    int64_t max_length;       /* 0: no limit */
    int rows;                 /* of a textarea */
    const struct option *options;
    size_t option_count;
    const struct str *groups; /* of a picker: the name of the group of each option, or empty; NULL: no groups */
    struct str empty_label;   /* of a select: label of the choice of no option; empty: no such choice */
    struct str untouched;     /* of a picker and a select: a first option, which is not sent; empty: none */
    struct str search;        /* of a picker: text in its search box */
    const char *accept;       /* of files: media types, or NULL */
    const char *lookup;       /* of a text: address where scripts look up the number to write there, or NULL */
};
/*
 * Returns the type of an input that shows this value. Browsers show an empty field when the value of a date, a time, a
 * number or a colour has another form; a refused field keeps what was typed, so it is a text then.
 */
const char *input_type(const char *type, struct str value);
/* Whether such an input is one for text, which alone may have a limit of characters. */
bool input_is_text(const char *type);
/* Whether any of the fields has an error. */
bool fields_refused(const struct field *fields, size_t count);
/*
 * Templates in view/field.html. These take a field: field_text, field_textarea, field_select, field_checkbox (sends
 * `yes`), field_picker (f, source) and field_files (f, max_bytes, film_bytes), as web/README.md describes. csrf_field()
 * belongs in every form that changes data, typed_field() instead of it in those in which staff write.
 * field_errors(fields, count) is the focused summary above a refused form, which links to each field;
 * form_errors(refusal, fields, count) also tells a refusal that belongs to no field. The id of a field is its name. A
 * picker and a select show the option that is `selected`.
 */

/* One criterion of a search form; template criterion_field in view/criterion.html. */
enum criterion_kind { CRITERION_TEXT, CRITERION_SELECT, CRITERION_DATE, CRITERION_PICKER, CRITERION_TICK };

struct criterion {
    enum criterion_kind kind;
    struct field field;
    struct str source; /* of a picker: address that it asks for choices */
    struct str note;   /* of a picker: a note about its hits */
    bool further;      /* placed under "More choices" on small screens */
};

/* --- tables and paging -------------------------------------------------------------------------------------------- */

struct pager {
    struct str previous_url, next_url, first_url; /* empty: no such link */
    int64_t from, to, total;                      /* numbers of the first and last row shown, and of all rows */
    struct str page;                              /* `Page 2 of 14`; may be empty */
};

/* --- the page around everything ----------------------------------------------------------------------------------- */

struct menu_item {
    struct str path; /* pages at and below it belong to the entry */
    struct str url;  /* where the entry leads: the path, or a search there */
    struct str label;
    const char *icon;   /* name in the sprite */
    struct str waiting; /* how many things wait there; empty: nothing waits, or not counted */
    const char *key;    /* access key; NULL: no key */
    struct str section; /* heading of the entries that begin here; empty: the same section as before */
    bool current;
};

struct shell {
    struct str title;        /* title of this page, in the language of the user */
    struct str portal_name;  /* the installation's name */
    struct str logo_url;     /* empty: the name is shown as text */
    struct str theme_colour; /* `#1f5f8b` */
    struct str theme_url;    /* style sheet with the colour of the installation */
    struct str contact_text; /* contact text of the installation in the footer; may have line breaks */
    const struct menu_item *menu;
    size_t menu_count;            /* 0: nobody is logged in */
    const struct menu_item *bar;  /* of phones: the usual places */
    size_t bar_count;             /* 0: no bar */
    const struct menu_item *more; /* all other entries of the menu */
    size_t more_count;
    bool more_current;
    struct str user_name; /* name of the logged-in user; empty: nobody is logged in */
    struct str home_url, logout_url;
    bool logged_in;              /* a user is logged in and can log out */
    bool staff;                  /* the staff area */
    struct str preview;          /* text for administrators who preview settings, without scripts; empty: no preview */
    struct str viewing;          /* text for staff who view the portal as a customer; empty: no such view */
    struct str path;             /* address of this page with its query, for the language switch */
    struct str notice;           /* a message on top of the page (role=status), or empty */
    struct str development_note; /* says where mail goes without a mail server; else empty */
    bool narrow;                 /* one column of forms: login, account */
};
/*
 * Templates in view/shell.html: shell_begin(struct shell *), shell_end(struct shell *); the body of the page is written
 * between them.
 */

/* --- assets ------------------------------------------------------------------------------------------------------- */

struct asset {
    const char *path; /* `/assets/portal.3f2a91c0.css` */
    const char *media_type;
    const unsigned char *plain, *gzip, *brotli; /* gzip and brotli may be NULL */
    size_t plain_size, gzip_size, brotli_size;
};
const struct asset *asset_find(struct str path); /* NULL: no such asset */
struct str asset_url(const char *name);          /* `portal.css` → its hashed path */
extern const struct asset asset_table[];
extern const size_t asset_count;
