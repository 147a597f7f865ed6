#include "staff/config/settings.h"

#include "model/article_row_fields.h"
#include "model/case_fields.h"

const struct config_page CONFIG_PAGES[] = {
    [SETTINGS_LOOK] = {"/staff/configuration/look", _("Name, logo and colour"), _("and how customers reach you"), NULL},
    [SETTINGS_FORM] = {"/staff/configuration/form", _("Fields of a new case"),
                       _("order, labels, hints, required, read-only, hidden, and fields of your own"), NULL},
    [SETTINGS_SEARCH] = {"/staff/configuration/search", _("Criteria and columns of the search"),
                         _("which ones, and in which order"),
                         _("Write a number beside what is to be there; the smallest comes first. What has no number is "
                           "left out.")},
    [SETTINGS_ACTIONS] =
        {"/staff/configuration/actions", _("Columns of the actions, and prices"),
         _("what customers see of work and costs"),
         _("Write a number beside what is to be there; the smallest comes first. What has no number is "
           "left out.")},
    [SETTINGS_ACCESS] = {"/staff/configuration/access", _("Pages and logins"),
                         _("what the portal has, who may log in, registration and passwords"),
                         _("Of a page that is off no address answers. A kind of login that is off cannot log in, and "
                           "is logged out where it is logged in.")},
    [SETTINGS_ANSWERS] = {"/staff/configuration/answers", _("Approval, dashboards and cases"),
                          _("rejections with a comment, the time that is shown, cancelled cases, bookings"), NULL},
    [SETTINGS_MAILS] = {"/staff/configuration/mails", _("Mails about cases"),
                        _("which ones are sent, and who of you hears of new cases"),
                        _("Everybody chooses among the mails that are sent here, under My account.")},
};

const struct setting SETTINGS[] = {
    {SETTINGS_LOOK, "portal", "name", SETTING_TEXT, NULL, _("Name of the portal"),
     _("In the head of every page and in mails."), 80, _("Write a name of 1 to 80 characters.")},
    {SETTINGS_LOOK, "portal", "colour", SETTING_COLOUR, NULL, _("Colour"),
     _("Shades that stay readable on light and dark pages are made from it. As #1d5b8f."), 7,
     _("Write the colour as #1d5b8f.")},
    {SETTINGS_LOOK, "portal", "contact_sv", SETTING_TEXT, NULL, _("How to reach you, Swedish"),
     _("At the foot of every page."), 1000, _("The text is too long: at most 1,000 characters.")},
    {SETTINGS_LOOK, "portal", "contact_en", SETTING_TEXT, NULL, _("How to reach you, English"), NULL, 1000,
     _("The text is too long: at most 1,000 characters.")},
    {SETTINGS_LOOK, "portal", "phone", SETTING_TEXT, NULL, _("Phone"),
     _("On the receipt of a case and in mails, so that customers can call you."), 40,
     _("Write a phone number of at most 40 characters.")},
    {SETTINGS_LOOK, "portal", "emergency_phone", SETTING_TEXT, NULL, _("Emergency number"),
     _("Where customers report a case."), 40, _("Write a phone number of at most 40 characters.")},
    {SETTINGS_LOOK, "portal", "logo", SETTING_LOGO, _("Logo"), _("New logo"),
     _("SVG, PNG, JPEG or WebP, at most 512 KiB."), 0, NULL},
    {SETTINGS_SEARCH, "case_search", "criteria", SETTING_NAMES, _("Search cases: criteria"), _("Criteria"), NULL, 0,
     _("At least one must have a number.")},
    {SETTINGS_SEARCH, "case_search", "columns", SETTING_NAMES, _("Search cases: columns"), _("Columns"),
     _("Of the page, the CSV and the Excel file."), 0, _("At least one must have a number.")},
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
     _("Customers may also reject"), NULL, 0, NULL},
    {SETTINGS_ANSWERS, "invoices", "reject_comment", SETTING_TOGGLE, _("Approval of invoice specifications"),
     _("They must then write why"), NULL, 0, NULL},
    {SETTINGS_ANSWERS, "dashboards", "months", SETTING_NUMBER, _("Dashboards"), _("Months that are shown at first"),
     _("1 to 24, back from today."), 2, _("Write a whole number from 1 to 24.")},
    {SETTINGS_ANSWERS, "cases", "show_cancelled", SETTING_TOGGLE, _("Cases"), _("Customers see cancelled cases"),
     _("With the reason, and cancelled work orders. They count nowhere."), 0, NULL},
    {SETTINGS_ANSWERS, "cases", "booking_minutes", SETTING_NUMBER, _("Cases"), _("Minutes of a booking without an end"),
     _("1 to 1440. When you book somebody, other bookings at that time are named."), 4,
     _("Write a whole number from 1 to 1440.")},
    {SETTINGS_MAILS, "notifications", "receipt", SETTING_TOGGLE, _("Mails to reporters and primary contacts"),
     _("A case was received"), NULL, 0, NULL},
    {SETTINGS_MAILS, "notifications", "booking", SETTING_TOGGLE, _("Mails to reporters and primary contacts"),
     _("A time is booked, changed or cancelled"), NULL, 0, NULL},
    {SETTINGS_MAILS, "notifications", "finish", SETTING_TOGGLE, _("Mails to reporters and primary contacts"),
     _("A case is finished or cancelled"), NULL, 0, NULL},
    {SETTINGS_MAILS, "notifications", "message", SETTING_TOGGLE, _("Mails to reporters and primary contacts"),
     _("Staff wrote a message"), NULL, 0, NULL},
    {SETTINGS_MAILS, "notifications", "message_text", SETTING_TOGGLE, _("Mails to reporters and primary contacts"),
     _("That mail has the text of the message"), NULL, 0, NULL},
    {SETTINGS_MAILS, "notifications", "staff_names", SETTING_TOGGLE, _("Mails to reporters and primary contacts"),
     _("Customers see the name of the person who wrote"), _("Each of you writes the name under My account."), 0, NULL},
    {SETTINGS_MAILS, "notifications", "booking_wait_seconds", SETTING_NUMBER,
     _("Mails to reporters and primary contacts"), _("Seconds that a mail about a booking waits"),
     _("0 to 3600. Changes that come meanwhile make one mail."), 4, _("Write a whole number from 0 to 3600.")},
    {SETTINGS_MAILS, "notifications", "staff_new_case", SETTING_TEXT, _("Mails to you"),
     _("Addresses that get a mail on every new case"),
     _("Blanks or commas between them. Beside them each of you chooses under My account."), 1000,
     _("Write mail addresses with blanks or commas between them.")},
    {SETTINGS_MAILS, "notifications", "staff_decision", SETTING_TEXT, _("Mails to you"),
     _("Addresses that get a mail on every decision"),
     _("When a customer approves or rejects an invoice specification."), 1000,
     _("Write mail addresses with blanks or commas between them.")},
    {SETTINGS_MAILS, "notifications", "specification", SETTING_TOGGLE, _("Mails about invoice specifications"),
     _("A specification waits for approval"), NULL, 0, NULL},
    {SETTINGS_MAILS, "notifications", "reminder_days", SETTING_NUMBER, _("Mails about invoice specifications"),
     _("Days until a reminder"), _("0 to 365. 0: no reminder is sent."), 3, _("Write a whole number from 0 to 365.")},
    {SETTINGS_ACTIONS, "actions", "prices", SETTING_PRICES, NULL, _("Who sees prices"),
     _("Under Actions and on the dashboards."), 0, _("Choose one of the list.")},
    {SETTINGS_ACTIONS, "actions", "columns", SETTING_NAMES, _("Actions: columns"), _("Columns"),
     _("Prices and sums are shown only to those who may see prices."), 0, _("At least one must have a number.")},
};
const size_t setting_count = sizeof SETTINGS / sizeof *SETTINGS;

/* The names that are no fields, and a field that lists of cases and of actions have. */
static const struct {
    const char *name;
    const struct msgid *label;
} NAMES[] = {
    {"q", _("Search words")},
    {"number", _("Number")},
    {"booked", _("Booked")},
    {"technician", _("Technician")},
    {"actions", _("Link to the actions")},
    {"from", _("Created from")},
    {"to", _("Created to")},
    {"total", _("Total (excl. VAT)")},
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
    const struct entity_field *standard = entity_field(&case_entity, name);
    if (!standard)
        standard = entity_field(&article_row_entity, name);
    return standard ? visit_tr(visit, standard->label) : name;
}

const struct msgid *kind_label(enum field_kind kind)
{
    switch (kind) {
    case FIELD_PICKLIST:
        return _("Picklist");
    case FIELD_CUSTOMER:
        return _("Customer");
    case FIELD_OBJECT:
        return _("Object");
    default: /* phones and postal codes are texts here */
        return code_label(&config_kinds, kind < (enum field_kind)config_kinds.count ? kind : FIELD_TEXT);
    }
}

void codes_to_choose(struct visit *visit, const struct code_list *codes, struct field *field)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, codes->count);
    for (size_t i = 0; i < codes->count; i++)
        options[i] = (struct option){str_of(codes->codes[i].name), visit_tr(visit, codes->codes[i].label),
                                     str_eqz(field->value, codes->codes[i].name)};
    field->options = options;
    field->option_count = codes->count;
}
