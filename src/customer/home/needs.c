/* What waits for the login: specifications to decide on, messages of staff, a case that was not sent. */
#include "access/visibility.h"
#include "customer/home/views.h"
#include "model/case.h"
#include "model/draft.h"
#include "model/message.h"
#include "model/specification.h"
#include "portal/address.h"

enum { SPECIFICATIONS = 5, MESSAGES = 10, TASKS = SPECIFICATIONS + MESSAGES + 1, LINE_BYTES = 140 };

static struct home_task *task_add(struct home_view *home, struct home_task *tasks)
{
    home->tasks = tasks;
    return &tasks[home->task_count++];
}

static bool specifications_load(struct visit *visit, struct home_view *home, struct home_task *tasks, struct err *err)
{
    struct specification *all;
    size_t count = 0;
    int64_t waiting = 0;
    if (!page_is_on(visit->config, ROUTE_INVOICES) || !may_see_specifications(&visit->actor))
        return true;
    if (!specifications_waiting(visit, SPECIFICATIONS, &all, &count, err) ||
        (count == SPECIFICATIONS && !specifications_waiting_count(visit, &waiting, err)))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct str values[] = {fmt_money(visit->arena, visit->view.lang, all[i].total), all[i].customer_name};
        *task_add(home, tasks) = (struct home_task){
            .icon = "receipt",
            .path = address_of(visit->arena, "/invoices", all[i].number, ""),
            .title = tr_fill(visit->arena, visit->view.lang, _("Approve {1}"),
                             all[i].title.n ? &all[i].title : &all[i].number, 1),
            .text = tr_fill(visit->arena, visit->view.lang, _("{1} excl. VAT · {2}"), values, 2),
        };
    }
    if (waiting > SPECIFICATIONS)
        home->more_specifications = tr_n(visit->arena, visit->view.lang, _("{n} more specification to approve"),
                                         _("{n} more specifications to approve"), waiting - SPECIFICATIONS);
    return true;
}

static struct str first_line(struct arena *arena, struct str text)
{
    struct str rest = str_trim(text), line = STR_NONE;
    bool more = str_cut(&rest, '\n', &line) && rest.n;
    more = more || line.n > LINE_BYTES;
    return more ? arena_printf(arena, "%.*s…", STR_FMT(str_trim(utf8_prefix(line, LINE_BYTES)))) : str_trim(line);
}

/* Staff write in the name of the company (domain 11.7). */
static bool unread_load(struct visit *visit, struct home_view *home, struct home_task *tasks, struct err *err)
{
    struct unread_message *all;
    size_t count = 0;
    if (!messages_unread(visit, MESSAGES, &all, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        *task_add(home, tasks) = (struct home_task){
            .icon = "mail",
            .path = arena_printf(visit->arena, "%.*s#case-messages", STR_FMT(case_path(visit->arena, all[i].number))),
            .title = all[i].title.n ? all[i].title : all[i].number,
            .text = arena_printf(visit->arena, "%.*s: %.*s", STR_FMT(visit->config->name),
                                 STR_FMT(first_line(visit->arena, all[i].body))),
            .when = fmt_day(visit->arena, visit->view.lang, all[i].at, visit->now_us),
        };
    return true;
}

static bool draft_show(struct visit *visit, struct home_view *home, struct home_task *tasks, struct err *err)
{
    struct str owner, title;
    struct draft draft = {.found = false};
    if (!page_is_on(visit->config, ROUTE_NEW_CASE))
        return true;
    if (!draft_owner(visit, &owner, err) || !draft_load(visit, owner, DRAFT_NEW_CASE, &draft, err))
        return false;
    if (!draft.found)
        return true;
    title = str_trim(http_param(&draft.params, "title"));
    *task_add(home, tasks) = (struct home_task){
        .icon = "file-text",
        .path = STR("/cases/new"),
        .title = visit_tr(visit, _("Go on with your report")),
        .text = title.n ? title : visit_tr(visit, _("A report that you have not sent yet")),
        .when = fmt_day(visit->arena, visit->view.lang, draft.updated, visit->now_us),
    };
    return true;
}

bool home_tasks_load(struct visit *visit, struct home_view *home, struct err *err)
{
    struct home_task *tasks = ARENA_ARRAY(visit->arena, struct home_task, TASKS);
    return specifications_load(visit, home, tasks, err) && unread_load(visit, home, tasks, err) &&
           draft_show(visit, home, tasks, err);
}
