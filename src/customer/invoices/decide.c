/*
 * Approving and rejecting (domain 6): a page that shows what the decision is on, and the decision. Decisions are kept
 * in an append-only chain of hashes that `kundportal check` verifies.
 */
#include "customer/invoices/decide.html.h"
#include "customer/invoices/internal.h"
#include "customer/invoices/invoices.h"
#include "model/decision.h"
#include "model/decision_chain.h"
#include "model/draft.h"
#include "model/field.h"
#include "model/specification_content.h"
#include "portal/address.h"

/* --- the page that shows what the decision is on ------------------------------------------------------------------ */

static void decide_fill_fields(struct visit *visit, struct decide_view *view)
{
    struct field *fields = ARENA_ARRAY(visit->arena, struct field, 2 + view->remark_field_count);
    struct field *reference = &view->your_reference, *comment = &view->comment;
    bool must = visit->config->reject_comment;
    reference->name = STR("your_reference");
    reference->label = visit_tr(visit, _("Your reference"));
    reference->hint = visit_tr(visit, _("Stands on the invoice. May be left as it is."));
    reference->max_length = REFERENCE_MAX;
    comment->name = STR("comment");
    comment->label = visit_tr(visit, view->approve || !must ? _("Comment (optional)") : _("Comment"));
    comment->required = !view->approve && must;
    comment->rows = 4;
    comment->max_length = COMMENT_MAX;
    fields[0] = *comment;
    fields[1] = *reference;
    view->fields = fields;
    view->field_count = view->approve ? 2 : 1;
    for (size_t i = 0; i < view->remark_field_count; i++)
        fields[view->field_count++] = view->remark_fields[i];
}

/* typed: what the user sent before, or NULL. */
static bool decide_show(struct visit *visit, struct specification *specification, struct decide_view *view,
                        const struct http_params *typed, struct err *err)
{
    struct remark *remarks = NULL;
    size_t count = typed && !view->approve ? remarks_read(visit, typed, &remarks) : 0;
    if (!specification_load_rows(visit, specification, err))
        return false;
    view->heading = visit_tr(visit, view->approve ? _("Approve the invoice specification?")
                                                  : _("Reject the invoice specification?"));
    view->specification = specification;
    if (!view->approve)
        remarks_fill(visit, view, remarks, count);
    view->url = specification_path(visit->arena, specification->number);
    view->action = arena_printf(visit->arena, "%.*s/%s", STR_FMT(view->url), view->approve ? "approve" : "reject");
    if (!view->digest.n) {
        view->digest = specification->digest;
        view->shown = decision_proof(visit, specification->number, specification->digest);
    }
    decide_fill_fields(visit, view);
    return page_show_narrow(visit, view->heading, decide_page_html, view);
}

static bool may_decide(const struct visit *visit, bool approve, struct err *err)
{
    return approve || visit->config->reject_specifications ||
           err_set(err, ERR_NOT_FOUND, NULL, "rejecting is turned off");
}

static struct str decide_path(const struct visit *visit, bool approve)
{
    struct str number = address_number(visit->arena, visit->path_value[0]);
    return arena_printf(visit->arena, "%.*s/%s", STR_FMT(specification_path(visit->arena, number)),
                        approve ? "approve" : "reject");
}

/* Puts back what was typed when the session ended, or the rows changed, before it was taken. */
static bool decide_show_kept(struct visit *visit, struct specification *specification, struct decide_view *view,
                             struct err *err)
{
    struct draft draft;
    struct str owner;
    if (!draft_owner(visit, &owner, err) || !draft_load(visit, owner, decide_path(visit, view->approve), &draft, err))
        return false;
    view->your_reference.value =
        draft.found ? http_param(&draft.params, "your_reference") : specification->your_reference;
    if (draft.found)
        view->comment.value = http_param(&draft.params, "comment");
    return decide_show(visit, specification, view, draft.found ? &draft.params : NULL, err);
}

static bool decide_ask(struct visit *visit, bool approve, struct err *err)
{
    struct specification specification;
    struct decide_view view = {.approve = approve};
    if (!may_decide(visit, approve, err) || !specification_of_path(visit, &specification, err))
        return false;
    if (specification.status == SPECIFICATION_AWAITING)
        return decide_show_kept(visit, &specification, &view, err);
    page_notice_next(visit, _("The specification does not await approval any more."));
    return visit_redirect(visit, specification_path(visit->arena, specification.number));
}

bool approve_get(struct visit *visit, struct err *err)
{
    return decide_ask(visit, true, err);
}

bool reject_get(struct visit *visit, struct err *err)
{
    return decide_ask(visit, false, err);
}

/* --- the decision ------------------------------------------------------------------------------------------------- */

static bool answer_undecided(struct visit *visit, const struct undecided_view *view)
{
    visit->response->status = 409;
    return page_show_narrow(visit, view->title, undecided_page_html, view);
}

static struct str who_decided(struct visit *visit, const struct specification *specification)
{
    const struct str parts[2] = {specification->decided_by.n ? specification->decided_by
                                                             : visit_tr(visit, _("Somebody")),
                                 instant_format_local(visit->arena, specification->decided_at)};
    bool approved = specification->status == SPECIFICATION_APPROVED;
    return tr_fill(visit->arena, visit->view.lang,
                   approved ? _("{1} approved it {2}. The first decision stands; yours was not needed.")
                            : _("{1} rejected it {2}. The first decision stands; yours was not taken."),
                   parts, 2);
}

/*
 * Says when the specification was decided on, for people who send the form twice or send it again because they got no
 * answer.
 */
static struct str when_decided(struct visit *visit, const struct specification *specification)
{
    struct str when = instant_format_local(visit->arena, specification->decided_at);
    bool approved = specification->status == SPECIFICATION_APPROVED;
    return tr_fill(visit->arena, visit->view.lang,
                   approved ? _("You approved it {1}. Your decision stands; nothing more is needed.")
                            : _("You rejected it {1}. Your decision stands; nothing more is needed."),
                   &when, 1);
}

static struct str decision_typed(struct visit *visit, const struct decision *decision)
{
    struct str lines = remarks_lines(visit->arena, decision->remarks, NULL, decision->remark_count);
    return str_trim(arena_printf(visit->arena, "%.*s\n%.*s", STR_FMT(decision->comment), STR_FMT(lines)));
}

static bool tell_undecided(struct visit *visit, const struct decision *decision, enum decision_outcome outcome,
                           const struct specification *specification)
{
    struct undecided_view view = {.kind = "danger",
                                  .title = visit_tr(visit, _("Nothing was decided")),
                                  .url = decision->path,
                                  .label = visit_tr(visit, _("Show the specification"))};
    if (outcome != DECISION_REPEATED && outcome != DECISION_STALE)
        view.typed = decision_typed(visit, decision);
    if (outcome == DECISION_REPEATED) {
        view.kind = "success";
        view.title = visit_tr(visit, _("Your decision is made already"));
        view.text = when_decided(visit, specification);
    } else if (outcome == DECISION_BY_OTHERS) {
        view.title = visit_tr(visit, _("It is decided already"));
        view.text = who_decided(visit, specification);
    } else if (outcome == DECISION_STALE) {
        view.text = visit_tr(visit, _("The rows changed after you opened the page. Look through them and decide again."
                                      " What you wrote is kept."));
        view.label = visit_tr(visit, _("Look through it again"));
    } else if (outcome == DECISION_INVOICED) {
        view.text = visit_tr(visit, _("The specification has been invoiced meanwhile."));
    } else {
        view.text = visit_tr(visit, _("The specification was withdrawn after you opened the page."));
        view.url = STR("/invoices?status=");
        view.label = visit_tr(visit, _("All invoice specifications"));
    }
    return answer_undecided(visit, &view);
}

/* Keeps what was typed when the rows have to be looked through again, else drops it. */
static bool decide_keep(struct visit *visit, bool approve, bool keep, struct err *err)
{
    struct str owner, about = decide_path(visit, approve);
    return draft_owner(visit, &owner, err) &&
           (keep ? draft_keep_form(visit, owner, about, err) : draft_drop(visit->db, owner, about, err));
}

static bool decide_answer(struct visit *visit, const struct decision *decision, struct err *err)
{
    enum decision_outcome outcome;
    struct specification specification;
    if (!decision_make(visit, decision, &outcome, &specification, err))
        return false;
    if (outcome == DECISION_NOWHERE)
        return err_set(err, ERR_NOT_FOUND, NULL, "no such specification for this actor");
    if (!decide_keep(visit, decision->approve, outcome == DECISION_STALE, err))
        return false;
    if (outcome != DECISION_MADE)
        return tell_undecided(visit, decision, outcome, &specification);
    page_notice_next(visit, decision->approve
                                ? _("The specification is approved. A receipt is on its way to your e-mail address.")
                                : _("The specification is rejected. A receipt is on its way to your e-mail address."));
    return visit_redirect(visit, specification_path(visit->arena, specification.number));
}

static const struct msgid *comment_fault(const struct visit *visit, const struct decision *decision)
{
    if (!decision->approve && !decision->comment.n && !decision->remark_count && visit->config->reject_comment)
        return _("Write what is wrong, so that we can put it right.");
    return utf8_count(decision->comment) > COMMENT_MAX ? _("The comment is too long: at most 2,000 characters.") : NULL;
}

/*
 * Shows the form again with what the user typed, even when the specification can no longer be decided on. It is still
 * about the rows that the user saw.
 */
static bool decide_show_again(struct visit *visit, const struct decision *decision, const struct msgid *comment_error,
                              const struct msgid *reference_error, struct err *err)
{
    struct specification specification;
    struct decide_view view = {.approve = decision->approve};
    if (!specification_of_path(visit, &specification, err))
        return false;
    view.comment.value = decision->comment;
    view.comment.error = visit_tr(visit, comment_error);
    view.your_reference.value = decision->your_reference;
    view.your_reference.error = visit_tr(visit, reference_error);
    view.digest = decision->digest;
    view.shown = decision->shown;
    visit->response->status = 400;
    return decide_show(visit, &specification, &view, &visit->request->form, err);
}

static bool decide_take(struct visit *visit, bool approve, struct err *err)
{
    const struct http_params *form = &visit->request->form;
    struct str number = address_number(visit->arena, visit->path_value[0]);
    struct remark *remarks = NULL;
    size_t remark_count = approve ? 0 : remarks_read(visit, form, &remarks);
    const struct decision decision = {
        .approve = approve,
        .number = number,
        .path = specification_path(visit->arena, number),
        .your_reference =
            approve ? field_clean_text(visit->arena, http_param(form, "your_reference"), false) : STR_NONE,
        .comment = field_clean_text(visit->arena, http_param(form, "comment"), true),
        .remarks = remarks,
        .remark_count = remark_count,
        .digest = http_param(form, "digest"),
        .shown = http_param(form, "shown")};
    const struct msgid *comment = comment_fault(visit, &decision);
    const struct msgid *reference = utf8_count(decision.your_reference) > REFERENCE_MAX
                                        ? _("The reference is too long: at most 100 characters.")
                                        : NULL;
    if (!may_decide(visit, approve, err))
        return false;
    if (visit->actor.kind == ACTOR_NOBODY)
        return draft_keep_for_login(visit, decide_path(visit, approve), decide_path(visit, approve), err);
    bool refused = comment || reference;
    for (size_t i = 0; i < remark_count; i++)
        refused = refused || remark_fault(&remarks[i]);
    return refused ? decide_show_again(visit, &decision, comment, reference, err)
                   : decide_answer(visit, &decision, err);
}

bool approve_post(struct visit *visit, struct err *err)
{
    return decide_take(visit, true, err);
}

bool reject_post(struct visit *visit, struct err *err)
{
    return decide_take(visit, false, err);
}

bool decisions_check(struct db_conn *conn, const struct config *config, struct arena *arena, struct buf *report,
                     struct err *err)
{
    (void)config;
    return chain_check(conn, arena, report, err) && specification_check(conn, report, err);
}
