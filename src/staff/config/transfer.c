/* Exports and imports the settings of the portal as a file. */
#include "staff/config/config.html.h"
#include "staff/config/pages.h"

#define FILE_BYTES (1024 * 1024)

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

/*
 * Shows the form. `fault` (msgid, or NULL) says why a file was refused; its faults are shown with file and line, in the
 * same form as `kundportal check` does.
 */
static bool import_show(struct visit *visit, const struct config_draft *draft, const struct msgid *fault,
                        const struct config_faults *faults)
{
    const struct import_view view = {
        .kept = draft->kept,
        .faults = *faults,
        .file = {.name = STR("file"),
                 .label = visit_tr(visit, _("Settings file")),
                 .hint = visit_tr(visit, _("kundportal.ini, at most 1 MiB. Only what is of "
                                           "the portal is taken.")),
                 .error = visit_tr(visit, fault),
                 .required = true}};
    visit->response->status = fault ? 400 : 200;
    return page_show_narrow(visit, visit_tr(visit, _("Import settings")), config_import_html, &view);
}

bool config_import_page(struct visit *visit, struct err *err)
{
    struct config_draft draft;
    return config_draft_load(visit, &draft, err) && import_show(visit, &draft, NULL, &(struct config_faults){0});
}

bool config_import_send(struct visit *visit, struct err *err)
{
    const struct http_upload *upload = visit->request->upload_count ? visit->request->uploads : NULL;
    struct str text = STR_NONE;
    struct config_draft draft;
    struct config made;
    struct config_faults faults = {0};
    struct err misfit = {.kind = ERR_NONE};
    size_t left_out = 0;
    if (!config_draft_load(visit, &draft, err))
        return false;
    if (!upload)
        return import_show(visit, &draft, _("Choose a file."), &faults);
    if (!upload->too_large && !upload_read(visit, upload, FILE_BYTES, &text, err))
        return false;
    if (upload->too_large || text.n > FILE_BYTES)
        return import_show(visit, &draft, _("The file is larger than 1 MiB."), &faults);
    if (!config_import(visit->arena, visit->config, draft.text, upload->filename, text, &made, &left_out, &faults,
                       &misfit))
        return import_show(visit, &draft, _("The file has faults. Nothing was taken."), &faults);
    if (!config_draft_keep(visit, &draft, &made, err))
        return false;
    page_notice_next(
        visit,
        left_out
            ? _("The file is in your draft. What is not of the portal, or names a picture elsewhere, was left out.")
            : _("The file is in your draft. It counts when you publish it."));
    return visit_redirect(visit, STR("/staff/configuration"));
}
