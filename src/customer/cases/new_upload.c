#include "customer/cases/new_upload.h"

#include "base/random.h"
#include "model/upload.h"
#include "portal/quota.h"
#include "portal/receive_file.h"

enum { KEY_BYTES = 16, KEPT_FORMS = 5 };

/* Appends a sentence to the fault of the attachments. */
static void new_upload_tell(struct visit *visit, struct new_form *form, struct str text)
{
    struct str before = form->file_fault;
    form->file_fault = before.n ? arena_printf(visit->arena, "%.*s %.*s", STR_FMT(before), STR_FMT(text)) : text;
}

static void new_upload_add(struct visit *visit, struct new_form *form, struct new_case_file file)
{
    enum lang lang = visit->view.lang;
    if (form->file_count < (size_t)visit->config->attachment_count)
        form->files[form->file_count++] = file;
    else
        new_upload_tell(visit, form,
                        tr_fill(visit->arena, lang, _("{1} was left out: a case takes at most {2} files."),
                                (struct str[]){file.name, fmt_int(visit->arena, lang, visit->config->attachment_count)},
                                2));
}

bool new_upload_find(struct visit *visit, struct new_form *form, struct err *err)
{
    form->files = ARENA_ARRAY(visit->arena, struct new_case_file, form->sent_key_count + visit->request->upload_count);
    for (size_t i = 0; i < form->sent_key_count; i++) {
        struct upload kept;
        bool found = false;
        if (!upload_find(visit->db, visit->arena, form->owner, form->sent_keys[i], &kept, &found, err))
            return false;
        if (found)
            new_upload_add(visit, form,
                           (struct new_case_file){kept.name, kept.media_type, kept.digest, kept.size, kept.key});
    }
    if (form->file_count < form->sent_key_count && !form->file_fault.n)
        form->file_fault = visit_tr(visit, _("A file that you attached earlier is no longer kept. Attach it again."));
    return true;
}

/* Counts the files of a request. They are left out when the login has sent too much. */
static bool new_upload_allowed(struct visit *visit, struct new_form *form, bool *allowed, struct err *err)
{
    const struct http_request *request = visit->request;
    int64_t bytes = 0;
    for (size_t i = 0; i < request->upload_count; i++)
        bytes += request->uploads[i].size;
    *allowed = !bytes || quota_take(visit, QUOTA_UPLOADS, bytes, err);
    return *allowed || quota_answer(visit, err, &form->wait);
}

bool new_upload_gather(struct visit *visit, struct new_form *form, struct err *err)
{
    const struct http_request *request = visit->request;
    bool allowed = false;
    if (!new_upload_find(visit, form, err) || !new_upload_allowed(visit, form, &allowed, err))
        return false;
    for (size_t i = 0; allowed && i < request->upload_count; i++) {
        struct stored stored;
        struct str refusal;
        if (!str_eqz(request->uploads[i].field, "attachments"))
            continue;
        if (!receive_file(visit, &request->uploads[i], &stored, &refusal, err))
            return false;
        if (refusal.n)
            new_upload_tell(visit, form, refusal);
        else
            new_upload_add(
                visit, form,
                (struct new_case_file){stored.name, str_of(stored.media_type), stored.digest, stored.size, STR_NONE});
    }
    if (request->too_many_uploads)
        new_upload_tell(
            visit, form,
            tr_fill(visit->arena, visit->view.lang, _("Some files were left out: a case takes at most {1} files."),
                    (struct str[]){fmt_int(visit->arena, visit->view.lang, visit->config->attachment_count)}, 1));
    return true;
}

/* --- keeping ------------------------------------------------------------------------------------------------------ */

struct keeping {
    struct visit *visit;
    struct new_form *form;
    struct str *keys; /* keys for the files that are not kept yet */
};

/*
 * Keeps the new files; deletes the files that were removed in the form, and the oldest files of an owner who has more
 * than KEPT_FORMS forms can hold.
 */
static bool new_upload_keep_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct keeping *keeping = context;
    const struct visit *visit = keeping->visit;
    struct str owner = keeping->form->owner, key;
    size_t at = 0;
    for (size_t i = 0; i < keeping->form->file_count; i++) {
        const struct new_case_file *file = &keeping->form->files[i];
        const struct upload upload = {keeping->keys[i], owner,      file->name,   file->media_type,
                                      file->digest,     file->size, visit->now_us};
        if (!file->upload.n && !upload_add(conn, &upload, err))
            return false;
    }
    while (http_param_next(&visit->request->form, "upload_remove", &at, &key)) {
        if (!upload_forget(conn, owner, key, err))
            return false;
    }
    return upload_forget_oldest(conn, owner, INT64_C(1) * visit->config->attachment_count * KEPT_FORMS, err);
}

bool new_upload_keep(struct visit *visit, struct new_form *form, struct err *err)
{
    struct keeping keeping = {visit, form, ARENA_ARRAY(visit->arena, struct str, form->file_count)};
    bool changed = http_has(&visit->request->form, "upload_remove");
    for (size_t i = 0; i < form->file_count; i++) {
        keeping.keys[i] = random_token(visit->arena, KEY_BYTES);
        changed = changed || !form->files[i].upload.n;
    }
    if (changed && !db_transaction(visit->db, new_upload_keep_body, &keeping, err))
        return false;
    for (size_t i = 0; i < form->file_count; i++) {
        if (!form->files[i].upload.n)
            form->files[i].upload = keeping.keys[i];
    }
    return true;
}
