#include "customer/login/mails.h"

#include "service/mail.h"

/* {1} is the name of the portal, {2} an address. */
static bool queue(struct visit *visit, struct mail_to to, const struct msgid *subject, const struct msgid *body,
                  struct str path, struct err *err)
{
    const struct str values[] = {visit->config->name, visit_absolute(visit, path)};
    return mail_queue(visit->db, to.address, tr_fill(visit->arena, to.lang, subject, values, 1),
                      tr_fill(visit->arena, to.lang, body, values, 2), err);
}

bool mail_confirm(struct visit *visit, struct mail_to to, struct str token, struct err *err)
{
    return queue(
        visit, to, _("Confirm your address at {1}"),
        _("Somebody, most likely you, has given this address at {1}. Open the link to confirm that it is "
          "yours:\n\n{2}\n\nThe link can be used once and for 24 hours. If it was not you, do nothing: without the "
          "link nobody can use your address.\n"),
        arena_printf(visit->arena, "/verify?token=%.*s", STR_FMT(token)), err);
}

bool mail_registered_before(struct visit *visit, struct mail_to to, struct err *err)
{
    return queue(
        visit, to, _("You already have a login at {1}"),
        _("Somebody, most likely you, wanted to register this address at {1}, but it has a login already. Log "
          "in as usual. If you do not know the password, choose a new one here:\n\n{2}\n\nIf it was not you, do "
          "nothing: nothing has changed.\n"),
        STR("/password/forgot"), err);
}

bool mail_shared_login(struct visit *visit, struct mail_to to, struct err *err)
{
    return queue(
        visit, to, _("You already have a login at {1}"),
        _("Somebody, most likely you, has given this address at {1}. It is the user name of a shared login, whose "
          "password is set by those who gave it to you: ask them if you do not know it. Log in here:\n\n{2}\n\n"
          "If it was not you, do nothing: nothing has changed.\n"),
        STR("/login"), err);
}

bool mail_reset(struct visit *visit, struct mail_to to, struct str token, struct err *err)
{
    return queue(
        visit, to, _("New password at {1}"),
        _("Somebody, most likely you, has asked for a new password at {1}. Choose it here:\n\n{2}\n\nThe link can "
          "be used once and for one hour. If it was not you, do nothing: your password stays as it is.\n"),
        arena_printf(visit->arena, "/password/reset?token=%.*s", STR_FMT(token)), err);
}

bool mail_no_account(struct visit *visit, struct mail_to to, struct err *err)
{
    return queue(visit, to, _("New password at {1}"),
                 _("Somebody, most likely you, has asked for a new password at {1}, but no account there has this "
                   "address. Perhaps you have used another one:\n\n{2}\n\nIf it was not you, do nothing.\n"),
                 STR("/login"), err);
}
