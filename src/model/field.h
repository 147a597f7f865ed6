/*
 * Fields: what the entities of the domain consist of. Each entity has one table of fields in NAME_fields.c, a row for
 * each field, and forms, import, export, lists, search and the configured form of a new case read that table. So a
 * field is named, labelled and limited once. The tables are data and know nothing of the database or of pages: these
 * files stand below view/, although they lie in model/ beside their entities (tools/check_layers.py).
 *
 * A new field of a case is a row at the end of the table in case_fields.c, a column in the schema, and the Swedish
 * label.
 */
#ifndef KP_MODEL_FIELD_H
#define KP_MODEL_FIELD_H

#include "i18n/i18n.h"
#include "model/codes.h"

/* The kinds up to FIELD_YES_NO are those that an extra field may be configured to have. */
enum field_kind {
    FIELD_TEXT, /* one line */
    FIELD_MULTILINE,
    FIELD_DECIMAL, /* `3.5`; configured as `number` */
    FIELD_DATE,    /* `2026-11-23` */
    FIELD_CHOICE,  /* one of the field's codes */
    FIELD_YES_NO,  /* `yes` or `no` */
    FIELD_KEY,     /* a number or key: what the row is known by, one line without `|` */
    FIELD_EMAIL,
    FIELD_PHONE,
    FIELD_POSTAL_CODE,
    FIELD_PICKLIST, /* the key of an item of the field's list */
    FIELD_CUSTOMER, /* references: the number of a row of another entity */
    FIELD_OBJECT,   /* with `many`: such numbers, one a line */
    FIELD_CONTACT,
    FIELD_ARTICLE,
    FIELD_CASE,
    FIELD_WORK_ORDER,
    FIELD_ARTICLE_ROW,
    FIELD_INTEGER,  /* digits alone: the position of a picklist item */
    FIELD_MONEY,    /* a decimal amount */
    FIELD_DISCOUNT, /* a fraction from 0 to 1 */
    FIELD_INSTANT,  /* a time, in one of the forms of base/clock.h */
    FIELD_LOGIN,    /* user name/password: split and hashed, never stored as typed, so never cleaned */
    FIELD_PASSWORD  /* never cleaned either */
};

struct entity_field {
    const char *name;           /* code name (contract 3 and 4): of the form's input, of a criterion */
    const char *column_literal; /* column of the entity's table; NULL: kept elsewhere */
    const char *label;          /* msgid: how people know it, in forms, lists, workbooks and history */
    enum field_kind kind;
    size_t limit;                  /* characters; of a list of numbers all of them together */
    const char *list;              /* of FIELD_PICKLIST */
    const struct code_list *codes; /* of FIELD_CHOICE */
    const char *exported_as;       /* column of exported files when it is not the name */
    /* place in the form of a new case of a portal that is not configured, from 1; 0: it cannot be in that form */
    int portal;
    bool many;       /* several references */
    bool required;   /* unless the configuration says otherwise */
    bool fixed;      /* the program gives it, or it is given once: a form that changes the row shows it at most */
    bool sensitive;  /* says something about a person, or opens a door: nothing logs it */
    bool searched;   /* the search for words finds it */
    bool unexported; /* no file has it */
};

/* Rows of the tables: a field in the column of its name, in another column, in no column. */
#define FIELD(name_, label_, kind_, limit_) FIELD_IN(name_, name_, label_, kind_, limit_)
#define FIELD_IN(name_, column_, label_, kind_, limit_)                                                                \
    .name = name_, .column_literal = column_, .label = label_, .kind = FIELD_##kind_, .limit = limit_
#define FIELD_APART(name_, label_, kind_, limit_) .name = name_, .label = label_, .kind = FIELD_##kind_, .limit = limit_

/* A table of fields. */
struct entity {
    const char *name; /* `case`: for faults and files */
    const char *table_literal;
    const struct entity_field *fields;
    size_t count;
};
#define ENTITY(name_, table_, fields_)                                                                                 \
    {                                                                                                                  \
        name_, table_, fields_, sizeof(fields_) / sizeof *(fields_)                                                    \
    }
/* NULL when the entity has no such field. */
const struct entity_field *entity_field(const struct entity *entity, struct str name);

/* The field's column of exported files; NULL: files do not have it. */
const char *field_exported(const struct entity_field *field);

/* The limits that many fields share, in characters. */
#define KEY_LIMIT 100         /* numbers and keys */
#define SHORT_LIMIT 100       /* phones, postal codes, units */
#define NAME_LIMIT 300        /* names, addresses, places */
#define LINE_LIMIT 500        /* titles and references */
#define TEXT_LIMIT 100000     /* descriptions */
#define NUMBERS_LIMIT 1000000 /* lists of numbers */

/* --- cleaning and checking ---------------------------------------------------------------------------------------- */

/*
 * The one rule for typed text, by the kind of its field (domain 10). Text is valid UTF-8; the result is in the arena,
 * or is `typed` itself.
 * - Invisible characters go: zero width, soft hyphen, byte order marks, marks and overrides of writing direction,
 *   noncharacters. What joins an emoji stays.
 * - The text is NFC and trimmed of every kind of blank.
 * - In FIELD_MULTILINE each kind of line break (CR LF, CR, NEL, LS, PS) becomes LF; a tab stays; other control
 *   characters become a blank.
 * - In all other kinds a line break with its blanks becomes one blank, and so does each control character and each
 *   special space. Lists of numbers keep one number a line, without empty lines.
 * - Decimals that are sound get their shortest form with a point (`3,50` is `3.5`), yes_no `yes` or `no`, choices their
 *   code as it is spelled in the list. Logins and passwords are left as typed.
 * Cleaning twice changes nothing more.
 */
struct str field_clean(struct arena *arena, const struct entity_field *field, struct str typed);

/* What is wrong with a value; msgid NULL: nothing. `values` fill {1} and {2} of the text. */
struct field_fault {
    const char *msgid;
    struct str values[2];
    size_t count;
};
/*
 * Checks a cleaned value by kind and limit. An empty one is sound, unless `required`, which is the caller's: the
 * table's own, or the configuration's. Whether a reference or an item of a picklist exists is not looked at.
 */
struct field_fault field_check(struct arena *arena, const struct entity_field *field, bool required, struct str value);
/* The fault in the user's language; empty: none. */
struct str field_fault_text(struct arena *arena, enum lang lang, const struct field_fault *fault);

/* Whether the kind refers to a row of another entity. */
bool field_is_reference(enum field_kind kind);

#endif
