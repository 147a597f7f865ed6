#include "customer/cases/upload.h"

#include "base/random.h"
#include "portal/receive_file.h"

enum { KEY_BYTES = 16, KEPT_FORMS = 5 };

/* One sentence for each fault, after one another. */
static void tell(struct visit *visit, struct new_form *form, struct str text)
{
    struct str before = form->attachments.error;
    form->attachments.error = before.n ? arena_printf(visit->arena, "%.*s %.*s", STR_FMT(before), STR_FMT(text)) : text;
}

static void tell_left_out(struct visit *visit, struct new_form *form, struct str name)
{
    struct str most = fmt_int(visit->arena, visit->view.lang, visit->config->attachment_count);
    tell(visit, form,
         tr_fill(visit->arena, visit->view.lang, _("{1} was left out: a case takes at most {2} files."),
                 (struct str[]){name, most}, 2));
}

static void add(struct visit *visit, struct new_form *form, struct new_file file)
{
    if (form->file_count >= (size_t)visit->config->attachment_count) {
        tell_left_out(visit, form, file.name);
        return;
    }
    form->files[form->file_count++] = file;
}

static bool take_one(struct visit *visit, struct new_form *form, const struct http_upload *upload, struct err *err)
{
    struct stored stored;
    struct str refusal;
    if (!receive_file(visit, upload, &stored, &refusal, err))
        return false;
    if (refusal.n)
        tell(visit, form, refusal);
    else
        add(visit, form,
            (struct new_file){STR_NONE, stored.name, str_of(stored.media_type), stored.digest, stored.size});
    return true;
}

static bool find_kept(struct visit *visit, const struct new_form *form, struct str key, struct new_file *file,
                      bool *found, struct err *err)
{
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT name, media_type, digest, size FROM upload WHERE key = $1 AND owner = $2",
                                    DB_ARGS(DB_TEXT(key), DB_TEXT(form->owner)), err);
    *found = rows && db_next(rows);
    if (*found)
        *file = (struct new_file){key, db_text_copy(rows, 0, visit->arena), db_text_copy(rows, 1, visit->arena),
                                  db_text_copy(rows, 2, visit->arena), db_int(rows, 3)};
    return db_done(rows, err);
}

bool upload_find(struct visit *visit, struct new_form *form, struct err *err)
{
    size_t room = form->sent_key_count + visit->request->upload_count;
    form->files = ARENA_ARRAY(visit->arena, struct new_file, room);
    for (size_t i = 0; i < form->sent_key_count; i++) {
        struct new_file file;
        bool found = false;
        if (!find_kept(visit, form, form->sent_keys[i], &file, &found, err))
            return false;
        if (found)
            add(visit, form, file);
    }
    if (form->file_count < form->sent_key_count && !form->attachments.error.n)
        form->attachments.error =
            visit_tr(visit, _("A file that you attached earlier is no longer kept. Attach it again."));
    return true;
}

bool upload_gather(struct visit *visit, struct new_form *form, struct err *err)
{
    const struct http_request *request = visit->request;
    if (!upload_find(visit, form, err))
        return false;
    for (size_t i = 0; i < request->upload_count; i++) {
        if (str_eqz(request->uploads[i].field, "attachments") && !take_one(visit, form, &request->uploads[i], err))
            return false;
    }
    if (request->too_many_uploads)
        tell(visit, form,
             tr_fill(visit->arena, visit->view.lang, _("Some files were left out: a case takes at most {1} files."),
                     (struct str[]){fmt_int(visit->arena, visit->view.lang, visit->config->attachment_count)}, 1));
    return true;
}

/* --- keeping ----------------------------------------------------------------------------------------------------------------- */

struct keeping {
    struct visit *visit;
    struct new_form *form;
    struct str *keys; /* of the files that are not kept yet */
};

static bool insert(struct db_conn *conn, const struct keeping *keeping, const struct new_file *file, struct str key,
                   struct err *err)
{
    return db_exec(conn,
                   "INSERT INTO upload (key, owner, name, media_type, size, digest, created)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                   DB_ARGS(DB_TEXT(key), DB_TEXT(keeping->form->owner), DB_TEXT(file->name), DB_TEXT(file->media_type),
                           DB_INT(file->size), DB_TEXT(file->digest), DB_INT(keeping->visit->now_us)),
                   err);
}

/* What was removed in the form, and the oldest of somebody who keeps more than a few forms can hold. */
static bool forget(struct db_conn *conn, const struct keeping *keeping, struct err *err)
{
    struct str owner = keeping->form->owner, key;
    int64_t room = INT64_C(1) * keeping->visit->config->attachment_count * KEPT_FORMS;
    size_t at = 0;
    while (http_param_next(&keeping->visit->request->form, "upload_remove", &at, &key)) {
        if (!db_exec(conn, "DELETE FROM upload WHERE key = $1 AND owner = $2", DB_ARGS(DB_TEXT(key), DB_TEXT(owner)),
                     err))
            return false;
    }
    return db_exec(conn,
                   "DELETE FROM upload WHERE owner = $1 AND key NOT IN"
                   " (SELECT key FROM upload WHERE owner = $1 ORDER BY created DESC, key LIMIT $2)",
                   DB_ARGS(DB_TEXT(owner), DB_INT(room)), err);
}

static bool keep(struct db_conn *conn, void *context, struct err *err)
{
    const struct keeping *keeping = context;
    for (size_t i = 0; i < keeping->form->file_count; i++) {
        const struct new_file *file = &keeping->form->files[i];
        if (!file->key.n && !insert(conn, keeping, file, keeping->keys[i], err))
            return false;
    }
    return forget(conn, keeping, err);
}

bool upload_keep(struct visit *visit, struct new_form *form, struct err *err)
{
    struct keeping keeping = {visit, form, ARENA_ARRAY(visit->arena, struct str, form->file_count)};
    bool changed = http_has(&visit->request->form, "upload_remove");
    for (size_t i = 0; i < form->file_count; i++) {
        keeping.keys[i] = random_token(visit->arena, KEY_BYTES);
        changed = changed || !form->files[i].key.n;
    }
    if (changed && !db_transaction(visit->db, keep, &keeping, err))
        return false;
    for (size_t i = 0; i < form->file_count; i++) {
        if (!form->files[i].key.n)
            form->files[i].key = keeping.keys[i];
    }
    return true;
}
