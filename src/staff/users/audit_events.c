/* The texts of the events of the audit. tools/check_audit.py checks that every event in the code has a text here. */
#include "staff/users/audit_events.h"
#include "service/audit.h"

static const struct {
    const char *code;
    const struct msgid *text;
} EVENTS[] = {
    /* the users' own login */
    {"login", _("Logged in")},
    {"login_password", _("Gave the right password")},
    {"login_recovery_code", _("Logged in with a recovery code")},
    {"login_refused", _("Login refused")},
    {"code_refused", _("Code refused")},
    {"confirmed", _("Confirmed their identity")},
    {"confirm_refused", _("Confirmation of identity refused")},
    {"logout", _("Logged out")},
    {"logout_everywhere", _("Logged out on all devices")},
    {"password_changed", _("Changed the password")},
    {"password_by_link", _("Chose a password by link")},
    {"password_reset", _("Chose a new password, having forgotten the old one")},
    {"second_factor_set", _("Second factor set up")},
    {"second_factor_removed", _("Second factor removed")},
    {"recovery_codes_made", _("Made new recovery codes")},
    {"registered", _("Registered")},
    {"address_confirmed", _("Confirmed the e-mail address")},
    {"mails_chosen", _("Chose which mails are sent")},
    /* logins and rights */
    {"staff_added", _("Added a user")},
    {"staff_link_made", _("Made a link to choose a password")},
    {"staff_role_changed", _("Changed the role of a user")},
    {"staff_blocked", _("Blocked a user")},
    {"staff_unblocked", _("Unblocked a user")},
    {"account_invited", _("Invited to an account")},
    {"account_invited_again", _("Invited to an account again")},
    {"account_blocked", _("Blocked an account")},
    {"account_unblocked", _("Unblocked an account")},
    {"login_set", _("Saved a login")},
    {"login_removed", _("Removed a login")},
    {"view_as_begin", _("Began to look as a customer")},
    {"view_as_end", _("Stopped looking as a customer")},
    {"personal_data_exported", _("Exported personal data")},
    {"contact_erased", _("Erased a person")},
    /* cases */
    {"case_added", _("Added a case")},
    {"case_changed", _("Changed a case")},
    {"case_state_changed", _("Changed the status of a case")},
    {"case_cancelled", _("Cancelled a case")},
    {"case_note_added", _("Wrote an internal note")},
    {"case_message_added", _("Wrote a message")},
    {"case_messages_read", _("Marked messages as read")},
    {"attachment_shown", _("Showed an attachment to the customer")},
    {"attachment_hidden", _("Hid an attachment from the customer")},
    {"work_order_added", _("Added a work order")},
    {"work_order_changed", _("Changed a work order")},
    {"work_order_cancelled", _("Cancelled a work order")},
    {"work_order_reopened", _("Opened a work order again")},
    {"article_row_added", _("Added an article row")},
    {"article_row_changed", _("Changed an article row")},
    {"article_row_cancelled", _("Cancelled an article row")},
    {"article_rows_attested", _("Attested article rows")},
    {"article_rows_taken_back", _("Took back an attestation")},
    /* invoice specifications */
    {"specification_made", _("Made an invoice specification")},
    {"specification_changed", _("Changed an invoice specification")},
    {"specification_published", _("Published an invoice specification")},
    {"specification_withdrawn", _("Withdrew an invoice specification")},
    {"specification_approved", _("Approved an invoice specification")},
    {"specification_rejected", _("Rejected an invoice specification")},
    {"specification_invoiced", _("Marked a specification as invoiced")},
    /* registers, files */
    {"register_row_added", _("Added to a register")},
    {"register_row_changed", _("Changed in a register")},
    {"picklist_changed", _("Changed a picklist")},
    {"list_changed", _("Chose the columns of a list")},
    {"file_added", _("Added a file")},
    {"file_changed", _("Changed a file")},
    {"file_removed", _("Removed a file")},
    {"export", _("Downloaded a list or files")},
    /* configuration, imports */
    {"configuration_published", _("Published the configuration")},
    {"configuration_previewed", _("Previewed the configuration")},
    {"configuration_exported", _("Downloaded the configuration")},
    {"import_uploaded", _("Sent files to import")},
    {"import_files_named", _("Told what the files of an import are")},
    {"import_answered", _("Answered questions of an import")},
    {"import_mapped", _("Chose the columns of an import")},
    {"import_started", _("Started an import")},
    {"import_done", _("Import finished")},
    {"import_refused", _("Import refused for mistakes")},
    {"import_discarded", _("Discarded an import")},
    {"import_undo_started", _("Asked to undo an import")},
    {"import_undone", _("Import undone")},
    {"import_undo_refused", _("Undoing an import refused")},
};

static const struct msgid *audit_events_text_of(struct str code)
{
    for (size_t i = 0; i < sizeof EVENTS / sizeof *EVENTS; i++)
        if (str_eqz(code, EVENTS[i].code))
            return EVENTS[i].text;
    return NULL;
}

struct str audit_event_text(enum lang lang, struct str code)
{
    const struct msgid *text = audit_events_text_of(code);
    return text ? tr(lang, text) : code;
}

struct str audit_who_text(enum lang lang, struct str kind, struct str who)
{
    return str_eqz(kind, "system") && str_eqz(who, AUDIT_COMMAND_LINE) ? tr(lang, _("Command line")) : who;
}

void audit_event_values(struct sql *sql, enum lang lang)
{
    for (size_t i = 0; i < sizeof EVENTS / sizeof *EVENTS; i++)
        sql_put(sql, "{}?, ?)", SQL(i ? ", (" : "(VALUES ("), DB_TEXT(str_of(EVENTS[i].code)),
                DB_TEXT(tr(lang, EVENTS[i].text)));
    sql_put(sql, ")");
}
