#include "customer/cases/new.h"

#include "base/clock.h"
#include "customer/cases/follow.h"
#include "customer/cases/new.html.h"
#include "customer/cases/new_page.h"
#include "customer/cases/new_upload.h"
#include "customer/cases/new_where.h"
#include "model/draft.h"
#include "model/notice.h"
#include "model/submission.h"
#include "model/upload.h"
#include "portal/quota.h"
#include "portal/send_file.h"
#include "service/store.h"

/* --- one case for a form that is sent twice (domain 4) ------------------------------------------------------------ */

/*
 * When the form has our random number, the same content always means the same case, and other content in the same form
 * means another case, so that nothing is lost. Without the number, the same content from the same session means the
 * same case for SAME_MINUTES.
 */
#define SAME_MINUTES 10

/* Returns the beginning that all keys of one form share, so that the form is found no matter what was sent with it. */
static struct str submission_form_mac(struct visit *visit, struct str submission)
{
    struct str text = submission.n ? arena_printf(visit->arena, "form %lld %.*s", (long long)visit->actor.login_id,
                                                  STR_FMT(submission))
                                   : arena_printf(visit->arena, "session %.*s", STR_FMT(visit->session));
    return app_mac(visit->app, visit->arena, "submission", text);
}

static void submission_add_part(struct buf *out, struct str part)
{
    buf_int(out, (int64_t)part.n);
    buf_char(out, ':');
    buf_str(out, part);
}

/*
 * Covers fields by name and value as they were sent, kept files by key, and new files by content; not the token, which
 * changes with the session.
 */
static struct str submission_key(struct visit *visit, const struct new_form *form)
{
    struct buf out;
    buf_init(&out, visit->arena);
    for (size_t i = 0; i < form->count; i++) {
        struct str name = form->fields[i].config.name;
        submission_add_part(&out, name);
        submission_add_part(&out, http_param(&visit->request->form, arena_z(visit->arena, name)));
        submission_add_part(&out, form->fields[i].given ? STR("sent") : STR_NONE);
    }
    for (size_t i = 0; i < form->sent_key_count; i++)
        submission_add_part(&out, form->sent_keys[i]);
    for (size_t i = 0; i < form->file_count; i++) {
        if (!form->files[i].upload.n) {
            submission_add_part(&out, form->files[i].digest);
            submission_add_part(&out, form->files[i].name);
        }
    }
    struct str content = app_mac(visit->app, visit->arena, "content", buf_text(&out));
    return arena_printf(visit->arena, "%.*s.%.*s", STR_FMT(submission_form_mac(visit, form->submission)),
                        STR_FMT(content));
}

/* --- the draft ---------------------------------------------------------------------------------------------------- */

/* Returns the parameters to keep: files by their keys, without tokens and buttons, which the user did not type. */
static struct http_params draft_typed(struct visit *visit, const struct new_form *form)
{
    static const char *const LEFT_OUT[] = {"csrf_token", "search", "upload",    "upload_remove",
                                           "choose",     "follow", "open_shown"};
    static const char *const OF_OBJECT[] = {"object", "object_search", "object_searched"};
    const struct http_params *params = &visit->request->form;
    struct http_params typed = {.items =
                                    ARENA_ARRAY(visit->arena, struct http_param, params->count + form->file_count + 1)};
    for (size_t i = 0; i < params->count; i++) {
        bool kept = true;
        for (size_t j = 0; j < sizeof LEFT_OUT / sizeof *LEFT_OUT; j++)
            kept = kept && !str_eqz(params->items[i].name, LEFT_OUT[j]);
        for (size_t j = 0; form->chosen.n && j < COUNT_OF(OF_OBJECT); j++)
            kept = kept && !str_eqz(params->items[i].name, OF_OBJECT[j]);
        if (kept)
            typed.items[typed.count++] = params->items[i];
    }
    if (form->chosen.n)
        typed.items[typed.count++] = (struct http_param){STR("object"), form->chosen};
    for (size_t i = 0; i < form->file_count; i++)
        typed.items[typed.count++] = (struct http_param){STR("upload"), form->files[i].upload};
    return typed;
}

/*
 * Keeps the form of this request with these files as the draft. Keeps nothing when the same form has already made a
 * case: a late request of the page would otherwise bring the draft back.
 */
static bool draft_save(struct visit *visit, const struct new_form *form, struct err *err)
{
    bool sent = false;
    if (form->submission.n && visit->actor.kind != ACTOR_NOBODY &&
        !submission_find_start(visit->db, visit->arena, submission_form_mac(visit, form->submission), &sent, err))
        return false;
    struct http_params typed = draft_typed(visit, form);
    return sent || draft_keep(visit, form->owner, DRAFT_NEW_CASE, &typed, err);
}

/* A draft that may not be kept is still on the page. */
static bool keep_form(struct visit *visit, struct new_form *form, struct err *err)
{
    return new_upload_keep(visit, form, err) && (draft_save(visit, form, err) || err->kind == ERR_THROTTLED);
}

/* The page sends this while the user types. No field is checked, so that half-typed values do no harm. */
bool draft_post(struct visit *visit, struct err *err)
{
    struct new_form form = {.count = 0};
    new_form_read_keys(visit, &form, &visit->request->form);
    if (!draft_owner(visit, &form.owner, err) || !new_upload_find(visit, &form, err) || !draft_save(visit, &form, err))
        return false;
    visit->response->status = 204;
    return true;
}

/*
 * Scripts send each file when it is chosen: from then on it is part of the draft. Answers with the files that are kept,
 * 422 when one is refused.
 */
bool draft_files_post(struct visit *visit, struct err *err)
{
    struct new_form form = {.count = 0};
    new_form_read_keys(visit, &form, &visit->request->form);
    visit->response->status = 200;
    if (!draft_owner(visit, &form.owner, err) || !new_upload_gather(visit, &form, err) || !keep_form(visit, &form, err))
        return false;
    if (form.file_fault.n)
        visit->response->status = 422;
    visit->response->content_type = "text/html; charset=utf-8";
    new_kept_html(&visit->response->body, &visit->view, form.files, (int64_t)form.file_count,
                  form.wait.n ? form.wait : form.file_fault);
    return true;
}

bool draft_file_get(struct visit *visit, struct err *err)
{
    struct str owner;
    struct upload kept;
    bool found = false;
    if (!draft_owner(visit, &owner, err) ||
        !upload_find(visit->db, visit->arena, owner, visit->path_value[0], &kept, &found, err))
        return false;
    const struct sent_file file = {kept.name, kept.digest, kept.media_type};
    return found ? send_file(visit, &file, store_inline(kept.media_type), err)
                 : err_set(err, ERR_NOT_FOUND, NULL, "no such kept file of this owner");
}

static bool new_draft_discard(struct db_conn *conn, void *context, struct err *err)
{
    const struct str *owner = context;
    return draft_discard(conn, *owner, DRAFT_NEW_CASE, err);
}

bool draft_discard_post(struct visit *visit, struct err *err)
{
    struct str owner;
    if (!draft_owner(visit, &owner, err) || !db_transaction(visit->db, new_draft_discard, &owner, err))
        return false;
    page_notice_next(visit, _("The draft has been removed."));
    return visit_redirect(visit, STR("/cases/new"));
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

bool new_get(struct visit *visit, struct err *err)
{
    struct new_form form;
    struct draft draft;
    struct str owner;
    if (!draft_owner(visit, &owner, err) || !draft_load(visit, owner, DRAFT_NEW_CASE, &draft, err) ||
        !new_form_open(visit, &form, draft.found ? &draft.params : NULL, err))
        return false;
    form.owner = owner;
    new_form_forgive(&form);
    if (!new_form_put_object(visit, &form, http_param(&visit->request->query, "object"), err))
        return false;
    return new_upload_find(visit, &form, err) && new_page_show(visit, &form, draft.updated, err);
}

bool new_preview(struct visit *visit, struct err *err)
{
    struct new_form form;
    if (!new_form_open(visit, &form, NULL, err))
        return false;
    new_form_forgive(&form);
    return new_page_show(visit, &form, 0, err);
}

/* --- sending ------------------------------------------------------------------------------------------------------ */

static bool go_to_receipt(struct visit *visit, const struct made_case *made)
{
    return visit_redirect(visit, arena_printf(visit->arena, "/cases/receipt/%.*s", STR_FMT(made->receipt)));
}

/* Keeps a form whose session ran out while it was filled in, so that the user finds all of it after logging in. */
static bool keep_for_login(struct visit *visit, struct err *err)
{
    struct new_form form = {.count = 0};
    new_form_read_keys(visit, &form, &visit->request->form);
    if (!draft_owner(visit, &form.owner, err) || !new_upload_gather(visit, &form, err) ||
        !new_upload_keep(visit, &form, err) || !draft_save(visit, &form, err))
        return false;
    return draft_send_to_login(visit, STR("/cases/new"));
}

static bool send_form(struct visit *visit, struct new_form *form, struct err *err)
{
    struct made_case made;
    struct record_column columns[FORM_FIELDS_MAX];
    struct new_case_extra extras[FORM_FIELDS_MAX];
    struct new_case wanted = {
        .contacts = &visit->actor.contact_id,
        .contact_count = visit->actor.contact_id != 0,
        .created_by = visit->actor.login_id,
        .now_us = visit->now_us,
        .files = form->files,
        .file_count = form->file_count,
        .submission = submission_key(visit, form),
        .same_since = form->submission.n ? 0 : visit->now_us - SAME_MINUTES * 60 * US_PER_SECOND,
        .owner = form->owner,
        .tell = notice_new_case,
        .visit = visit,
    };
    bool found = false;
    if (!case_find_submitted(visit->db, visit->arena, wanted.submission, wanted.same_since, &made, &found, err))
        return false;
    if (found)
        return go_to_receipt(visit, &made);
    if (!new_form_link(visit, form, err))
        return false;
    bool refused = form_refused(&form->form) || form->file_fault.n;
    if (!refused && !new_where_asks(visit, form, &form->asks_first, err))
        return false;
    if (form->asks_first)
        return keep_form(visit, form, err) && new_page_show(visit, form, 0, err);
    if (!refused && !form->wait.n && !quota_take(visit, QUOTA_CASES, 1, err) && !quota_answer(visit, err, &form->wait))
        return false;
    if (refused || form->wait.n) {
        if (!form->wait.n)
            visit->response->status = 400;
        return keep_form(visit, form, err) && new_page_show(visit, form, 0, err);
    }
    wanted.columns = columns;
    wanted.column_count = form_columns(&form->form, columns);
    wanted.extras = extras;
    wanted.extra_count = form_extras(&form->form, extras);
    return case_create(visit->db, visit->arena, &wanted, &made, err) && go_to_receipt(visit, &made);
}

/* Follows an open case instead of reporting it again. What was typed is kept, unless it is nothing but the object. */
static bool follow_instead(struct visit *visit, struct new_form *form, struct err *err)
{
    const struct http_params *params = &visit->request->form;
    struct str part = http_param(params, "follow");
    bool typed =
        str_trim(http_param(params, "title")).n || str_trim(http_param(params, "description")).n || form->file_count;
    if (!(typed ? keep_form(visit, form, err) : db_transaction(visit->db, new_draft_discard, &form->owner, err)) ||
        !follow_begin(visit, part, typed, err))
        return false;
    return visit_redirect(visit, arena_printf(visit->arena, "/cases/%.*s", STR_FMT(part)));
}

bool new_post(struct visit *visit, struct err *err)
{
    const struct http_params *params = &visit->request->form;
    struct new_form form;
    struct str owner;
    if (visit->actor.kind == ACTOR_NOBODY)
        return keep_for_login(visit, err);
    if (!draft_owner(visit, &owner, err) || !new_form_open(visit, &form, params, err))
        return false;
    form.owner = owner;
    if (!new_upload_gather(visit, &form, err))
        return false;
    if (http_has(params, "follow"))
        return follow_instead(visit, &form, err);
    form.chosen = http_param(params, "choose");
    if (!http_has(params, "search") && !form.chosen.n)
        return send_form(visit, &form, err);
    new_form_forgive(&form);
    if (!new_form_put_object(visit, &form, form.chosen, err))
        return false;
    return keep_form(visit, &form, err) && new_page_show(visit, &form, 0, err);
}

/* --- the picker's hits -------------------------------------------------------------------------------------------- */

bool new_objects_get(struct visit *visit, struct err *err)
{
    return choice_answer(visit, CHOICE_OBJECT, visit->actor.kind == ACTOR_CONTACT, err);
}

bool new_customers_get(struct visit *visit, struct err *err)
{
    return choice_answer(visit, CHOICE_CUSTOMER, false, err);
}
