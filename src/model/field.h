/*
 * Fields: the properties of the entities of the domain. Each entity has one table of fields in NAME_fields.c, with a
 * row for each field. Forms, import, export, lists, search and the configured form of a new case all read that table,
 * so that the name, label and limits of a field are defined once. The tables are data and know nothing of the database
 * or of pages: these files belong to a layer below view/, although they are in model/ beside their entities
 * (tools/check_layers.py).
 *
 * To add a field to a case, add a row at the end of the table in case_fields.c, a column in the schema, and the Swedish
 * label.
 */
#pragma once

#include "i18n/i18n.h"
#include "model/codes.h"

/* An extra field may be configured to have one of the kinds up to FIELD_YES_NO. */
enum field_kind {
    FIELD_TEXT, /* one line */
    FIELD_MULTILINE,
    FIELD_DECIMAL, /* `3.5`; configured as `number` */
    FIELD_DATE,    /* `2026-11-23` */
    FIELD_CHOICE,  /* one of the field's codes */
    FIELD_YES_NO,  /* `yes` or `no` */
    FIELD_KEY,     /* a number or key that identifies the row: one line without `|` */
    FIELD_EMAIL,
    FIELD_PHONE,
    FIELD_POSTAL_CODE,
    FIELD_PICKLIST, /* the key of an item of the field's list */
    FIELD_CUSTOMER, /* references: the number of a row of another entity */
    FIELD_OBJECT,   /* with `many`: such numbers, one per line */
    FIELD_CONTACT,
    FIELD_ARTICLE,
    FIELD_CASE,
    FIELD_WORK_ORDER,
    FIELD_ARTICLE_ROW,
    FIELD_INTEGER,  /* only digits: the position of a picklist item */
    FIELD_MONEY,    /* a decimal amount */
    FIELD_DISCOUNT, /* a fraction from 0 to 1 */
    FIELD_INSTANT,  /* a time, in one of the forms of base/clock.h */
    FIELD_LOGIN,    /* user name/password: split and hashed, never stored as typed, so never cleaned */
    FIELD_PASSWORD  /* never cleaned either */
};

struct entity_field {
    const char *name;           /* code name (contract 3 and 4): of the input in the form, of a criterion */
    const char *column_literal; /* column of the entity's table; NULL: kept elsewhere */
    const struct msgid *label;  /* the name that people read in forms, lists, workbooks and history */
    enum field_kind kind;
    size_t limit;                  /* in characters; for a list of numbers, of all numbers together */
    const char *list;              /* for FIELD_PICKLIST */
    const struct code_list *codes; /* for FIELD_CHOICE */
    const struct msgid *missing;   /* says what to write when the field is empty; NULL: a text for its kind */
    const char *exported_as;       /* column of exported files if it is not the name */
    /* position in the form of a new case in a portal without configuration, from 1; 0: never in that form */
    int portal;
    bool many;       /* several references */
    bool required;   /* unless the configuration says otherwise */
    bool fixed;      /* the program sets it, or it is set once: a form that changes the row can only show it */
    bool sensitive;  /* personal data, or gives access to something: never logged */
    bool searched;   /* the word search finds it */
    bool unexported; /* not in any exported file */
    bool unlisted;   /* no column of a list that is configured or chosen */
};

/*
 * Rows of the tables: FIELD for a field in the column of its name, FIELD_IN in another column, FIELD_APART in no
 * column.
 */
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
/* Returns the field with this name; NULL when the entity has no such field. */
const struct entity_field *entity_field(const struct entity *entity, struct str name);

/* Returns the fields that can be columns of a list, one after the other; NULL after the last. */
const struct entity_field *entity_listed(const struct entity *entity, size_t at);

/* Returns the column of the field in exported files; NULL: files do not have the field. */
const char *field_exported(const struct entity_field *field);

/* Limits that many fields share, in characters. */
#define KEY_LIMIT 100         /* numbers and keys */
#define SHORT_LIMIT 100       /* phones, postal codes, units */
#define NAME_LIMIT 300        /* names, addresses, places */
#define LINE_LIMIT 500        /* titles and references */
#define TEXT_LIMIT 100000     /* descriptions */
#define NUMBERS_LIMIT 1000000 /* lists of numbers */

/* --- cleaning and checking ---------------------------------------------------------------------------------------- */

/*
 * Cleans typed text by the kind of its field: the only rule for typed text (domain 10). The text must be valid UTF-8;
 * the result is in the arena or is `typed` itself.
 * - Removes invisible characters: zero width, soft hyphen, byte order marks, marks and overrides of writing direction,
 *   noncharacters. Keeps characters that join an emoji.
 * - Normalizes the text to NFC and trims every kind of blank.
 * - In FIELD_MULTILINE, each kind of line break (CR LF, CR, NEL, LS, PS) becomes LF; a tab stays; other control
 *   characters become a blank.
 * - In all other kinds, a line break and the blanks around it become one blank, and so does each control character and
 *   each special space. Lists of numbers keep one number per line, without empty lines.
 * - Valid decimals get their shortest form with a point (`3,50` becomes `3.5`), yes_no becomes `yes` or `no`, and
 *   choices become their code as the list spells it. Logins and passwords stay as typed.
 * Cleaning a text again changes nothing.
 */
struct str field_clean(struct arena *arena, const struct entity_field *field, struct str typed);
/* Cleans typed text that is no field of an entity in the same way: of several lines, or of one. */
struct str field_clean_text(struct arena *arena, struct str typed, bool lines);

/* The fault of a value; msgid NULL: no fault. `values` fill {1} and {2} of the text. */
struct field_fault {
    const struct msgid *msgid;
    struct str values[2];
    size_t count;
};
/*
 * Checks a cleaned value by kind and limit. An empty value is valid unless `required`, which the caller takes from the
 * table or from the configuration. Does not check whether a reference or an item of a picklist exists.
 */
struct field_fault field_check(struct arena *arena, const struct entity_field *field, bool required, struct str value);
/* Returns the fault in the user's language; empty: no fault. */
struct str field_fault_text(struct arena *arena, enum lang lang, const struct field_fault *fault);

/* Returns whether the database stores fields of this kind as a number that field_number_text formats. */
bool field_is_number(enum field_kind kind);
/* Returns such a number as people read it: a decimal or time in the format of the language, or yes or no. */
struct str field_number_text(struct arena *arena, enum lang lang, enum field_kind kind, int64_t number);

/* Returns the table that fields of this kind refer to; NULL: they refer to no entity. */
const char *field_table_literal(enum field_kind kind);
/* Returns whether fields of this kind refer to a row of another entity. */
bool field_is_reference(enum field_kind kind);

/*
 * Returns `tel:` with the characters that a phone understands, without the (0) of +46 (0)70; empty when too few are
 * left: fewer than five in what people type, fewer than three (112) in a number of the settings.
 */
#define PHONE_DIGITS_TYPED 5
#define PHONE_DIGITS_SET 3
struct str phone_link(struct arena *arena, struct str phone, size_t digits);
