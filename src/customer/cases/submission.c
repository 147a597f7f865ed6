#include "customer/cases/submission.h"

#include "base/clock.h"

/* All keys of one form begin alike, so that it is found whatever was sent with it. */
static struct str form_mac(struct visit *visit, struct str submission)
{
    struct str text = submission.n ? arena_printf(visit->arena, "form %lld %.*s", (long long)visit->actor.login_id,
                                                  STR_FMT(submission))
                                   : arena_printf(visit->arena, "session %.*s", STR_FMT(visit->session));
    return app_mac(visit->app, visit->arena, "submission", text);
}

static void add_part(struct buf *out, struct str part)
{
    buf_int(out, (int64_t)part.n);
    buf_char(out, ':');
    buf_str(out, part);
}

/* Fields by name and value, kept files by key, new ones by content; not the token, which changes with the session. */
static struct str content_mac(struct visit *visit, const struct new_form *form)
{
    struct buf out;
    buf_init(&out, visit->arena);
    for (size_t i = 0; i < form->count; i++) {
        const struct new_field *one = &form->fields[i];
        add_part(&out, one->config.name);
        add_part(&out, one->given ? one->field.value : STR_NONE);
        add_part(&out, one->given ? STR("sent") : STR_NONE);
    }
    for (size_t i = 0; i < form->sent_key_count; i++)
        add_part(&out, form->sent_keys[i]);
    for (size_t i = 0; i < form->file_count; i++) {
        if (!form->files[i].key.n) {
            add_part(&out, form->files[i].digest);
            add_part(&out, form->files[i].name);
        }
    }
    return app_mac(visit->app, visit->arena, "content", buf_text(&out));
}

struct str submission_key(struct visit *visit, const struct new_form *form)
{
    return arena_printf(visit->arena, "%.*s.%.*s", STR_FMT(form_mac(visit, form->submission)),
                        STR_FMT(content_mac(visit, form)));
}

int64_t submission_since(const struct visit *visit, const struct new_form *form)
{
    return form->submission.n ? 0 : visit->now_us - SAME_MINUTES * 60 * US_PER_SECOND;
}

bool submission_was_sent(struct visit *visit, struct str submission, bool *sent, struct err *err)
{
    int64_t ignored = 0;
    *sent = false;
    if (!submission.n || visit->actor.kind == ACTOR_NOBODY)
        return true;
    struct str from = form_mac(visit, submission);
    /* `/` follows `.`: everything that begins with the form's digest and a point. */
    return db_query_int(visit->db, "SELECT 1 FROM submission WHERE key >= $1 AND key < $2 LIMIT 1",
                        DB_ARGS(DB_TEXT(arena_printf(visit->arena, "%.*s.", STR_FMT(from))),
                                DB_TEXT(arena_printf(visit->arena, "%.*s/", STR_FMT(from)))),
                        sent, &ignored, err);
}
