/* Exports and imports the settings of the portal as a file. */
#include "staff/config/config.html.h"
#include "staff/config/pages.h"

#include <unistd.h>

#define FILE_BYTES (1024 * 1024)
#define FAULTS_SHOWN 50

bool config_export(struct visit *visit, struct err *err)
{
    struct config_draft draft;
    if (!config_draft_load(visit, &draft, err) ||
        !visit_audit(visit, "configuration_exported", arena_printf(visit->arena, "%d", (int)draft.newest), STR_NONE,
                     err))
        return false;
    visit_download(visit, "text/plain; charset=utf-8", "kundportal.ini");
    buf_z(&visit->response->body,
          "# Settings of the portal. What is not here stands in the settings file of the server.\n");
    buf_str(&visit->response->body, draft.published);
    return true;
}

static bool transfer_show(struct visit *visit, struct import_view *view, struct err *err)
{
    struct config_draft draft;
    if (!config_draft_load(visit, &draft, err))
        return false;
    view->kept = draft.kept;
    view->file.name = STR("file");
    view->file.label = visit_tr(visit, _("Settings file"));
    view->file.hint = visit_tr(visit, _("kundportal.ini, at most 1 MiB. Only what is of the portal is taken."));
    view->file.required = true;
    page_begin_narrow(visit, visit_tr(visit, _("Import settings")));
    config_import_html(&visit->response->body, &visit->view, view);
    page_end(visit);
    return true;
}

bool config_import_page(struct visit *visit, struct err *err)
{
    struct import_view view = {.fault_count = 0};
    return transfer_show(visit, &view, err);
}

static bool transfer_read_file(struct visit *visit, const struct http_upload *upload, struct str *text, struct err *err)
{
    char *content = arena_alloc(visit->arena, FILE_BYTES + 1);
    size_t have = 0;
    ssize_t n = 0;
    while (have <= FILE_BYTES && (n = pread(upload->fd, content + have, FILE_BYTES + 1 - have, (off_t)have)) > 0)
        have += (size_t)n;
    *text = (struct str){content, have};
    return n >= 0 || err_errno(err, "settings file");
}

static bool transfer_refuse(struct visit *visit, const struct msgid *msgid, struct err *err)
{
    struct import_view view = {.file.error = visit_tr(visit, msgid)};
    visit->response->status = 400;
    return transfer_show(visit, &view, err);
}

/* Shows what is wrong, with file and line, in the same form as `kundportal check`. */
static bool refuse_content(struct visit *visit, const struct config_faults *faults, struct err *err)
{
    struct import_view view = {.file.error = visit_tr(visit, _("The file has faults. Nothing was taken."))};
    struct str *lines = ARENA_ARRAY(visit->arena, struct str, faults->count);
    for (size_t i = 0; i < faults->count && i < FAULTS_SHOWN; i++)
        lines[view.fault_count++] = faults->items[i].text;
    view.faults = lines;
    visit->response->status = 400;
    return transfer_show(visit, &view, err);
}

static bool transfer_take(struct visit *visit, struct str name, struct str text, struct err *err)
{
    struct config_draft draft;
    struct config made;
    struct config_faults faults = {0};
    struct err misfit = {.kind = ERR_NONE};
    size_t left_out = 0;
    if (!config_draft_load(visit, &draft, err))
        return false;
    if (!config_import(visit->arena, visit->config, draft.text, name, text, &made, &left_out, &faults, &misfit))
        return refuse_content(visit, &faults, err);
    if (!config_draft_keep(visit, &draft, &made, err))
        return false;
    page_notice_next(
        visit,
        left_out
            ? _("The file is in your draft. What is not of the portal, or names a picture elsewhere, was left out.")
            : _("The file is in your draft. It counts when you publish it."));
    return visit_redirect(visit, STR("/staff/configuration"));
}

bool config_import_send(struct visit *visit, struct err *err)
{
    const struct http_request *request = visit->request;
    struct str text;
    if (!request->upload_count)
        return transfer_refuse(visit, _("Choose a file."), err);
    const struct http_upload *upload = &request->uploads[0];
    if (upload->too_large)
        return transfer_refuse(visit, _("The file is larger than 1 MiB."), err);
    if (!transfer_read_file(visit, upload, &text, err))
        return false;
    if (text.n > FILE_BYTES)
        return transfer_refuse(visit, _("The file is larger than 1 MiB."), err);
    return transfer_take(visit, upload->filename, text, err);
}
