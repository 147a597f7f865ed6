#include "staff/users/audit_told.h"

#include "base/buf.h"
#include "model/article_fields.h"
#include "model/case_fields.h"
#include "model/contact_fields.h"
#include "model/customer_fields.h"
#include "model/object_fields.h"
#include "model/specification_fields.h"

/* --- subjects ----------------------------------------------------------------------------------------------------- */

/* What a subject is: its first word, and a text with the number that follows. */
static const struct {
    const char *code;
    const struct msgid *text;
    const struct entity *entity; /* whose fields a detail names; NULL: none */
} THINGS[] = {
    {"case", _("Case {1}"), &case_entity},
    {"customer", _("Customer {1}"), &customer_entity},
    {"customers", _("Customer {1}"), &customer_entity},
    {"object", _("Object {1}"), &object_entity},
    {"objects", _("Object {1}"), &object_entity},
    {"contacts", _("Contact {1}"), &contact_entity},
    {"articles", _("Article {1}"), &article_entity},
    {"import", _("Import {1}"), NULL},
};

/* Lists whose columns staff chose, and other names that stand alone. */
static const struct {
    const char *code;
    const struct msgid *text;
} NAMES[] = {
    {"cases", _("Cases")},
    {"invoices", _("Invoice specifications")},
    {"customers", _("Customers")},
    {"objects", _("Objects")},
    {"contacts", _("Contacts")},
    {"articles", _("Articles")},
    {"accounts", _("Accounts")},
    {"files", _("Files")},
    {"users", _("Users")},
    {"audit", _("Audit")},
    {"article rows", _("Article rows")},
    {"recovery code", _("Recovery code")},
    {"wrong address or password", _("Wrong address or password")},
    /* which mails are sent */
    {"all", _("All mails")},
    {"none", _("No mails")},
    {"receipt", _("When a case has been received")},
    {"booking", _("When a time is booked, changed or cancelled")},
    {"finish", _("When a case is finished or cancelled")},
    {"message", _("When we write a message")},
    {"new_cases", _("When a new case comes in")},
    {"messages", _("When a customer writes about a case where nothing waits yet")},
    {"decisions", _("When a customer approves or rejects an invoice specification")},
    {"specification", _("When an invoice specification waits for approval")},
};

static struct str told_name(enum lang lang, struct str code)
{
    static const struct code_list *const LISTS[] = {&picklists, &case_statuses, &staff_roles};
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        if (str_eqz(code, NAMES[i].code))
            return tr(lang, NAMES[i].text);
    }
    for (size_t i = 0; i < COUNT_OF(LISTS); i++) {
        const struct msgid *label = code_label_of(LISTS[i], code);
        if (label && code.n)
            return tr(lang, label);
    }
    return code;
}

/* Splits `case C1: fields` into its thing, number and part. Returns false when it begins with no thing. */
static bool told_split(struct str subject, size_t *thing, struct str *number, struct str *part)
{
    struct str rest = subject, word;
    if (!str_cut(&rest, ' ', &word) || !rest.n)
        return false;
    for (*thing = 0; *thing < COUNT_OF(THINGS); ++*thing) {
        if (!str_eqz(word, THINGS[*thing].code))
            continue;
        ptrdiff_t colon = str_find(rest, STR(": "));
        *number = colon < 0 ? rest : str_slice(rest, 0, (size_t)colon);
        *part = colon < 0 ? STR_NONE : str_slice(rest, (size_t)colon + 2, rest.n);
        return true;
    }
    return false;
}

struct str audit_subject_text(struct arena *arena, enum lang lang, struct str action, struct str subject)
{
    size_t thing = 0;
    struct str number, part;
    if (str_eqz(action, "list_changed") || str_eqz(action, "picklist_changed"))
        return told_name(lang, subject);
    if (!told_split(subject, &thing, &number, &part))
        return subject;
    struct str text = tr_fill(arena, lang, THINGS[thing].text, &number, 1);
    if (!part.n || str_eqz(part, "fields"))
        return text;
    return arena_printf(arena, "%.*s: %.*s", STR_FMT(text), STR_FMT(told_name(lang, part)));
}

/* --- details ------------------------------------------------------------------------------------------------------ */

static struct str told_field_of(enum lang lang, const struct entity *entity, struct str name)
{
    for (size_t i = 0; i < entity->count; i++) {
        if (str_eqz(name, entity->fields[i].name))
            return tr(lang, entity->fields[i].label);
    }
    return STR_NONE;
}

/* Returns the entity of a register's row, or of a register's list. */
static const struct entity *told_entity(struct str subject)
{
    struct str rest = subject, word = STR_NONE;
    (void)str_cut(&rest, ' ', &word);
    for (size_t i = 0; i < COUNT_OF(THINGS); i++) {
        if (str_eqz(word, THINGS[i].code))
            return THINGS[i].entity;
    }
    return NULL;
}

/* Returns the label of a field: of the entity, or of the first that has it. */
static struct str told_field(enum lang lang, const struct entity *entity, struct str name)
{
    static const struct entity *const OTHERS[] = {&case_entity,   &specification_entity, &customer_entity,
                                                  &object_entity, &contact_entity,       &article_entity};
    struct str label = entity ? told_field_of(lang, entity, name) : STR_NONE;
    for (size_t i = 0; !label.n && i < COUNT_OF(OTHERS); i++)
        label = told_field_of(lang, OTHERS[i], name);
    return label.n ? label : name;
}

/* What an import did to each of its files: `cases.csv: 1 new, 2 changed, 0 unchanged; …`. */
static struct str told_import(struct arena *arena, enum lang lang, struct str detail)
{
    struct str rest = detail, file, values[4];
    struct buf out;
    buf_init(&out, arena);
    while (str_cut(&rest, ';', &file)) {
        static const char *const ENDS[] = {": ", " new, ", " changed, ", " unchanged"};
        file = str_trim(file);
        for (size_t i = 0; i < COUNT_OF(ENDS); i++) {
            ptrdiff_t end = str_find(file, str_of(ENDS[i]));
            if (end < 0)
                return detail;
            values[i] = str_slice(file, 0, (size_t)end);
            file = str_slice(file, (size_t)end + str_of(ENDS[i]).n, file.n);
        }
        buf_z(&out, out.n ? "; " : "");
        buf_str(&out, tr_fill(arena, lang, _("{1}: {2} new, {3} changed, {4} unchanged"), values, 4));
        buf_str(&out, file);
    }
    return buf_text(&out);
}

/* Why an import was not undone. */
static struct str told_in_the_way(struct arena *arena, enum lang lang, struct str detail)
{
    struct str rest = detail, number;
    int64_t count = 0;
    bool counted = str_cut(&rest, ' ', &number) && str_to_int(number, &count) && str_ends(detail, STR(" in the way"));
    return counted ? tr_n(arena, lang, _("{n} thing is in the way"), _("{n} things are in the way"), count)
                   : told_import(arena, lang, detail);
}

struct str audit_detail_text(struct arena *arena, enum lang lang, struct str action, struct str subject,
                             struct str detail)
{
    struct str name, rest = detail;
    bool fields = str_starts(action, STR("register_row_")) || str_eqz(action, "list_changed");
    bool mails = str_eqz(action, "mails_chosen");
    struct buf out;
    buf_init(&out, arena);
    if (str_starts(action, STR("import_")))
        return told_in_the_way(arena, lang, detail);
    if (!fields && !mails)
        return str_eqz(action, "case_added") || str_eqz(action, "view_as_begin") ? detail : told_name(lang, detail);
    const struct entity *entity = told_entity(subject);
    char between = mails && str_starts(detail, STR("off:")) ? ' ' : ',';
    if (between == ' ') {
        buf_str(&out, tr(lang, _("Not:")));
        rest = str_slice(detail, 5, detail.n);
    }
    while (str_cut(&rest, between, &name)) {
        name = str_trim(name);
        buf_z(&out, !out.n ? "" : out.p[out.n - 1] == ':' ? " " : ", ");
        buf_str(&out, mails ? told_name(lang, name) : told_field(lang, entity, name));
    }
    return buf_text(&out);
}
