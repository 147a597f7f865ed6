/* Merges changes when two people edit the same row, and writes lines of history. */
#include "forms/form.h"

#include "base/buf.h"

#include <sodium.h>

enum { DIGEST_BYTES = 8, DIGEST_HEX = 2 * DIGEST_BYTES };

static bool form_merge_is_told(const struct form *form, size_t at)
{
    return form->fields[at].shown && !form->fields[at].readonly;
}

static struct str form_merge_digest_of(const struct form *form, size_t at, struct str value)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    struct buf out;
    struct str clean = field_clean(form->visit->arena, form->fields[at].rule, value);
    (void)crypto_generichash(digest, sizeof digest, (const unsigned char *)clean.p, clean.n, NULL, 0);
    buf_init(&out, form->visit->arena);
    buf_hex(&out, digest, DIGEST_BYTES);
    return buf_text(&out);
}

struct str form_was(const struct form *form)
{
    struct buf out;
    buf_init(&out, form->visit->arena);
    for (size_t i = 0; form->id && i < form->count; i++) {
        if (form_merge_is_told(form, i))
            buf_str(&out, form_merge_digest_of(form, i, form->stored[i]));
    }
    return buf_text(&out);
}

static struct str was_sent(const struct form *form)
{
    return http_param(&form->visit->request->form, form->was_name);
}

bool form_is_older(const struct form *form)
{
    struct str was = was_sent(form);
    return was.n && !str_eq(was, form_was(form));
}

static struct str read_or_empty(const struct form *form, struct str text)
{
    return text.n ? text : visit_tr(form->visit, _("empty"));
}

static struct str form_merge_label_of(const struct form *form, enum lang lang, size_t at)
{
    const struct form_field *field = &form->fields[at];
    return field->label_msgid ? tr(lang, field->label_msgid) : field->label;
}

void form_page_add_change(struct arena *arena, struct form_page *page, struct form_change change)
{
    if (!page->changes)
        page->changes = ARENA_ARRAY(arena, struct form_change, FORM_CHANGES_MAX);
    if (page->change_count < FORM_CHANGES_MAX)
        page->changes[page->change_count++] = change;
}

void form_tell(const struct form *form, struct form_page *page, const struct msgid *label, struct str now)
{
    if (now.n)
        form_page_add_change(form->visit->arena, page,
                             (struct form_change){.label = visit_tr(form->visit, label), .now = now});
}

bool form_merge(struct form *form, const struct form *fresh, struct form_page *page, struct err *err)
{
    struct visit *visit = form->visit;
    struct str was = was_sent(form);
    size_t told = 0;
    for (size_t i = 0; i < form->count; i++) {
        struct str now, mine;
        form->stored[i] = fresh->stored[i];
        form->stored_ids[i] = fresh->stored_ids[i];
        if (!form_merge_is_told(form, i))
            continue;
        struct str part = str_slice(was, told * DIGEST_HEX, (told + 1) * DIGEST_HEX);
        told++;
        if (str_eq(part, form_merge_digest_of(form, i, form->stored[i])) || !form_differs_at(form, i))
            continue;
        bool touched = !str_eq(part, form_merge_digest_of(form, i, form->values[i]));
        if (!form_text(form, visit->view.lang, i, form->stored[i], &now, err) ||
            !form_text(form, visit->view.lang, i, form->values[i], &mine, err))
            return false;
        form_page_add_change(visit->arena, page,
                             (struct form_change){.label = form_merge_label_of(form, visit->view.lang, i),
                                                  .now = read_or_empty(form, now),
                                                  .mine = touched ? read_or_empty(form, mine) : STR_NONE});
        if (!touched) { /* so that saving again does not undo the other person's change */
            form->values[i] = form->stored[i];
            form->ids[i] = form->stored_ids[i];
        }
    }
    page->was = form_was(form);
    page->refusal =
        visit_tr(visit, _("Somebody has changed this since you opened it. Nothing of yours is saved yet, and nothing"
                          " that you typed is lost: look at what changed, then save again."));
    visit->response->status = 409;
    return true;
}

bool form_history(struct form *form,
                  bool (*note)(void *context, struct str label, struct str before, struct str after, struct err *err),
                  void *context, struct err *err)
{
    for (size_t i = 0; i < form->count; i++) {
        struct str before, after;
        if (!form_differs_at(form, i))
            continue;
        const struct msgid *label = form->fields[i].rule->label; /* that of the form may say how to write the value */
        if (!form_text(form, LANG_SV, i, form->stored[i], &before, err) ||
            !form_text(form, LANG_SV, i, form->values[i], &after, err) ||
            !note(context, label ? tr(LANG_SV, label) : form_merge_label_of(form, LANG_SV, i), before, after, err))
            return false;
    }
    return true;
}

bool form_last_changed(struct visit *visit, const char *action, struct str subject, struct form_page *page,
                       struct err *err)
{
    int64_t at = 0;
    struct str who;
    bool found = false;
    if (!db_find(visit->db, visit->arena,
                 "SELECT at, who FROM audit WHERE subject = $1 AND action = $2 ORDER BY id DESC LIMIT 1",
                 DB_ARGS(DB_TEXT(subject), DB_TEXT(str_of(action))), DB_TARGETS(TO(&at), TO(&who)), &found, err))
        return false;
    if (found)
        page->changed_by = tr_fill(visit->arena, visit->view.lang, _("Last changed by {2} at {1}."),
                                   (struct str[]){instant_format_local(visit->arena, at), who}, 2);
    return true;
}
