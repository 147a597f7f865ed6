/* The commands `kundportal staff add EMAIL --role ROLE` and `kundportal staff link EMAIL`. */
#include "base/clock.h"
#include "cli/cli.h"
#include "model/staff_user.h"
#include "service/audit.h"
#include "service/mail.h"
#include "staff/login/login.h"

#include <stdio.h>
#include <string.h>

struct job {
    struct arena *arena;
    struct str email, role; /* role is empty when only a new link is made */
    struct str token;
};

static bool command_note(struct db_conn *conn, const struct job *job, const char *action, struct err *err)
{
    const struct audit_entry entry = {.kind = AUDIT_SYSTEM,
                                      .who = STR(AUDIT_COMMAND_LINE),
                                      .action = action,
                                      .subject = job->email,
                                      .detail = job->role,
                                      .client = STR_NONE};
    return audit_add(conn, &entry, clock_now_us(), err);
}

static bool command_run_body(struct db_conn *conn, void *context, struct err *err)
{
    struct job *job = context;
    struct staff_row user;
    int64_t now = clock_now_us();
    if (!staff_find(conn, job->arena, job->email, &user, err))
        return false;
    if (job->role.n && user.id)
        return err_set(err, ERR_CONFLICT, NULL,
                       "%.*s is a staff user already; `kundportal staff link` makes a new link", STR_FMT(job->email));
    if (!job->role.n && (!user.id || !user.active))
        return err_set(err, ERR_NOT_FOUND, NULL, "there is no active staff user %.*s", STR_FMT(job->email));
    if (job->role.n && !staff_add(conn, job->arena, job->email, (enum staff_role)code_find(&staff_roles, job->role),
                                  now, &user.id, err))
        return false;
    return staff_link_add(conn, job->arena, user.id, now, &job->token, err) &&
           command_note(conn, job, job->role.n ? "staff_added" : "staff_link_made", err);
}

static int command_run(struct cli *cli, struct job *job)
{
    struct db *db = NULL;
    struct db_conn *conn = NULL;
    struct err err = {.kind = ERR_NONE};
    job->arena = cli->arena;
    bool ok = cli_open_database(cli, &db, &conn, &err) && db_transaction(conn, command_run_body, job, &err);
    db_release(conn);
    db_close(db);
    if (!ok)
        return cli_fail(cli->command, &err);
    (void)printf("%.*s/staff/password?token=%.*s\n", STR_FMT(cli->config.base_url), STR_FMT(job->token));
    (void)fprintf(stderr, "%.*s chooses a password with this link, once and within %d hours.\n", STR_FMT(job->email),
                  STAFF_LINK_HOURS);
    return 0;
}

static struct str role;
static const struct cli_option STAFF_OPTIONS[] = {
    {.name = "role", .argument = "ROLE", .help = "administrator or handler, of a new user", .value = &role},
};

static int staff_run(struct cli *cli)
{
    struct job job = {.role = role};
    const char *what = cli->operands[0];
    job.email = str_trim(str_of(cli->operands[1]));
    bool add = strcmp(what, "add") == 0;
    if (!add && strcmp(what, "link") != 0)
        return cli_usage_error(cli->command, "there is no staff %s, but `staff add` and `staff link`", what);
    if (add && !str_eqz(job.role, "administrator") && !str_eqz(job.role, "handler"))
        return cli_usage_error(cli->command, "--role is administrator or handler");
    if (!add && job.role.n)
        return cli_usage_error(cli->command, "--role goes with `staff add` only");
    if (!utf8_valid(job.email) || !mail_address_valid(job.email))
        return cli_usage_error(cli->command, "%s is no e-mail address", cli->operands[1]);
    return command_run(cli, &job);
}

const struct command staff_command = {
    .name = "staff",
    .summary = "Makes staff users and their one-time links",
    .usage = "add EMAIL --role ROLE | link EMAIL",
    .run = staff_run,
    COMMAND_OPERANDS(2, 2),
    COMMAND_OPTIONS(STAFF_OPTIONS),
};
