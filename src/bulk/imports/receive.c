/* Receives the uploaded files of an import. */
#include "bulk/imports/pages.h"
#include "bulk/imports/vault.h"
#include "service/store.h"

#include <inttypes.h>

struct kept_upload {
    struct str name, stored;
    int64_t size;
};

struct sending {
    struct visit *visit;
    struct kept_upload *files;
    size_t count;
    struct str refusal;
    int64_t run;
};

/* Appends a sentence for each refused file. */
static void imports_receive_tell(struct sending *sending, const struct msgid *msgid, struct str name)
{
    struct visit *visit = sending->visit;
    struct str most = fmt_size(visit->arena, visit->view.lang, visit->config->import_bytes);
    struct str files = fmt_int(visit->arena, visit->view.lang, IMPORT_FILES_MAX);
    struct str text = tr_fill(visit->arena, visit->view.lang, msgid, (struct str[]){name, most, files}, 3);
    struct str before = sending->refusal;
    sending->refusal = before.n ? arena_printf(visit->arena, "%.*s %.*s", STR_FMT(before), STR_FMT(text)) : text;
}

static const struct msgid *fault_of(const struct http_upload *upload, struct str name)
{
    if (upload->too_large)
        return _("{1} is too large: a file may have at most {2}.");
    if (str_eq_nocase(name, STR("files.csv")) || str_eq_nocase(name, STR("files.xlsx")))
        return _("{1} speaks of other files, which cannot come with it here. Import it with kundportal import on the "
                 "server.");
    if (!load_is_workbook(name) && !load_is_csv(name))
        return _("{1} is neither CSV nor a workbook (XLSX).");
    return NULL;
}

static bool keep_one(struct sending *sending, const struct http_upload *upload, struct err *err)
{
    struct visit *visit = sending->visit;
    struct str name = store_clean_name(visit->arena, upload->filename);
    const struct msgid *fault = fault_of(upload, name);
    if (fault) {
        imports_receive_tell(sending, fault, name);
        return true;
    }
    struct kept_upload *kept = &sending->files[sending->count++];
    *kept = (struct kept_upload){.name = name, .size = upload->size};
    return vault_keep(visit->arena, visit->config->data, upload->fd, &kept->stored, err);
}

static bool keep_all(struct sending *sending, struct err *err)
{
    const struct http_request *request = sending->visit->request;
    sending->files = ARENA_ARRAY(sending->visit->arena, struct kept_upload, request->upload_count);
    for (size_t i = 0; i < request->upload_count; i++) {
        if (str_eqz(request->uploads[i].field, "files") && !keep_one(sending, &request->uploads[i], err))
            return false;
    }
    for (size_t i = 0; i < request->left_out_count; i++)
        imports_receive_tell(sending, _("{1} was left out: at most {3} files are taken at a time."),
                             store_clean_name(sending->visit->arena, request->left_out[i]));
    if (!sending->count && !sending->refusal.n)
        sending->refusal = visit_tr(sending->visit, _("Choose at least one file."));
    return true;
}

/* Keeps the files without holding the database connection, so that other requests can use it meanwhile. */
static bool imports_receive_keep(struct sending *sending, struct err *err)
{
    struct err lost = {.kind = ERR_NONE};
    visit_pause_db(sending->visit);
    bool ok = keep_all(sending, err);
    bool back = visit_resume_db(sending->visit, ok ? err : &lost);
    return ok && back;
}

static bool insert_files(struct db_conn *conn, struct sending *sending, struct buf *names, struct err *err)
{
    for (size_t i = 0; i < sending->count; i++) {
        const struct kept_upload *file = &sending->files[i];
        buf_printf(names, "%s%.*s (%" PRId64 " bytes)", i ? ", " : "", STR_FMT(file->name), file->size);
        if (!db_exec(conn, "INSERT INTO import_file (run_id, position, name, stored, size) VALUES ($1, $2, $3, $4, $5)",
                     DB_ARGS(DB_INT(sending->run), DB_INT(i * SHEETS_ROOM), DB_TEXT(file->name), DB_TEXT(file->stored),
                             DB_INT(file->size)),
                     err))
            return false;
    }
    return true;
}

static bool send_body(struct db_conn *conn, void *context, struct err *err)
{
    struct sending *sending = context;
    struct visit *visit = sending->visit;
    struct buf names;
    buf_init(&names, visit->arena);
    if (!db_query_int(
            conn, "INSERT INTO import_run (staff_id, who, created, state) VALUES ($1, $2, $3, 'uploaded') RETURNING id",
            DB_ARGS(DB_INT(visit->staff.id), DB_TEXT(visit->staff.email), DB_INT(visit->now_us)), NULL, &sending->run,
            err) ||
        !insert_files(conn, sending, &names, err))
        return false;
    return visit_audit(visit, "import_uploaded", arena_printf(visit->arena, "import %" PRId64, sending->run),
                       buf_text(&names), err);
}

/* Removes all files after a refusal or a failure. */
static void forget(const struct sending *sending)
{
    for (size_t i = 0; i < sending->count; i++)
        vault_remove(sending->visit->config->data, sending->files[i].stored);
}

bool imports_send(struct visit *visit, struct err *err)
{
    struct sending sending = {.visit = visit};
    bool ok = imports_receive_keep(&sending, err);
    if (ok && !sending.refusal.n && db_transaction(visit->db, send_body, &sending, err))
        return visit_redirect(visit, run_path(visit->arena, sending.run));
    forget(&sending);
    if (!ok || !sending.refusal.n)
        return false;
    visit->response->status = 400;
    return imports_page_refused(visit, sending.refusal, err);
}
