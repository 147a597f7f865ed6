#include "customer/cases/page.h"

#include "access/visibility.h"
#include "base/clock.h"
#include "customer/cases/page.html.h"
#include "model/case.h"
#include "parts/case_card/case_card.h"
#include "parts/case_list/case_list.h"
#include "parts/messages/messages.h"
#include "portal/address.h"

/* --- time line: created, booked, started, finished ---------------------------------------------------------------- */

static struct step step_of(struct visit *visit, const struct msgid *label, int64_t instant, bool done)
{
    struct arena *arena = visit->arena;
    return (struct step){.label = label,
                         .time = instant ? instant_format_local(arena, instant) : STR_NONE,
                         .machine = instant ? instant_format_machine(arena, instant) : STR_NONE,
                         .done = done};
}

static void fill_steps(struct visit *visit, struct case_view *view)
{
    const struct case_record *record = &view->record;
    const struct work_order_record *booked = NULL;
    for (size_t i = 0; i < view->work_order_count; i++) {
        const struct work_order_record *order = &view->work_orders[i];
        view->asks_time |= order->status < WORK_ORDER_FINISHED && order->booked_from > visit->now_us;
        if (order->status != WORK_ORDER_CANCELLED && order->booked_from &&
            (!booked || order->booked_from < booked->booked_from))
            booked = order;
    }
    view->steps[0] = step_of(visit, _("Created"), record->created, true);
    view->steps[1] = step_of(visit, _("Booked"), booked ? booked->booked_from : 0, booked != NULL);
    if (booked)
        view->steps[1].time = fmt_span(visit->arena, booked->booked_from, booked->booked_to);
    view->steps[2] = step_of(visit, _("Started"), record->started,
                             record->status == CASE_STARTED || record->status == CASE_FINISHED || record->started);
    bool cancelled = record->status == CASE_CANCELLED;
    view->steps[3] = step_of(visit, cancelled ? _("Cancelled (case)") : _("Finished"), record->finished,
                             cancelled || record->status == CASE_FINISHED);
    size_t last = CASE_STEPS - 1;
    while (!view->steps[last].done)
        last--;
    for (size_t i = 0; cancelled && i < CASE_STEPS; i++)
        view->steps[i].never = !view->steps[i].done;
    view->steps[last].current = true;
}

/* --- the headline, as the card of the case says it ---------------------------------------------------------------- */

static bool headline_load(struct visit *visit, struct case_view *view, struct err *err)
{
    struct case_card *cards;
    size_t count;
    struct sql sql = sql_start(visit->arena, "SELECT ");
    case_card_select(&sql, visit);
    sql_put(&sql, " FROM cases c LEFT JOIN object o ON o.id = c.object_id WHERE c.id = ?", DB_INT(view->record.id));
    if (!case_cards_read(visit, &sql, 1, &cards, &count, err))
        return false;
    view->headline = count ? cards[0].state : STR_NONE;
    return true;
}

/* --- why one sees the case ---------------------------------------------------------------------------------------- */

static const struct msgid *reason_of(const struct actor *actor, enum scope_kind way)
{
    static const struct msgid *const OF_CONTACT[SCOPE_KINDS] = {
        [SCOPE_CONTACT] = _("You are a contact of the case."),
        [SCOPE_CUSTOMER] = _("You are linked to its customer, {1}."),
        [SCOPE_OBJECT] = _("You are linked to its object, {2}."),
        [SCOPE_VIA_OBJECT] = _("Its object, {2}, belongs to a customer that you are linked to: {3}."),
    };
    return actor->kind == ACTOR_CUSTOMER ? _("This login sees all cases of {1}.")
           : actor->kind == ACTOR_OBJECT ? _("This login sees all cases on {2}.")
                                         : OF_CONTACT[way];
}

bool case_reasons_load(struct visit *visit, int64_t case_id, struct str *reasons, size_t *count, bool *follows,
                       struct err *err)
{
    bool ways[SCOPE_KINDS];
    struct str names[3]; /* of the customer, the object, and the customer of the object */
    *count = 0;
    if (!visible_case_ways(visit->db, visit->arena, &visit->actor, case_id, ways, err) ||
        !db_find(visit->db, visit->arena,
                 "SELECT cu.name, o.name, own.name, (SELECT COUNT(*) FROM case_follower f WHERE f.login_id = $2 AND"
                 " f.case_id = c.id) FROM cases c LEFT JOIN customer cu ON cu.id = c.customer_id"
                 " LEFT JOIN object o ON o.id = c.object_id LEFT JOIN customer own ON own.id = o.customer_id"
                 " WHERE c.id = $1",
                 DB_ARGS(DB_INT(case_id), DB_INT(visit->actor.login_id)),
                 DB_TARGETS(TO(&names[0]), TO(&names[1]), TO(&names[2]), TO(follows)), NULL, err))
        return false;
    for (int way = 0; way < SCOPE_KINDS; way++) {
        if (ways[way])
            reasons[(*count)++] = tr_fill(visit->arena, visit->view.lang,
                                          reason_of(&visit->actor, (enum scope_kind)way), names, COUNT_OF(names));
    }
    return true;
}

/* --- the case that a duplicate says the same as ------------------------------------------------------------------- */

/* Finds the path of that case for who may follow both, also where they no longer see the duplicate; else empty. */
static bool original_find(struct visit *visit, struct str *path, struct err *err)
{
    struct actor actor = visit->actor;
    struct str number;
    bool found;
    struct sql sql = sql_start(visit->arena,
                               "SELECT d.number FROM cases c JOIN cases d ON d.id = c.duplicate_of WHERE c.number = ?"
                               " AND ",
                               DB_TEXT(address_number(visit->arena, visit->path_value[0])));
    visible_case(&sql, &visit->actor, "d.id");
    sql_put(&sql, " AND ");
    actor.sees_cancelled = true;
    visible_case(&sql, &actor, "c.id");
    *path = STR_NONE;
    if (!db_find_sql(visit->db, visit->arena, &sql, DB_TARGETS(TO(&number)), &found, err))
        return false;
    if (found)
        *path = case_path(visit->arena, number);
    return true;
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static bool case_view_load(struct visit *visit, struct case_view *view, struct err *err)
{
    int64_t id = 0;
    if (!cases_find_visible(visit, visit->path_value[0], &id, err) || !case_record_load(visit, id, &view->record, err))
        return false;
    view->path = case_path(visit->arena, view->record.number);
    view->result_url = list_result_address(visit, &customer_cases_list, &view->searched);
    return work_orders_load(visit, id, &view->work_orders, &view->work_order_count, err) &&
           case_contacts_load(visit, id, &view->contacts, &view->contact_count, err) &&
           case_files_load(visit, id, &view->files, &view->file_count, err) && headline_load(visit, view, err) &&
           actions_done_load(visit, id, &view->done, err) &&
           case_reasons_load(visit, id, view->reasons, &view->reason_count, &view->follows, err) &&
           (!view->record.duplicate_of.n || original_find(visit, &view->original, err));
}

bool case_page_show(struct visit *visit, const struct message_refusal *refusal, const struct add_files_view *refused,
                    struct err *err)
{
    struct case_view view = {.path = STR_NONE};
    const struct case_record *record = &view.record;
    size_t messages = 0;
    if (!case_view_load(visit, &view, err) ||
        !messages_section(visit, record->id, record->number, refusal, &view.thread, &messages, err))
        return false;
    fill_steps(visit, &view);
    view.add = refused ? *refused : add_files_view(visit, STR_NONE, STR_NONE, NULL);
    view.add.has_form = !visit->viewer.staff_id && record->status < CASE_FINISHED;
    view.rules = &visit->config->attachments;
    view.may_follow = !visit->viewer.staff_id && record->created_by != visit->actor.login_id;
    view.may_correct = !visit->viewer.staff_id && case_may_correct(visit, record->created_by, record->status);
    if (messages)
        view.messages = tr_n(visit->arena, visit->view.lang, _("{n} message"), _("{n} messages"), (int64_t)messages);
    struct str title = tr_fill(visit->arena, visit->view.lang, _("Case {1}"), &record->number, 1);
    if (record->title.n)
        title = arena_printf(visit->arena, "%.*s: %.*s", STR_FMT(title), STR_FMT(record->title));
    return page_show(visit, title, case_page_html, &view);
}

bool case_page(struct visit *visit, struct err *err)
{
    struct err other = {.kind = ERR_NONE};
    struct str original;
    if (case_page_show(visit, NULL, NULL, err))
        return true;
    if (err->kind != ERR_NOT_FOUND || !original_find(visit, &original, &other) || !original.n)
        return false;
    *err = (struct err){.kind = ERR_NONE};
    page_notice_next(visit, _("The case that you opened says the same as this one, which goes on."));
    return visit_redirect(visit, original);
}
