/* Checks the settings that refer to something outside the file: addresses, time zone, colour, logo. */
#include "base/clock.h"
#include "service/config_parts.h"
#include "service/mail.h"

#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define LOGO_HEAD 4096
#define CONTACT_LENGTH 1000
#define PHONE_LENGTH 40

static struct str setting_place(const struct config_loading *loading, const char *section, const char *key)
{
    const struct ini_entry *entry = ini_find(&loading->ini, str_of(section), str_of(key));
    return entry ? entry->place : arena_printf(loading->arena, "%s.%s", section, key);
}

static bool has_port(struct str address)
{
    int64_t port = -1;
    for (size_t i = address.n; i > 0; i--) {
        if (address.p[i - 1] == ':')
            return i > 1 && str_to_int(str_slice(address, i, address.n), &port) && port >= 0 && port <= 65535;
    }
    return false;
}

static void check_listen(struct config_loading *loading)
{
    const struct config *config = loading->config;
    if (!str_starts(config->listen, STR("unix:/")) && !has_port(config->listen))
        config_fault(loading, setting_place(loading, "server", "listen"),
                     "listen must be ADDRESS:PORT or unix:/PATH, found \"%.*s\"", STR_FMT(config->listen));
    if (!str_eqz(config->metrics_from, "loopback") && !str_eqz(config->metrics_from, "any"))
        config_fault(loading, setting_place(loading, "server", "metrics_from"), "metrics_from must be loopback or any");
}

static bool plain_url(struct str rest)
{
    for (size_t i = 0; i < rest.n; i++) {
        unsigned char c = (unsigned char)rest.p[i];
        if (c <= 0x20 || c >= 0x7f || c == '"' || c == '<' || c == '>' || c == '\\' || c == '?' || c == '#' || c == '@')
            return false;
    }
    return rest.n > 0;
}

static void check_base_url(struct config_loading *loading)
{
    struct config *config = loading->config;
    if (!config->base_url.n) {
        bool socket = str_starts(config->listen, STR("unix:"));
        config->base_url =
            socket ? STR("http://localhost") : arena_printf(loading->arena, "http://%.*s", STR_FMT(config->listen));
        return;
    }
    while (str_ends(config->base_url, STR("/")))
        config->base_url.n--;
    config->https = str_starts(config->base_url, STR("https://"));
    struct str rest = str_slice(config->base_url, config->https ? 8 : 7, config->base_url.n);
    bool scheme = config->https || str_starts(config->base_url, STR("http://"));
    if (!scheme || !plain_url(rest) || str_find_char(rest, '/') >= 0)
        config_fault(loading, setting_place(loading, "server", "base_url"),
                     "base_url must be http://HOST or https://HOST, without a path, found \"%.*s\"",
                     STR_FMT(config->base_url));
}

static bool colour_valid(struct str colour)
{
    bool ok = colour.n == 7 && colour.p[0] == '#';
    for (size_t i = 1; ok && i < colour.n; i++)
        ok = isxdigit((unsigned char)colour.p[i]) != 0;
    return ok;
}

static void check_zone(struct config_loading *loading)
{
    const struct config *config = loading->config;
    char *zone = arena_z(loading->arena, config->time_zone);
    if (strlen(zone) != config->time_zone.n || !clock_set_zone(zone))
        config_fault(loading, setting_place(loading, "portal", "time_zone"), "unknown time zone \"%.*s\"",
                     STR_FMT(config->time_zone));
}

/* A phone number is a link that dials, so it needs digits; it may have a word beside them. */
static void check_phone(struct config_loading *loading, const char *key, struct str phone)
{
    if (phone.n && (utf8_count(phone) > PHONE_LENGTH || !phone_link(loading->arena, phone, PHONE_DIGITS_SET).n))
        config_fault(loading, setting_place(loading, "portal", key),
                     "%s must be a phone number of at most %d characters, found \"%.*s\"", key, PHONE_LENGTH,
                     STR_FMT(phone));
}

static void check_portal(struct config_loading *loading)
{
    static const char *const contacts[LANG_COUNT] = {[LANG_SV] = "contact_sv", [LANG_EN] = "contact_en"};
    const struct config *config = loading->config;
    if (!config->name.n || utf8_count(config->name) > 80)
        config_fault(loading, setting_place(loading, "portal", "name"), "name must have 1 to 80 characters");
    if (!colour_valid(config->colour))
        config_fault(loading, setting_place(loading, "portal", "colour"), "colour must be like #1d5b8f, found \"%.*s\"",
                     STR_FMT(config->colour));
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        if (utf8_count(config->contact_text[lang]) > CONTACT_LENGTH)
            config_fault(loading, setting_place(loading, "portal", contacts[lang]), "%s has more than %d characters",
                         contacts[lang], CONTACT_LENGTH);
    }
    check_phone(loading, "phone", config->phone);
    check_phone(loading, "emergency_phone", config->emergency_phone);
    if (!loading->running)
        check_zone(loading);
    if (!config->login_contact && !config->login_customer && !config->login_object)
        config_fault(loading, setting_place(loading, "logins", "contact"), "at least one kind of login must be on");
}

const char *config_logo_type(struct str bytes)
{
    struct str text = bytes;
    if (str_starts(bytes, STR("\x89PNG\r\n\x1a\n")))
        return "image/png";
    if (str_starts(bytes, STR("\xff\xd8\xff")))
        return "image/jpeg";
    if (str_starts(bytes, STR("RIFF")) && str_eqz(str_slice(bytes, 8, 12), "WEBP"))
        return "image/webp";
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_slice(text, 3, text.n);
    text = str_trim(text);
    bool xml = str_starts(text, STR("<?xml")) || str_starts(text, STR("<!--")) || str_starts(text, STR("<svg"));
    return xml && str_find(str_slice(text, 0, LOGO_HEAD), STR("<svg")) >= 0 ? "image/svg+xml" : NULL;
}

/* Returns the path of the logo. A relative path starts at the folder of the settings file. */
static struct str logo_path(const struct config_loading *loading)
{
    struct str logo = loading->config->logo, file = loading->config->file;
    size_t folder = file.n;
    while (folder > 0 && file.p[folder - 1] != '/')
        folder--;
    if (str_starts(logo, STR("/")) || !folder)
        return logo;
    return arena_printf(loading->arena, "%.*s%.*s", (int)folder, file.p, STR_FMT(logo));
}

static bool read_logo(struct config_loading *loading, struct str place, struct str path, struct str *bytes)
{
    FILE *file = fopen(arena_z(loading->arena, path), "rbe");
    if (!file) {
        config_fault(loading, place, "logo %.*s cannot be read", STR_FMT(path));
        return false;
    }
    char *content = arena_alloc(loading->arena, CONFIG_LOGO_BYTES + 1);
    size_t n = fread(content, 1, CONFIG_LOGO_BYTES + 1, file);
    (void)fclose(file);
    *bytes = (struct str){content, n};
    return true;
}

struct str config_logo_data(struct arena *arena, struct str bytes)
{
    size_t cap = sodium_base64_encoded_len(bytes.n, sodium_base64_VARIANT_ORIGINAL);
    char *encoded = arena_alloc(arena, cap);
    (void)sodium_bin2base64(encoded, cap, (const unsigned char *)bytes.p, bytes.n, sodium_base64_VARIANT_ORIGINAL);
    return arena_printf(arena, "data:%s;base64,%s", config_logo_type(bytes), encoded);
}

/* Decodes a logo such as `data:image/png;base64,…`. Its type is found by its content, not by the type given here. */
static bool decode_logo(struct config_loading *loading, struct str place, struct str *bytes)
{
    struct str rest = loading->config->logo, head;
    size_t n = 0;
    bool framed = str_cut(&rest, ',', &head) && str_ends(head, STR(";base64"));
    unsigned char *content = arena_alloc(loading->arena, rest.n + 1);
    if (!framed ||
        sodium_base642bin(content, rest.n + 1, rest.p, rest.n, NULL, &n, NULL, sodium_base64_VARIANT_ORIGINAL) != 0) {
        config_fault(loading, place, "logo is written data:TYPE;base64,…");
        return false;
    }
    *bytes = (struct str){(const char *)content, n};
    return true;
}

static void check_logo(struct config_loading *loading)
{
    struct config *config = loading->config;
    struct str place = setting_place(loading, "portal", "logo"), shown, bytes = STR_NONE;
    bool data = str_starts(config->logo, STR("data:"));
    if (!config->logo.n)
        return;
    shown = data ? STR("data:…") : logo_path(loading);
    if (!(data ? decode_logo(loading, place, &bytes) : read_logo(loading, place, shown, &bytes)))
        return;
    if (bytes.n > CONFIG_LOGO_BYTES)
        config_fault(loading, place, "logo %.*s is larger than 512 KiB", STR_FMT(shown));
    else if (!config_logo_type(bytes))
        config_fault(loading, place, "logo %.*s is no SVG, PNG, JPEG or WebP picture", STR_FMT(shown));
    else
        config->logo_bytes = bytes;
}

static void check_mail(struct config_loading *loading)
{
    struct config *config = loading->config;
    struct str url = config->smtp_url;
    size_t scheme = str_starts(url, STR("smtps://")) ? 8 : str_starts(url, STR("smtp://")) ? 7 : 0;
    if (url.n && (!scheme || !plain_url(str_slice(url, scheme, url.n))))
        config_fault(
            loading, setting_place(loading, "mail", "smtp_url"),
            "smtp_url must be smtp://HOST:PORT or smtps://HOST:PORT; user and password are settings of their own");
    if (url.n && !config->mail_from.n)
        config_fault(loading, setting_place(loading, "mail", "smtp_url"), "from is needed when smtp_url is set");
    if (!config->mail_from.n)
        config->mail_from = STR("noreply@localhost");
    else if (!mail_address_valid(config->mail_from))
        config_fault(loading, setting_place(loading, "mail", "from"), "from must be one mail address");
}

static void check_addresses(struct config_loading *loading, const char *key, struct str rest)
{
    for (struct str address; mail_address_cut(&rest, &address);) {
        if (!mail_address_valid(address))
            config_fault(loading, setting_place(loading, "notifications", key),
                         "%s must be mail addresses, found \"%.*s\"", key, STR_FMT(address));
    }
}

static bool is_extension(struct str name)
{
    bool ok = name.n >= 1 && name.n <= 8;
    for (size_t i = 0; ok && i < name.n; i++)
        ok = isalnum((unsigned char)name.p[i]) != 0;
    return ok;
}

static void check_downloads(struct config_loading *loading)
{
    struct str rest = loading->config->attachments.downloads, one;
    while (str_cut(&rest, ',', &one)) {
        if (!is_extension(str_trim(one)))
            config_fault(loading, setting_place(loading, "attachments", "download_only"),
                         "download_only must be extensions of 1 to 8 letters and digits, such as dwg, found \"%.*s\"",
                         STR_FMT(one));
    }
}

static void check_storage(struct config_loading *loading)
{
    const struct config *config = loading->config;
    bool sqlite = str_starts(config->database, STR("sqlite:")) && config->database.n > sizeof "sqlite:" - 1;
    bool postgres =
        str_starts(config->database, STR("postgresql://")) || str_starts(config->database, STR("postgres://"));
    if (!sqlite && !postgres)
        config_fault(loading, setting_place(loading, "database", "url"),
                     "the database must be sqlite:PATH or postgresql://…");
    if (!config->data.n)
        config_fault(loading, setting_place(loading, "data", "folder"), "folder must not be empty");
}

void config_check(struct config_loading *loading)
{
    check_listen(loading);
    check_base_url(loading);
    check_portal(loading);
    check_logo(loading);
    check_mail(loading);
    check_addresses(loading, "staff_new_case", loading->config->staff_new_case);
    check_addresses(loading, "staff_decision", loading->config->staff_decision);
    check_downloads(loading);
    check_storage(loading);
}
