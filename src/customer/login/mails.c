#include "customer/login/mails.h"

#include "service/mail.h"

/* {1} is the name of the portal, {2} an address: the path, with the token at its end. */
static const struct {
    const char *path;
    const struct msgid *subject, *body;
} MAILS[] = {
    [MAIL_CONFIRM] = {"/verify?token=", _("Confirm your address at {1}"),
                      _("Somebody, most likely you, has given this address at {1}. Open the link to confirm that it is "
                        "yours:\n\n{2}\n\nThe link can be used once and for 24 hours. If it was not you, do nothing: "
                        "without the link nobody can use your address.\n")},
    [MAIL_RESET] = {"/password/reset?token=", _("New password at {1}"),
                    _("Somebody, most likely you, has asked for a new password at {1}. Choose it here:\n\n{2}\n\nThe "
                      "link can be used once and for one hour. If it was not you, do nothing: your password stays as "
                      "it is.\n")},
    [MAIL_REGISTERED_BEFORE] = {"/password/forgot", _("You already have a login at {1}"),
                                _("Somebody, most likely you, wanted to register this address at {1}, but it has a "
                                  "login already. Log in as usual. If you do not know the password, choose a new one "
                                  "here:\n\n{2}\n\nIf it was not you, do nothing: nothing has changed.\n")},
    [MAIL_SHARED_LOGIN] = {"/login", _("You already have a login at {1}"),
                           _("Somebody, most likely you, has given this address at {1}. It is the user name of a "
                             "shared login, whose password is set by those who gave it to you: ask them if you do not "
                             "know it. Log in here:\n\n{2}\n\nIf it was not you, do nothing: nothing has changed.\n")},
    [MAIL_NO_ACCOUNT] = {"/login", _("New password at {1}"),
                         _("Somebody, most likely you, has asked for a new password at {1}, but no account there has "
                           "this address. Perhaps you have used another one:\n\n{2}\n\nIf it was not you, do "
                           "nothing.\n")},
};

bool login_mail(struct visit *visit, enum login_mail which, struct str address, enum lang lang, struct str token,
                struct err *err)
{
    struct str path = arena_printf(visit->arena, "%s%.*s", MAILS[which].path, STR_FMT(token));
    const struct str values[] = {visit->config->name, visit_absolute(visit, path)};
    return mail_queue(visit->db, address, tr_fill(visit->arena, lang, MAILS[which].subject, values, 1),
                      tr_fill(visit->arena, lang, MAILS[which].body, values, 2), err);
}
