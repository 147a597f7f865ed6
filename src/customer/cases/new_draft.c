#include "customer/cases/new_draft.h"

#include "customer/cases/new_submission.h"
#include "customer/cases/new_upload.h"

/* Returns the parameters to keep: files by their keys, without tokens and buttons, which the user did not type. */
static struct http_params new_draft_typed(struct visit *visit, const struct new_form *form)
{
    static const char *const LEFT_OUT[] = {"csrf_token", "search", "upload", "upload_remove"};
    const struct http_params *params = &visit->request->form;
    struct http_params typed = {.items =
                                    ARENA_ARRAY(visit->arena, struct http_param, params->count + form->file_count)};
    for (size_t i = 0; i < params->count; i++) {
        bool kept = true;
        for (size_t j = 0; j < sizeof LEFT_OUT / sizeof *LEFT_OUT; j++)
            kept = kept && !str_eqz(params->items[i].name, LEFT_OUT[j]);
        if (kept)
            typed.items[typed.count++] = params->items[i];
    }
    for (size_t i = 0; i < form->file_count; i++)
        typed.items[typed.count++] = (struct http_param){STR("upload"), form->files[i].key};
    return typed;
}

bool draft_save(struct visit *visit, const struct new_form *form, struct err *err)
{
    bool sent = false;
    if (!submission_was_sent(visit, form->submission, &sent, err))
        return false;
    if (sent)
        return true;
    struct http_params typed = new_draft_typed(visit, form);
    return draft_keep(visit, form->owner, DRAFT_NEW_CASE, &typed, err);
}

/* --- handlers ----------------------------------------------------------------------------------------------------- */

/* The page sends this while the user types. No field is checked, so that half-typed values do no harm. */
bool draft_post(struct visit *visit, struct err *err)
{
    struct new_form form = {0};
    if (!draft_owner(visit, &form.owner, err))
        return false;
    new_form_read(visit, &form, &visit->request->form);
    if (!new_upload_find(visit, &form, err) || !draft_save(visit, &form, err))
        return false;
    visit->response->status = 204;
    return true;
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
    page_notice_next(visit, _("The draft has been thrown away."));
    return visit_redirect(visit, STR("/cases/new"));
}
