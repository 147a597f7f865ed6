#include "portal/receive_file.h"

static struct str shown_name(struct visit *visit, struct str name)
{
    struct str clean = store_clean_name(visit->arena, name);
    return clean.n ? clean : STR("?");
}

static struct str refusal_text(struct visit *visit, struct str name, enum store_refusal refusal, int64_t most)
{
    static const struct msgid *const TEXTS[] = {
        [STORE_EMPTY] = _("{1} is empty."),
        [STORE_TOO_LARGE] = _("{1} is too large: at most {2}."),
        [STORE_LOCKED] = _("{1} is locked with a password. Save it without a password and add it again."),
        [STORE_NOT_TEXT] = _("{1} is not text that the portal can read. Save it as UTF-8 and add it again."),
        [STORE_OTHER_KIND] = _("{1} is damaged: its content is not of the kind that its name says."),
        [STORE_UNKNOWN] = _("{1} is of a kind that cannot be sent here. Save it as PDF or as a picture, and add that."),
    };
    enum lang lang = visit->view.lang;
    return tr_fill(visit->arena, lang, TEXTS[refusal], (struct str[]){name, fmt_size(visit->arena, lang, most)}, 2);
}

bool receive_file(struct visit *visit, const struct http_upload *upload, struct stored *stored, struct str *refusal,
                  struct err *err)
{
    const struct store_rules *rules = &visit->config->attachments;
    struct str name = shown_name(visit, upload->filename);
    *refusal = STR_NONE;
    if (upload->too_large) {
        *refusal = refusal_text(visit, name, STORE_TOO_LARGE, store_limit_of_name(rules, name));
        return true;
    }
    if (!store_put(visit->arena, visit->config->data, rules, upload->fd, upload->filename, stored, err))
        return false;
    if (stored->refusal != STORE_TAKEN)
        *refusal = refusal_text(visit, name, stored->refusal, store_limit(rules, stored->media_type));
    return true;
}

static struct str receive_hint(const struct visit *visit)
{
    const struct store_rules *rules = &visit->config->attachments;
    enum lang lang = visit->view.lang;
    return tr_fill(visit->arena, lang,
                   _("Up to {1} files of at most {2} each (films {3}): pictures, films, PDF, text and office files."),
                   (struct str[]){fmt_int(visit->arena, lang, visit->config->attachment_count),
                                  fmt_size(visit->arena, lang, rules->max_bytes),
                                  fmt_size(visit->arena, lang, rules->film_bytes)},
                   3);
}

struct field receive_field(const struct visit *visit, struct str name, const struct msgid *label, struct str fault)
{
    return (struct field){.name = name,
                          .label = visit_tr(visit, label),
                          .hint = receive_hint(visit),
                          .error = fault,
                          .accept = arena_z(visit->arena, store_accept(visit->arena, &visit->config->attachments))};
}
