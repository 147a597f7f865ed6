#include "staff/config/settings.h"

const struct setting settings[] = {
    {SETTINGS_LOOK, "portal", "name", SETTING_TEXT, NULL, _("Name of the portal"),
     _("In the head of every page and in mails."), 80, _("Write a name of 1 to 80 characters.")},
    {SETTINGS_LOOK, "portal", "colour", SETTING_COLOUR, NULL, _("Colour"),
     _("Shades that stay readable on light and dark pages are made from it. As #1d5b8f."), 7,
     _("Write the colour as #1d5b8f.")},
    {SETTINGS_LOOK, "portal", "contact_sv", SETTING_TEXT, NULL, _("How to reach you, Swedish"),
     _("At the foot of every page."), 1000, _("The text is too long: at most 1,000 characters.")},
    {SETTINGS_LOOK, "portal", "contact_en", SETTING_TEXT, NULL, _("How to reach you, English"), NULL, 1000,
     _("The text is too long: at most 1,000 characters.")},
    {SETTINGS_ACCESS, "pages", "new_case", SETTING_TOGGLE, _("Pages of the portal"), _("New case"), NULL, 0, NULL},
    {SETTINGS_ACCESS, "pages", "actions", SETTING_TOGGLE, _("Pages of the portal"), _("View actions"), NULL, 0, NULL},
    {SETTINGS_ACCESS, "pages", "invoices", SETTING_TOGGLE, _("Pages of the portal"), _("Invoice specifications"), NULL,
     0, NULL},
    {SETTINGS_ACCESS, "pages", "files", SETTING_TOGGLE, _("Pages of the portal"), _("Files"), NULL, 0, NULL},
    {SETTINGS_ACCESS, "pages", "dashboards", SETTING_TOGGLE, _("Pages of the portal"), _("Dashboards"), NULL, 0, NULL},
    {SETTINGS_ACCESS, "logins", "contact", SETTING_TOGGLE, _("Who may log in"),
     _("Contacts, with their e-mail address"), NULL, 0, _("At least one kind of login must be on.")},
    {SETTINGS_ACCESS, "logins", "customer", SETTING_TOGGLE, _("Who may log in"), _("Invoice customers"), NULL, 0, NULL},
    {SETTINGS_ACCESS, "logins", "object", SETTING_TOGGLE, _("Who may log in"), _("Objects"), NULL, 0, NULL},
    {SETTINGS_ACCESS, "login", "registration", SETTING_TOGGLE, _("Accounts and passwords"),
     _("People may register accounts themselves"), NULL, 0, NULL},
    {SETTINGS_ACCESS, "login", "refuse_nordic_letters", SETTING_TOGGLE, _("Accounts and passwords"),
     _("A password may not contain å, ä or ö"), NULL, 0, NULL},
    {SETTINGS_ACCESS, "login", "password_min", SETTING_NUMBER, _("Accounts and passwords"),
     _("Least length of a password"), _("Characters, 1 to 128. Passwords that are in use stay."), 3,
     _("Write a whole number from 1 to 128.")},
    {SETTINGS_ANSWERS, "invoices", "reject", SETTING_TOGGLE, _("Approval of invoice specifications"),
     _("Customers may also answer that they do not approve"), NULL, 0, NULL},
    {SETTINGS_ANSWERS, "invoices", "reject_comment", SETTING_TOGGLE, _("Approval of invoice specifications"),
     _("They must then write why"), NULL, 0, NULL},
    {SETTINGS_ANSWERS, "dashboards", "months", SETTING_NUMBER, _("Dashboards"), _("Months that are shown at first"),
     _("1 to 24, back from today."), 2, _("Write a whole number from 1 to 24.")},
    {SETTINGS_MAILS, "notifications", "receipt", SETTING_TOGGLE, _("Mails to reporters and primary contacts"),
     _("A case was received"), NULL, 0, NULL},
    {SETTINGS_MAILS, "notifications", "booking", SETTING_TOGGLE, _("Mails to reporters and primary contacts"),
     _("A time is booked, changed or cancelled"), NULL, 0, NULL},
    {SETTINGS_MAILS, "notifications", "finish", SETTING_TOGGLE, _("Mails to reporters and primary contacts"),
     _("A case is finished"), NULL, 0, NULL},
    {SETTINGS_MAILS, "notifications", "message", SETTING_TOGGLE, _("Mails to reporters and primary contacts"),
     _("Staff wrote a message"), NULL, 0, NULL},
    {SETTINGS_MAILS, "notifications", "booking_wait_seconds", SETTING_NUMBER,
     _("Mails to reporters and primary contacts"), _("Seconds that a mail about a booking waits"),
     _("0 to 3600. Changes that come meanwhile make one mail."), 4, _("Write a whole number from 0 to 3600.")},
    {SETTINGS_MAILS, "notifications", "staff_new_case", SETTING_TEXT, _("Mails to you"),
     _("Addresses that get a mail on every new case"),
     _("Blanks or commas between them. Beside them each of you chooses under My account."), 1000,
     _("Write mail addresses with blanks or commas between them.")},
    {SETTINGS_ACTIONS, "actions", "prices", SETTING_PRICES, NULL, _("Who sees prices"),
     _("Under Actions and on the dashboards."), 0, _("Choose one of the list.")},
};
const size_t setting_count = sizeof settings / sizeof *settings;

static const struct {
    const char *name;
    const struct msgid *label;
} NAMES[] = {
    {"q", _("Search words")},
    {"title", _("Title")},
    {"description", _("Description")},
    {"object", _("Object")},
    {"customer", _("Customer")},
    {"type", _("Case type")},
    {"priority", _("Priority")},
    {"site_street", _("Street")},
    {"site_postal_code", _("Postal code")},
    {"site_city", _("City")},
    {"your_reference", _("Your reference")},
    {"reporter", _("Reporter")},
    {"reporter_phone", _("Reporter's phone")},
    {"number", _("Number")},
    {"status", _("Status")},
    {"created", _("Created")},
    {"started", _("Started")},
    {"finished", _("Finished")},
    {"actions", _("Link to the actions")},
    {"from", _("Created from")},
    {"to", _("Created to")},
    {"date", _("Date")},
    {"work_order", _("Work order")},
    {"article", _("Article")},
    {"action_code", _("Action code")},
    {"article_type", _("Article type")},
    {"quantity", _("Quantity")},
    {"unit", _("Unit")},
    {"unit_price", _("Unit price")},
    {"discount", _("Discount")},
    {"total", _("Total (excl. VAT)")},
    {"resource", _("Technician")},
};

struct str name_label(const struct visit *visit, const struct config *config, struct str name)
{
    const struct config_field *field = config_field(config, name);
    if (field && field->label[visit->view.lang].n)
        return field->label[visit->view.lang];
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (str_eqz(name, NAMES[i].name))
            return visit_tr(visit, NAMES[i].label);
    }
    return name;
}

const struct msgid *kind_label(enum field_kind kind)
{
    static const struct msgid *const labels[] = {
        [FIELD_TEXT] = _("Text"),         [FIELD_MULTILINE] = _("Text of several lines"),
        [FIELD_DECIMAL] = _("Number"),    [FIELD_DATE] = _("Date"),
        [FIELD_CHOICE] = _("Choice"),     [FIELD_YES_NO] = _("Yes or no"),
        [FIELD_PICKLIST] = _("Picklist"), [FIELD_CUSTOMER] = _("Customer"),
        [FIELD_OBJECT] = _("Object"),     [FIELD_PHONE] = _("Text"),
        [FIELD_POSTAL_CODE] = _("Text"),
    };
    return labels[kind];
}

const struct msgid *price_label(enum price_rule rule)
{
    static const struct msgid *const labels[] = {
        [PRICE_OF_OWN_CUSTOMERS] = _("Those linked to the customer of the case"),
        [PRICE_ALWAYS] = _("Everybody who sees the case"),
        [PRICE_NEVER] = _("Nobody"),
    };
    return labels[rule];
}

struct str setting_value(struct visit *visit, const struct setting *setting, const struct config *config)
{
    struct config_difference *found;
    size_t count = config_differences(visit->arena, STR_NONE, config_text(visit->arena, config), &found);
    for (size_t i = 0; i < count; i++) {
        if (str_eqz(found[i].section, setting->section) && str_eqz(found[i].key, setting->key))
            return found[i].after;
    }
    return STR_NONE;
}
