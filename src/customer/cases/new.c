#include "customer/cases/new.h"

#include "customer/cases/new_draft.h"
#include "customer/cases/new_form.h"
#include "customer/cases/new_page.h"
#include "customer/cases/new_submission.h"
#include "customer/cases/new_upload.h"
#include "model/case_create.h"
#include "model/choice_search.h"
#include "model/draft.h"
#include "model/notice.h"

bool new_get(struct visit *visit, struct err *err)
{
    struct new_form form;
    struct draft draft;
    struct str owner;
    if (!new_form_open(visit, &form, err) || !draft_owner(visit, &owner, err) ||
        !draft_load(visit, owner, DRAFT_NEW_CASE, &draft, err))
        return false;
    form.owner = owner;
    if (draft.found) {
        new_form_read(visit, &form, &draft.params);
        if (!new_upload_find(visit, &form, err))
            return false;
    }
    return new_page_show(visit, &form, draft.updated, err);
}

bool new_preview(struct visit *visit, struct err *err)
{
    struct new_form form;
    return new_form_open(visit, &form, err) && new_page_show(visit, &form, 0, err);
}

/* --- sending ------------------------------------------------------------------------------------------------------ */

static bool go_to_receipt(struct visit *visit, const struct made_case *made)
{
    return visit_redirect(visit, arena_printf(visit->arena, "/cases/receipt/%.*s", STR_FMT(made->receipt)));
}

/* Keeps a form whose session ran out while it was filled in, so that the user finds all of it after logging in. */
static bool keep_for_login(struct visit *visit, struct new_form *form, struct err *err)
{
    if (!new_upload_gather(visit, form, err) || !new_upload_keep(visit, form, err) || !draft_save(visit, form, err))
        return false;
    page_notice_next(visit, _("Your session has ended. What you wrote is kept: log in again to send it."));
    return visit_redirect(visit, STR("/login?next=/cases/new"));
}

static bool cases_new_show_again(struct visit *visit, struct new_form *form, struct err *err)
{
    if (!new_upload_keep(visit, form, err) || !draft_save(visit, form, err))
        return false;
    return new_page_show(visit, form, 0, err);
}

static struct str cases_new_value_of(struct new_form *form, const char *name)
{
    const struct new_field *one = new_form_field(form, name);
    return one ? one->value : STR_NONE;
}

static int64_t id_of(struct new_form *form, const char *name)
{
    const struct new_field *one = new_form_field(form, name);
    return one ? one->id : 0;
}

static void fill_extras(struct visit *visit, const struct new_form *form, struct new_case *wanted)
{
    struct new_case_extra *extras = ARENA_ARRAY(visit->arena, struct new_case_extra, form->count);
    for (size_t i = 0; i < form->count; i++) {
        const struct new_field *one = &form->fields[i];
        if (one->config.key.n && one->value.n)
            extras[wanted->extra_count++] = (struct new_case_extra){one->config.key, one->value};
    }
    wanted->extras = extras;
}

static void cases_new_fill_files(struct visit *visit, const struct new_form *form, struct new_case *wanted)
{
    struct new_case_file *files = ARENA_ARRAY(visit->arena, struct new_case_file, form->file_count);
    for (size_t i = 0; i < form->file_count; i++) {
        const struct new_file *file = &form->files[i];
        files[i] = (struct new_case_file){file->name, file->media_type, file->digest, file->size, file->key};
    }
    wanted->files = files;
    wanted->file_count = form->file_count;
}

static struct new_case case_of(struct visit *visit, struct new_form *form)
{
    struct new_case wanted = {
        .title = cases_new_value_of(form, "title"),
        .description = cases_new_value_of(form, "description"),
        .your_reference = cases_new_value_of(form, "your_reference"),
        .reporter = cases_new_value_of(form, "reporter"),
        .reporter_phone = cases_new_value_of(form, "reporter_phone"),
        .site_street = cases_new_value_of(form, "site_street"),
        .site_postal_code = cases_new_value_of(form, "site_postal_code"),
        .site_city = cases_new_value_of(form, "site_city"),
        .type_id = id_of(form, "type"),
        .priority_id = id_of(form, "priority"),
        .customer_id = form->customer_id,
        .object_id = form->object_id,
        .contact_id = visit->actor.contact_id,
        .created_by = visit->actor.login_id,
        .now_us = visit->now_us,
        .same_since = submission_since(visit, form),
        .owner = form->owner,
        .tell = notice_new_case,
        .visit = visit,
    };
    fill_extras(visit, form, &wanted);
    cases_new_fill_files(visit, form, &wanted);
    return wanted;
}

/* Makes the key before the check, because the check changes the sent values into their exact form. */
static bool send_form(struct visit *visit, struct new_form *form, struct err *err)
{
    struct made_case made;
    bool found = false;
    struct str key = submission_key(visit, form);
    if (!case_find_submitted(visit->db, visit->arena, key, submission_since(visit, form), &made, &found, err))
        return false;
    if (found)
        return go_to_receipt(visit, &made);
    if (!new_form_check(visit, form, err))
        return false;
    if (new_form_refused(form)) {
        visit->response->status = 400;
        return cases_new_show_again(visit, form, err);
    }
    struct new_case wanted = case_of(visit, form);
    wanted.submission = key;
    return case_create(visit->db, visit->arena, &wanted, &made, err) && go_to_receipt(visit, &made);
}

bool new_post(struct visit *visit, struct err *err)
{
    const struct http_params *params = &visit->request->form;
    struct new_form form = {0};
    struct str owner;
    bool expired = visit->actor.kind == ACTOR_NOBODY;
    if (!draft_owner(visit, &owner, err) || (!expired && !new_form_open(visit, &form, err)))
        return false;
    form.owner = owner;
    new_form_read(visit, &form, params);
    if (expired)
        return keep_for_login(visit, &form, err);
    if (!new_upload_gather(visit, &form, err))
        return false;
    return http_has(params, "search") ? cases_new_show_again(visit, &form, err) : send_form(visit, &form, err);
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
