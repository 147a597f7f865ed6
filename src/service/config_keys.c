/*
 * The settings of one value, and the lists of names, one row for each. The settings of the portal are written in the
 * order of the table.
 */
#include "service/config_parts.h"

#include "model/article_row_fields.h"
#include "model/case_fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum key_type { KEY_TEXT, KEY_BOOL, KEY_INT, KEY_SIZE, KEY_LANG, KEY_PRICES, KEY_NAMES };

static const struct {
    size_t size;
    const char *expected; /* the values of the type, for faults */
} TYPES[] = {
    [KEY_TEXT] = {sizeof(struct str), ""},
    [KEY_BOOL] = {sizeof(bool), "yes or no"},
    [KEY_INT] = {sizeof(int), "a number in its range (docs/configuration.md)"},
    [KEY_SIZE] = {sizeof(int64_t), "a number in its range (docs/configuration.md)"},
    [KEY_LANG] = {sizeof(enum lang), "sv or en"},
    [KEY_PRICES] = {sizeof(enum price_rule), "customer, always or never"},
    [KEY_NAMES] = {sizeof(struct config_names), ""},
};

struct key {
    const char *section, *name;
    const char *environment; /* the name after KUNDPORTAL_; NULL: no variable sets it */
    enum key_type type;
    size_t offset;
    const char *standard;
    int64_t min, max; /* limits of a number */
    bool portal;      /* administrators may change it in the browser */
    /* The names of a list: the fields that can be columns of a list, some more (NULL after the last), extra fields. */
    const struct entity *entity;
    const char *const *more;
    bool extra;
};

static const char *const CRITERIA[] = {"q", "status", "type", "priority", "customer", "object", "from", "to", NULL};
static const char *const COLUMNS[] = {"booked", "technician", "actions", NULL};
static const char *const ACTION_COLUMNS[] = {"total", NULL};

#define KEY(section_, name_, environment_, type_, member_, standard_)                                                  \
    .section = section_, .name = name_, .environment = environment_, .type = KEY_##type_,                              \
    .offset = offsetof(struct config, member_), .standard = standard_

static const struct key KEYS[] = {
    {KEY("server", "listen", "LISTEN", TEXT, listen, "127.0.0.1:8080")},
    {KEY("server", "base_url", "BASE_URL", TEXT, base_url, "")},
    {KEY("server", "allow_public", "ALLOW_PUBLIC", BOOL, allow_public, "no")},
    {KEY("server", "trusted_proxy", "TRUSTED_PROXY", TEXT, trusted_proxy, "")},
    {KEY("server", "metrics_from", "METRICS_FROM", TEXT, metrics_from, "loopback")},
    {KEY("server", "log_file", "LOG_FILE", TEXT, log_file, "")},
    {KEY("database", "url", "DATABASE", TEXT, database, "sqlite:./data/kundportal.db")},
    {KEY("database", "connections", "DATABASE_CONNECTIONS", INT, connections, "8"), .min = 1, .max = 64},
    {KEY("data", "folder", "DATA", TEXT, data, "./data")},
    {KEY("staff", "idle_minutes", "STAFF_IDLE_MINUTES", INT, staff_idle_minutes, "60"), .min = 1, .max = 1440},
    {KEY("staff", "hours", "STAFF_HOURS", INT, staff_hours, "12"), .min = 1, .max = 168},
    {KEY("staff", "fresh_minutes", "STAFF_FRESH_MINUTES", INT, staff_fresh_minutes, "10"), .min = 1, .max = 60},
    {KEY("staff", "second_factor", "STAFF_SECOND_FACTOR", BOOL, staff_second_factor, "no")},
    {KEY("mail", "smtp_url", "SMTP_URL", TEXT, smtp_url, "")},
    {KEY("mail", "smtp_user", "SMTP_USER", TEXT, smtp_user, "")},
    {KEY("mail", "smtp_password", "SMTP_PASSWORD", TEXT, smtp_password, "")},
    {KEY("mail", "from", "MAIL_FROM", TEXT, mail_from, "")},
    {KEY("attachments", "max_size", "ATTACHMENT_SIZE", SIZE, attachments.max_bytes, "25 MiB"), .min = 1,
     .max = INT64_C(1) << 30},
    {KEY("attachments", "max_film_size", "FILM_SIZE", SIZE, attachments.film_bytes, "100 MiB"), .min = 1,
     .max = INT64_C(1) << 30},
    {KEY("attachments", "download_only", "DOWNLOAD_ONLY", TEXT, attachments.downloads,
         "dwg, dxf, ifc, msg, eml, tif, tiff, dng, zip, rtf, csv")},
    {KEY("attachments", "max_count", "ATTACHMENT_COUNT", INT, attachment_count, "10"), .min = 1, .max = 100},
    {KEY("imports", "max_size", "IMPORT_SIZE", SIZE, import_bytes, "256 MiB"), .min = 1, .max = INT64_C(1) << 32},
    {KEY("limits", "cases_per_hour", "LIMIT_CASES", INT, cases_per_hour, "10000"), .min = 1, .max = 1000000},
    {KEY("limits", "unlinked_cases_per_hour", "LIMIT_UNLINKED_CASES", INT, unlinked_cases_per_hour, "50"), .min = 1,
     .max = 100000},
    {KEY("limits", "upload_per_day", "LIMIT_UPLOAD", SIZE, upload_bytes_per_day, "5120 MiB"), .min = 1,
     .max = INT64_C(1) << 40},
    {KEY("limits", "unlinked_upload_per_day", "LIMIT_UNLINKED_UPLOAD", SIZE, unlinked_upload_bytes_per_day, "1024 MiB"),
     .min = 1, .max = INT64_C(1) << 40},
    {KEY("limits", "draft_per_day", "LIMIT_DRAFT", SIZE, draft_bytes_per_day, "100 MiB"), .min = 1,
     .max = INT64_C(1) << 40},
    {KEY("limits", "exports_per_hour", "LIMIT_EXPORTS", INT, exports_per_hour, "10000"), .min = 1, .max = 1000000},
    {KEY("portal", "name", "NAME", TEXT, name, "Kundportal"), .portal = true},
    {KEY("portal", "logo", "LOGO", TEXT, logo, ""), .portal = true},
    {KEY("portal", "colour", "COLOUR", TEXT, colour, "#1d5b8f"), .portal = true},
    {KEY("portal", "contact_sv", "CONTACT_SV", TEXT, contact_text[LANG_SV], ""), .portal = true},
    {KEY("portal", "contact_en", "CONTACT_EN", TEXT, contact_text[LANG_EN], ""), .portal = true},
    {KEY("portal", "phone", "PHONE", TEXT, phone, ""), .portal = true},
    {KEY("portal", "emergency_phone", "EMERGENCY_PHONE", TEXT, emergency_phone, ""), .portal = true},
    {KEY("portal", "time_zone", "TIME_ZONE", TEXT, time_zone, "Europe/Stockholm")},
    {KEY("portal", "language", "LANGUAGE", LANG, language, "sv")},
    {KEY("portal", "data_language", "DATA_LANGUAGE", LANG, data_language, "sv")},
    {KEY("login", "registration", "REGISTRATION", BOOL, registration, "yes"), .portal = true},
    {KEY("login", "refuse_nordic_letters", "REFUSE_NORDIC_LETTERS", BOOL, refuse_nordic_letters, "yes"),
     .portal = true},
    {KEY("login", "password_min", "PASSWORD_MIN", INT, password_min, "8"), .min = 1, .max = 128, .portal = true},
    {KEY("login", "session_idle_minutes", "SESSION_IDLE_MINUTES", INT, session_idle_minutes, "480"), .min = 1,
     .max = 43200},
    {KEY("login", "session_days", "SESSION_DAYS", INT, session_days, "30"), .min = 1, .max = 365},
    {KEY("login", "hash_memory_kib", "HASH_MEMORY_KIB", INT, hash_memory_kib, "19456"), .min = 8, .max = 1048576},
    {KEY("login", "hash_passes", "HASH_PASSES", INT, hash_passes, "2"), .min = 1, .max = 10},
    {KEY("pages", "new_case", "PAGE_NEW_CASE", BOOL, page_new_case, "yes"), .portal = true},
    {KEY("pages", "actions", "PAGE_ACTIONS", BOOL, page_actions, "yes"), .portal = true},
    {KEY("pages", "invoices", "PAGE_INVOICES", BOOL, page_invoices, "yes"), .portal = true},
    {KEY("pages", "files", "PAGE_FILES", BOOL, page_files, "yes"), .portal = true},
    {KEY("pages", "dashboards", "PAGE_DASHBOARDS", BOOL, page_dashboards, "yes"), .portal = true},
    {KEY("logins", "contact", "LOGIN_CONTACT", BOOL, login_contact, "yes"), .portal = true},
    {KEY("logins", "customer", "LOGIN_CUSTOMER", BOOL, login_customer, "yes"), .portal = true},
    {KEY("logins", "object", "LOGIN_OBJECT", BOOL, login_object, "yes"), .portal = true},
    {KEY("dashboards", "months", "DASHBOARD_MONTHS", INT, dashboard_months, "3"), .min = 1, .max = 24, .portal = true},
    {KEY("invoices", "reject", "INVOICE_REJECT", BOOL, reject_specifications, "yes"), .portal = true},
    {KEY("invoices", "reject_comment", "INVOICE_REJECT_COMMENT", BOOL, reject_comment, "yes"), .portal = true},
    {KEY("notifications", "receipt", "NOTIFY_RECEIPT", BOOL, notify[NOTICE_RECEIPT], "yes"), .portal = true},
    {KEY("notifications", "booking", "NOTIFY_BOOKING", BOOL, notify[NOTICE_BOOKING], "yes"), .portal = true},
    {KEY("notifications", "finish", "NOTIFY_FINISH", BOOL, notify[NOTICE_FINISH], "yes"), .portal = true},
    {KEY("notifications", "message", "NOTIFY_MESSAGE", BOOL, notify[NOTICE_MESSAGE], "yes"), .portal = true},
    {KEY("notifications", "specification", "NOTIFY_SPECIFICATION", BOOL, notify[NOTICE_SPECIFICATION], "yes"),
     .portal = true},
    {KEY("notifications", "message_text", "MESSAGE_TEXT", BOOL, message_text, "no"), .portal = true},
    {KEY("notifications", "staff_names", "STAFF_NAMES", BOOL, staff_names, "no"), .portal = true},
    {KEY("notifications", "reminder_days", "REMINDER_DAYS", INT, reminder_days, "7"), .min = 0, .max = 365,
     .portal = true},
    {KEY("notifications", "booking_wait_seconds", "BOOKING_WAIT_SECONDS", INT, booking_wait_seconds, "60"), .min = 0,
     .max = 3600, .portal = true},
    {KEY("notifications", "staff_new_case", "STAFF_NEW_CASE", TEXT, staff_new_case, ""), .portal = true},
    {KEY("notifications", "staff_decision", "STAFF_DECISION", TEXT, staff_decision, ""), .portal = true},
    {KEY("case_search", "criteria", NULL, NAMES, criteria, "q, status, type, priority, customer, object, from, to"),
     .portal = true, .more = CRITERIA},
    {KEY("case_search", "columns", NULL, NAMES, columns, "number, title, status, type, object, created, actions"),
     .portal = true, .entity = &case_entity, .more = COLUMNS, .extra = true},
    {KEY("cases", "show_cancelled", "SHOW_CANCELLED", BOOL, show_cancelled, "no"), .portal = true},
    {KEY("cases", "booking_minutes", "BOOKING_MINUTES", INT, booking_minutes, "60"), .min = 1, .max = 1440,
     .portal = true},
    {KEY("actions", "columns", NULL, NAMES, action_columns,
         "date, title, description, action_code, article_type, quantity, unit, unit_price, discount, total"),
     .portal = true, .entity = &article_row_entity, .more = ACTION_COLUMNS},
    {KEY("actions", "prices", "PRICES", PRICES, prices, "customer"), .portal = true},
};
#define KEY_COUNT (sizeof KEYS / sizeof *KEYS)

const struct code_list price_rules = {
    (const struct code[]){
        [PRICE_OF_OWN_CUSTOMERS] = {"customer", _("Those linked to the customer of the case")},
        [PRICE_ALWAYS] = {"always", _("Everybody who sees the case")},
        [PRICE_NEVER] = {"never", _("Nobody")},
    },
    PRICE_NEVER + 1,
};

static const struct key *find_key(struct str section, struct str name)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (str_eqz(section, KEYS[i].section) && str_eqz(name, KEYS[i].name))
            return &KEYS[i];
    }
    return NULL;
}

bool config_known(struct str section, struct str key, bool portal)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (str_eqz(section, KEYS[i].section) && (!key.n || str_eqz(key, KEYS[i].name)) && (!portal || KEYS[i].portal))
            return true;
    }
    return false;
}

static struct str key_name(const struct config *config, const struct key *list, size_t at)
{
    size_t i = 0;
    for (; list->entity && entity_listed(list->entity, i); i++) {
        if (i == at)
            return str_of(entity_listed(list->entity, i)->name);
    }
    at -= i;
    for (i = 0; list->more[i]; i++) {
        if (i == at)
            return str_of(list->more[i]);
    }
    at -= i;
    for (i = 0; list->extra && i < config->field_count; i++) {
        if (config->fields[i].key.n && at-- == 0)
            return config->fields[i].name;
    }
    return STR_NONE;
}

struct str config_known_name(const struct config *config, struct str section, struct str key, size_t at)
{
    return key_name(config, find_key(section, key), at);
}

struct str config_fixed_by(struct arena *arena, struct str section, struct str key)
{
    const struct key *known = find_key(section, key);
    bool named = known && known->environment;
    struct str name = named ? arena_printf(arena, "KUNDPORTAL_%s", known->environment) : STR_NONE;
    return name.n && getenv(name.p) ? name : STR_NONE;
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

bool config_bool(struct str value, bool *result)
{
    static const char *const yes[] = {"yes", "true", "on", "1"};
    static const char *const no[] = {"no", "false", "off", "0"};
    for (size_t i = 0; i < 4; i++) {
        if (str_eq_nocase(value, str_of(yes[i])) || str_eq_nocase(value, str_of(no[i]))) {
            *result = str_eq_nocase(value, str_of(yes[i]));
            return true;
        }
    }
    return false;
}

/* Reads a size: `10 MiB`, `500 KiB`, or bytes. */
static bool parse_size(struct str value, int64_t *bytes)
{
    int64_t unit = 1;
    struct str digits = value;
    if (str_ends(value, STR("MiB")) || str_ends(value, STR("KiB"))) {
        unit = str_ends(value, STR("MiB")) ? 1024 * 1024 : 1024;
        digits = str_trim(str_slice(value, 0, value.n - 3));
    }
    return str_to_int(digits, bytes) && !__builtin_mul_overflow(*bytes, unit, bytes);
}

static bool set_value(struct config *config, const struct key *key, struct str value)
{
    void *member = (char *)config + key->offset;
    int64_t number = 0;
    switch (key->type) {
    case KEY_TEXT:
        *(struct str *)member = value;
        return true;
    case KEY_BOOL:
        return config_bool(value, member);
    case KEY_LANG:
        return lang_parse(value, member);
    case KEY_PRICES:
        number = code_find(&price_rules, value);
        *(enum price_rule *)member = number < 0 ? PRICE_NEVER : (enum price_rule)number;
        return number >= 0;
    case KEY_INT:
        if (!str_to_int(value, &number) || number < key->min || number > key->max)
            return false;
        *(int *)member = (int)number;
        return true;
    case KEY_SIZE:
        if (!parse_size(value, &number) || number < key->min || number > key->max)
            return false;
        *(int64_t *)member = number;
        return true;
    case KEY_NAMES:
        break; /* config_lists reads them when the fields of the form are known */
    }
    return true;
}

void config_keys_default(struct config *config)
{
    for (size_t i = 0; i < KEY_COUNT; i++)
        (void)set_value(config, &KEYS[i], str_of(KEYS[i].standard));
}

void config_keys_environment(struct config_loading *loading)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        struct ini_entry entry = {.section = str_of(KEYS[i].section), .key = str_of(KEYS[i].name)};
        entry.place = config_fixed_by(loading->arena, entry.section, entry.key);
        if (!entry.place.n)
            continue;
        entry.value = arena_str(loading->arena, str_of(getenv(entry.place.p)));
        if (utf8_valid(entry.value))
            ini_add(loading, entry);
        else
            config_fault(loading, entry.place, "the value is not UTF-8 text");
    }
}

void config_keys_apply(struct config_loading *loading)
{
    for (size_t i = 0; i < loading->ini.count; i++) {
        const struct ini_entry *entry = &loading->ini.entries[i];
        const struct key *key = find_key(entry->section, entry->key);
        if (key && !set_value(loading->config, key, entry->value))
            config_fault(loading, entry->place, "%s must be %s, found \"%.*s\"", key->name, TYPES[key->type].expected,
                         STR_FMT(entry->value));
    }
}

static bool name_known(const struct config *config, const struct key *list, struct str name)
{
    for (size_t i = 0; key_name(config, list, i).n; i++) {
        if (str_eq(name, key_name(config, list, i)))
            return true;
    }
    return false;
}

static void read_names(struct config_loading *loading, const struct key *list)
{
    const struct ini_entry *entry = ini_find(&loading->ini, str_of(list->section), str_of(list->name));
    struct str place = entry ? entry->place : str_of(list->section), *names;
    size_t count = config_split(loading->arena, entry ? entry->value : str_of(list->standard), ',', &names);
    if (!count)
        config_fault(loading, place, "%s must not be empty", list->name);
    for (size_t i = 0; i < count; i++) {
        if (!name_known(loading->config, list, names[i]))
            config_fault(loading, place, "unknown name %.*s in %s", STR_FMT(names[i]), list->name);
        for (size_t j = 0; j < i; j++) {
            if (str_eq(names[i], names[j]))
                config_fault(loading, place, "%.*s is there twice in %s", STR_FMT(names[i]), list->name);
        }
    }
    *(struct config_names *)((char *)loading->config + list->offset) = (struct config_names){names, count};
}

void config_lists(struct config_loading *loading)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (KEYS[i].type == KEY_NAMES)
            read_names(loading, &KEYS[i]);
    }
}

/* --- the settings of the portal ----------------------------------------------------------------------------------- */

void config_keys_copy(const struct config *from, struct config *to)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (KEYS[i].portal)
            memcpy((char *)to + KEYS[i].offset, (const char *)from + KEYS[i].offset, TYPES[KEYS[i].type].size);
    }
}

struct str config_join(struct arena *arena, const struct str *names, size_t count)
{
    struct buf list;
    buf_init(&list, arena);
    for (size_t i = 0; i < count; i++) {
        buf_z(&list, i ? ", " : "");
        buf_str(&list, names[i]);
    }
    return buf_text(&list);
}

struct str config_value(struct arena *arena, const struct config *config, struct str section, struct str name)
{
    const struct key *key = find_key(section, name);
    const void *member = (const char *)config + key->offset;
    switch (key->type) {
    case KEY_TEXT:
        return *(const struct str *)member;
    case KEY_BOOL:
        return *(const bool *)member ? STR("yes") : STR("no");
    case KEY_INT:
        return arena_printf(arena, "%d", *(const int *)member);
    case KEY_PRICES:
        return str_of(code_name(&price_rules, *(const enum price_rule *)member));
    case KEY_NAMES: {
        const struct config_names *names = member;
        return config_join(arena, names->items, names->count);
    }
    case KEY_SIZE:
    case KEY_LANG:
        break; /* the portal has no settings of these kinds */
    }
    return STR_NONE;
}

struct str config_text(struct arena *arena, const struct config *config)
{
    struct config written = *config;
    struct str section = STR_NONE;
    struct buf out;
    buf_init(&out, arena);
    written.logo = config->logo_bytes.n ? config_logo_data(arena, config->logo_bytes) : STR_NONE;
    for (size_t i = 0; i < KEY_COUNT; i++) {
        const struct key *key = &KEYS[i];
        if (!key->portal)
            continue;
        if (!str_eqz(section, key->section)) {
            if (strcmp(key->section, "case_search") == 0)
                config_form_write(&out, arena, config);
            buf_printf(&out, "%s[%s]\n", out.n ? "\n" : "", key->section);
        }
        section = str_of(key->section);
        config_write_line(&out, key->name, config_value(arena, &written, section, str_of(key->name)));
    }
    return buf_text(&out);
}
