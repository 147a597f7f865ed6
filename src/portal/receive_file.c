#include "portal/receive_file.h"

static struct str shown_name(struct visit *visit, struct str name)
{
    struct str clean = store_clean_name(visit->arena, name);
    return clean.n ? clean : STR("?");
}

bool receive_file(struct visit *visit, const struct http_upload *upload, struct stored *stored, struct str *refusal,
                  struct err *err)
{
    struct err cause = {.kind = ERR_NONE};
    struct str name = shown_name(visit, upload->filename);
    enum lang lang = visit->view.lang;
    *refusal = STR_NONE;
    if (upload->too_large) {
        *refusal = tr_fill(visit->arena, lang, _("{1} is too large: at most {2} a file."),
                           (struct str[]){name, fmt_size(visit->arena, lang, visit->config->attachment_bytes)}, 2);
        return true;
    }
    if (store_put(visit->arena, visit->config->data, upload->fd, upload->filename, stored, &cause))
        return true;
    if (cause.kind != ERR_UNSUPPORTED) {
        *err = cause;
        return false;
    }
    *refusal = tr_fill(visit->arena, lang,
                       _("{1} cannot be taken: send pictures, films, PDF, text, or Word and Excel files."), &name, 1);
    return true;
}

struct str receive_hint(const struct visit *visit)
{
    return tr_fill(visit->arena, visit->view.lang,
                   _("Up to {1} files of at most {2} each: pictures, films, PDF, text, Word or Excel."),
                   (struct str[]){fmt_int(visit->arena, visit->view.lang, visit->config->attachment_count),
                                  fmt_size(visit->arena, visit->view.lang, visit->config->attachment_bytes)},
                   2);
}
