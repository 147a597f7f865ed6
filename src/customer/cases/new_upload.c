#include "customer/cases/new_upload.h"

#include "base/random.h"
#include "model/upload.h"
#include "portal/receive_file.h"

enum { KEY_BYTES = 16, KEPT_FORMS = 5 };

/* Appends a sentence to the fault of the attachments. */
static void new_upload_tell(struct visit *visit, struct new_form *form, struct str text)
{
    struct str before = form->attachments.error;
    form->attachments.error = before.n ? arena_printf(visit->arena, "%.*s %.*s", STR_FMT(before), STR_FMT(text)) : text;
}

static void new_upload_tell_left_out(struct visit *visit, struct new_form *form, struct str name)
{
    struct str most = fmt_int(visit->arena, visit->view.lang, visit->config->attachment_count);
    new_upload_tell(visit, form,
                    tr_fill(visit->arena, visit->view.lang, _("{1} was left out: a case takes at most {2} files."),
                            (struct str[]){name, most}, 2));
}

static void new_upload_add(struct visit *visit, struct new_form *form, struct new_file file)
{
    if (form->file_count >= (size_t)visit->config->attachment_count) {
        new_upload_tell_left_out(visit, form, file.name);
        return;
    }
    form->files[form->file_count++] = file;
}

static bool new_upload_take(struct visit *visit, struct new_form *form, const struct http_upload *upload,
                            struct err *err)
{
    struct stored stored;
    struct str refusal;
    if (!receive_file(visit, upload, &stored, &refusal, err))
        return false;
    if (refusal.n)
        new_upload_tell(visit, form, refusal);
    else
        new_upload_add(visit, form,
                       (struct new_file){STR_NONE, stored.name, str_of(stored.media_type), stored.digest, stored.size});
    return true;
}

bool new_upload_find(struct visit *visit, struct new_form *form, struct err *err)
{
    size_t room = form->sent_key_count + visit->request->upload_count;
    form->files = ARENA_ARRAY(visit->arena, struct new_file, room);
    for (size_t i = 0; i < form->sent_key_count; i++) {
        struct upload kept;
        bool found = false;
        if (!upload_find(visit->db, visit->arena, form->owner, form->sent_keys[i], &kept, &found, err))
            return false;
        if (found)
            new_upload_add(visit, form,
                           (struct new_file){kept.key, kept.name, kept.media_type, kept.digest, kept.size});
    }
    if (form->file_count < form->sent_key_count && !form->attachments.error.n)
        form->attachments.error =
            visit_tr(visit, _("A file that you attached earlier is no longer kept. Attach it again."));
    return true;
}

bool new_upload_gather(struct visit *visit, struct new_form *form, struct err *err)
{
    const struct http_request *request = visit->request;
    if (!new_upload_find(visit, form, err))
        return false;
    for (size_t i = 0; i < request->upload_count; i++) {
        if (str_eqz(request->uploads[i].field, "attachments") &&
            !new_upload_take(visit, form, &request->uploads[i], err))
            return false;
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
 * Deletes the files that were removed in the form, and the oldest files of an owner who has more than KEPT_FORMS forms
 * can hold.
 */
static bool new_upload_forget(struct db_conn *conn, const struct keeping *keeping, struct err *err)
{
    struct str owner = keeping->form->owner, key;
    int64_t room = INT64_C(1) * keeping->visit->config->attachment_count * KEPT_FORMS;
    size_t at = 0;
    while (http_param_next(&keeping->visit->request->form, "upload_remove", &at, &key)) {
        if (!upload_forget(conn, owner, key, err))
            return false;
    }
    return upload_forget_oldest(conn, owner, room, err);
}

static bool new_upload_keep_body(struct db_conn *conn, void *context, struct err *err)
{
    const struct keeping *keeping = context;
    for (size_t i = 0; i < keeping->form->file_count; i++) {
        const struct new_file *file = &keeping->form->files[i];
        const struct upload upload = {keeping->keys[i],      keeping->form->owner, file->name,
                                      file->media_type,      file->digest,         file->size,
                                      keeping->visit->now_us};
        if (!file->key.n && !upload_add(conn, &upload, err))
            return false;
    }
    return new_upload_forget(conn, keeping, err);
}

bool new_upload_keep(struct visit *visit, struct new_form *form, struct err *err)
{
    struct keeping keeping = {visit, form, ARENA_ARRAY(visit->arena, struct str, form->file_count)};
    bool changed = http_has(&visit->request->form, "upload_remove");
    for (size_t i = 0; i < form->file_count; i++) {
        keeping.keys[i] = random_token(visit->arena, KEY_BYTES);
        changed = changed || !form->files[i].key.n;
    }
    if (changed && !db_transaction(visit->db, new_upload_keep_body, &keeping, err))
        return false;
    for (size_t i = 0; i < form->file_count; i++) {
        if (!form->files[i].key.n)
            form->files[i].key = keeping.keys[i];
    }
    return true;
}
