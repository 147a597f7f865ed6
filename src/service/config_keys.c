/* The scalar settings, one row for each. */
#include "service/config_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum key_type { KEY_TEXT, KEY_BOOL, KEY_INT, KEY_SIZE, KEY_LANG, KEY_PRICES };

struct key {
    const char *section, *name;
    const char *environment; /* the name after KUNDPORTAL_ */
    enum key_type type;
    size_t offset;
    const char *standard;
    int64_t min, max; /* limits of a number */
    bool portal;      /* administrators may change it in the browser */
};

#define AT(member) offsetof(struct config, member)

static const struct key KEYS[] = {
    {"server", "listen", "LISTEN", KEY_TEXT, AT(listen), "127.0.0.1:8080", 0, 0, false},
    {"server", "base_url", "BASE_URL", KEY_TEXT, AT(base_url), "", 0, 0, false},
    {"server", "allow_public", "ALLOW_PUBLIC", KEY_BOOL, AT(allow_public), "no", 0, 0, false},
    {"server", "trusted_proxy", "TRUSTED_PROXY", KEY_TEXT, AT(trusted_proxy), "", 0, 0, false},
    {"server", "metrics_from", "METRICS_FROM", KEY_TEXT, AT(metrics_from), "loopback", 0, 0, false},
    {"server", "log_file", "LOG_FILE", KEY_TEXT, AT(log_file), "", 0, 0, false},
    {"database", "url", "DATABASE", KEY_TEXT, AT(database), "sqlite:./data/kundportal.db", 0, 0, false},
    {"database", "connections", "DATABASE_CONNECTIONS", KEY_INT, AT(connections), "8", 1, 64, false},
    {"data", "folder", "DATA", KEY_TEXT, AT(data), "./data", 0, 0, false},
    {"portal", "name", "NAME", KEY_TEXT, AT(name), "Kundportal", 0, 0, true},
    {"portal", "logo", "LOGO", KEY_TEXT, AT(logo), "", 0, 0, true},
    {"portal", "colour", "COLOUR", KEY_TEXT, AT(colour), "#1d5b8f", 0, 0, true},
    {"portal", "contact_sv", "CONTACT_SV", KEY_TEXT, AT(contact_text[LANG_SV]), "", 0, 0, true},
    {"portal", "contact_en", "CONTACT_EN", KEY_TEXT, AT(contact_text[LANG_EN]), "", 0, 0, true},
    {"portal", "time_zone", "TIME_ZONE", KEY_TEXT, AT(time_zone), "Europe/Stockholm", 0, 0, false},
    {"portal", "language", "LANGUAGE", KEY_LANG, AT(language), "sv", 0, 0, false},
    {"login", "registration", "REGISTRATION", KEY_BOOL, AT(registration), "yes", 0, 0, true},
    {"login", "refuse_nordic_letters", "REFUSE_NORDIC_LETTERS", KEY_BOOL, AT(refuse_nordic_letters), "yes", 0, 0, true},
    {"login", "password_min", "PASSWORD_MIN", KEY_INT, AT(password_min), "8", 1, 128, true},
    {"login", "session_idle_minutes", "SESSION_IDLE_MINUTES", KEY_INT, AT(session_idle_minutes), "480", 1, 43200,
     false},
    {"login", "session_days", "SESSION_DAYS", KEY_INT, AT(session_days), "30", 1, 365, false},
    {"login", "hash_memory_kib", "HASH_MEMORY_KIB", KEY_INT, AT(hash_memory_kib), "19456", 8, 1048576, false},
    {"login", "hash_passes", "HASH_PASSES", KEY_INT, AT(hash_passes), "2", 1, 10, false},
    {"staff", "idle_minutes", "STAFF_IDLE_MINUTES", KEY_INT, AT(staff_idle_minutes), "60", 1, 1440, false},
    {"staff", "hours", "STAFF_HOURS", KEY_INT, AT(staff_hours), "12", 1, 168, false},
    {"staff", "fresh_minutes", "STAFF_FRESH_MINUTES", KEY_INT, AT(staff_fresh_minutes), "10", 1, 60, false},
    {"staff", "second_factor", "STAFF_SECOND_FACTOR", KEY_BOOL, AT(staff_second_factor), "no", 0, 0, false},
    {"mail", "smtp_url", "SMTP_URL", KEY_TEXT, AT(smtp_url), "", 0, 0, false},
    {"mail", "smtp_user", "SMTP_USER", KEY_TEXT, AT(smtp_user), "", 0, 0, false},
    {"mail", "smtp_password", "SMTP_PASSWORD", KEY_TEXT, AT(smtp_password), "", 0, 0, false},
    {"mail", "from", "MAIL_FROM", KEY_TEXT, AT(mail_from), "", 0, 0, false},
    {"attachments", "max_size", "ATTACHMENT_SIZE", KEY_SIZE, AT(attachment_bytes), "10 MiB", 1, INT64_C(1) << 30,
     false},
    {"attachments", "max_count", "ATTACHMENT_COUNT", KEY_INT, AT(attachment_count), "10", 1, 100, false},
    {"imports", "max_size", "IMPORT_SIZE", KEY_SIZE, AT(import_bytes), "256 MiB", 1, INT64_C(1) << 32, false},
    {"notifications", "receipt", "NOTIFY_RECEIPT", KEY_BOOL, AT(notify[NOTICE_RECEIPT]), "yes", 0, 0, true},
    {"notifications", "booking", "NOTIFY_BOOKING", KEY_BOOL, AT(notify[NOTICE_BOOKING]), "yes", 0, 0, true},
    {"notifications", "finish", "NOTIFY_FINISH", KEY_BOOL, AT(notify[NOTICE_FINISH]), "yes", 0, 0, true},
    {"notifications", "message", "NOTIFY_MESSAGE", KEY_BOOL, AT(notify[NOTICE_MESSAGE]), "yes", 0, 0, true},
    {"notifications", "booking_wait_seconds", "BOOKING_WAIT_SECONDS", KEY_INT, AT(booking_wait_seconds), "60", 0, 3600,
     true},
    {"notifications", "staff_new_case", "STAFF_NEW_CASE", KEY_TEXT, AT(staff_new_case), "", 0, 0, true},
    {"actions", "prices", "PRICES", KEY_PRICES, AT(prices), "customer", 0, 0, true},
    {"invoices", "reject", "INVOICE_REJECT", KEY_BOOL, AT(reject_specifications), "yes", 0, 0, true},
    {"invoices", "reject_comment", "INVOICE_REJECT_COMMENT", KEY_BOOL, AT(reject_comment), "yes", 0, 0, true},
    {"pages", "new_case", "PAGE_NEW_CASE", KEY_BOOL, AT(page_new_case), "yes", 0, 0, true},
    {"pages", "actions", "PAGE_ACTIONS", KEY_BOOL, AT(page_actions), "yes", 0, 0, true},
    {"pages", "invoices", "PAGE_INVOICES", KEY_BOOL, AT(page_invoices), "yes", 0, 0, true},
    {"pages", "files", "PAGE_FILES", KEY_BOOL, AT(page_files), "yes", 0, 0, true},
    {"pages", "dashboards", "PAGE_DASHBOARDS", KEY_BOOL, AT(page_dashboards), "yes", 0, 0, true},
    {"logins", "contact", "LOGIN_CONTACT", KEY_BOOL, AT(login_contact), "yes", 0, 0, true},
    {"logins", "customer", "LOGIN_CUSTOMER", KEY_BOOL, AT(login_customer), "yes", 0, 0, true},
    {"logins", "object", "LOGIN_OBJECT", KEY_BOOL, AT(login_object), "yes", 0, 0, true},
    {"dashboards", "months", "DASHBOARD_MONTHS", KEY_INT, AT(dashboard_months), "3", 1, 24, true},
};
#define KEY_COUNT (sizeof KEYS / sizeof *KEYS)

static const struct key *find_key(struct str section, struct str name)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (str_eqz(section, KEYS[i].section) && str_eqz(name, KEYS[i].name))
            return &KEYS[i];
    }
    return NULL;
}

bool config_key_known(struct str section, struct str key)
{
    return find_key(section, key) != NULL;
}

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

static bool set_prices(enum price_rule *rule, struct str value)
{
    if (str_eqz(value, "customer"))
        *rule = PRICE_OF_OWN_CUSTOMERS;
    else if (str_eqz(value, "always"))
        *rule = PRICE_ALWAYS;
    else if (str_eqz(value, "never"))
        *rule = PRICE_NEVER;
    else
        return false;
    return true;
}

static const char *expected(enum key_type type)
{
    switch (type) {
    case KEY_BOOL:
        return "yes or no";
    case KEY_LANG:
        return "sv or en";
    case KEY_PRICES:
        return "customer, always or never";
    case KEY_TEXT:
    case KEY_INT:
    case KEY_SIZE:
        break;
    }
    return "a number in its range (docs/configuration.md)";
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
        return set_prices(member, value);
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
    }
    return false;
}

static void set_or_fault(struct config_loading *loading, const struct key *key, const struct ini_entry *entry)
{
    if (!set_value(loading->config, key, entry->value))
        config_fault(loading, entry->place, "%s must be %s, found \"%.*s\"", key->name, expected(key->type),
                     STR_FMT(entry->value));
}

void config_keys_default(struct config_loading *loading)
{
    for (size_t i = 0; i < KEY_COUNT; i++)
        (void)set_value(loading->config, &KEYS[i], str_of(KEYS[i].standard));
}

void config_keys_environment(struct config_loading *loading)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        struct str name = arena_printf(loading->arena, "KUNDPORTAL_%s", KEYS[i].environment);
        const char *value = getenv(name.p);
        if (!value)
            continue;
        struct str copy = arena_str(loading->arena, str_of(value));
        if (!utf8_valid(copy)) {
            config_fault(loading, name, "the value is not UTF-8 text");
            continue;
        }
        ini_add(loading,
                (struct ini_entry){
                    .section = str_of(KEYS[i].section), .key = str_of(KEYS[i].name), .value = copy, .place = name});
    }
}

void config_keys_apply(struct config_loading *loading)
{
    for (size_t i = 0; i < loading->ini.count; i++) {
        const struct ini_entry *entry = &loading->ini.entries[i];
        const struct key *key = find_key(entry->section, entry->key);
        if (key)
            set_or_fault(loading, key, entry);
    }
}

/* --- the settings of the portal ----------------------------------------------------------------------------------- */

bool config_is_form(struct str section)
{
    return str_eqz(section, "case_form") || str_starts(section, STR("field.")) || str_starts(section, STR("extra."));
}

bool config_is_portal(struct str section, struct str key)
{
    if (config_is_form(section) || str_eqz(section, "case_search") ||
        (str_eqz(section, "actions") && str_eqz(key, "columns")))
        return true;
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (KEYS[i].portal && str_eqz(section, KEYS[i].section) && (!key.n || str_eqz(key, KEYS[i].name)))
            return true;
    }
    return false;
}

size_t ini_keep_portal(struct ini *ini)
{
    size_t kept = 0, left_out = 0;
    for (size_t i = 0; i < ini->count; i++) {
        const struct ini_entry entry = ini->entries[i];
        if (config_is_portal(entry.section, entry.key))
            ini->entries[kept++] = entry;
        else
            left_out += entry.key.n > 0;
    }
    ini->count = kept;
    return left_out;
}

struct str config_fixed_by(struct arena *arena, struct str section, struct str key)
{
    const struct key *known = find_key(section, key);
    struct str name = known ? arena_printf(arena, "KUNDPORTAL_%s", known->environment) : STR_NONE;
    return name.n && getenv(name.p) ? name : STR_NONE;
}

static size_t size_of(enum key_type type)
{
    switch (type) {
    case KEY_TEXT:
        return sizeof(struct str);
    case KEY_BOOL:
        return sizeof(bool);
    case KEY_INT:
        return sizeof(int);
    case KEY_SIZE:
        return sizeof(int64_t);
    case KEY_LANG:
        return sizeof(enum lang);
    case KEY_PRICES:
        break;
    }
    return sizeof(enum price_rule);
}

void config_keys_copy(const struct config *from, struct config *to)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (KEYS[i].portal)
            memcpy((char *)to + KEYS[i].offset, (const char *)from + KEYS[i].offset, size_of(KEYS[i].type));
    }
}

const char *config_price_name(enum price_rule rule)
{
    static const char *const names[] = {
        [PRICE_OF_OWN_CUSTOMERS] = "customer", [PRICE_ALWAYS] = "always", [PRICE_NEVER] = "never"};
    return names[rule];
}

static void write_key(struct buf *out, const struct config *config, const struct key *key)
{
    const void *member = (const char *)config + key->offset;
    char number[16];
    switch (key->type) {
    case KEY_TEXT:
        config_write_line(out, key->name, *(const struct str *)member);
        break;
    case KEY_BOOL:
        config_write_line(out, key->name, *(const bool *)member ? STR("yes") : STR("no"));
        break;
    case KEY_INT:
        (void)snprintf(number, sizeof number, "%d", *(const int *)member);
        config_write_line(out, key->name, str_of(number));
        break;
    case KEY_PRICES:
        config_write_line(out, key->name, str_of(config_price_name(*(const enum price_rule *)member)));
        break;
    case KEY_SIZE:
    case KEY_LANG:
        break; /* the portal has no settings of these kinds */
    }
}

void config_keys_write(struct buf *out, const struct config *config, const char *section)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (KEYS[i].portal && str_eqz(str_of(KEYS[i].section), section))
            write_key(out, config, &KEYS[i]);
    }
}
