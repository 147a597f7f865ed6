#include "customer/cases/page.h"

#include "base/clock.h"
#include "customer/cases/page.html.h"
#include "model/case.h"
#include "parts/messages/messages.h"

/* --- time line: created, booked, started, finished ---------------------------------------------------------------- */

static struct step step_of(struct visit *visit, const struct msgid *label, int64_t instant, bool done)
{
    struct arena *arena = visit->arena;
    return (struct step){.label = label,
                         .time = instant ? instant_format_local(arena, instant) : STR_NONE,
                         .machine = instant ? instant_format_utc(arena, instant) : STR_NONE,
                         .done = done};
}

static void fill_steps(struct visit *visit, struct case_view *view)
{
    const struct case_record *record = &view->record;
    const struct work_order_record *booked = NULL;
    for (size_t i = 0; i < view->work_order_count; i++) {
        const struct work_order_record *order = &view->work_orders[i];
        if (order->booked_from && (!booked || order->booked_from < booked->booked_from))
            booked = order;
    }
    view->steps[0] = step_of(visit, _("Created"), record->created, true);
    view->steps[1] = step_of(visit, _("Booked"), booked ? booked->booked_from : 0, booked != NULL);
    if (booked)
        view->steps[1].time = fmt_span(visit->arena, booked->booked_from, booked->booked_to);
    view->steps[2] = step_of(visit, _("Started"), record->started, record->status != CASE_NOT_STARTED);
    view->steps[3] = step_of(visit, _("Finished"), record->finished, record->status == CASE_FINISHED);
    size_t last = CASE_STEPS - 1;
    while (!view->steps[last].done)
        last--;
    view->steps[last].current = true;
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static bool fill_actions(struct visit *visit, struct case_view *view, struct err *err)
{
    int64_t count = 0;
    view->shows_actions = page_is_on(visit->config, ROUTE_ACTIONS);
    if (!view->shows_actions)
        return true;
    if (!case_actions_count(visit, view->record.id, &count, err))
        return false;
    view->actions_summary =
        count ? tr_n(visit->arena, visit->view.lang, _("{n} registered row"), _("{n} registered rows"), count)
              : visit_tr(visit, _("Nothing has been registered yet."));
    return true;
}

bool case_page_show(struct visit *visit, const struct message_refusal *refusal, struct err *err)
{
    struct case_view view = {.path = STR_NONE};
    const struct case_record *record = &view.record;
    int64_t id = 0;
    size_t messages = 0;
    if (!cases_find_visible(visit, visit->path_value[0], &id, err) || !case_record_load(visit, id, &view.record, err) ||
        !work_orders_load(visit, id, &view.work_orders, &view.work_order_count, err) ||
        !case_contacts_load(visit, id, &view.contacts, &view.contact_count, err) ||
        !case_files_load(visit, id, &view.files, &view.file_count, err) || !fill_actions(visit, &view, err) ||
        !messages_section(visit, id, record->number, refusal, &view.thread, &messages, err))
        return false;
    view.path = case_path(visit->arena, record->number);
    fill_steps(visit, &view);
    if (messages)
        view.messages = tr_n(visit->arena, visit->view.lang, _("{n} message"), _("{n} messages"), (int64_t)messages);
    return page_show(visit, tr_fill(visit->arena, visit->view.lang, _("Case {1}"), &record->number, 1), case_page_html,
                     &view);
}

bool case_page(struct visit *visit, struct err *err)
{
    return case_page_show(visit, NULL, err);
}
