#include "customer/cases/new_submission.h"

#include "base/clock.h"
#include "model/submission.h"

/* Returns the beginning that all keys of one form share, so that the form is found no matter what was sent with it. */
static struct str submission_form_mac(struct visit *visit, struct str submission)
{
    struct str text = submission.n ? arena_printf(visit->arena, "form %lld %.*s", (long long)visit->actor.login_id,
                                                  STR_FMT(submission))
                                   : arena_printf(visit->arena, "session %.*s", STR_FMT(visit->session));
    return app_mac(visit->app, visit->arena, "submission", text);
}

static void submission_add_part(struct buf *out, struct str part)
{
    buf_int(out, (int64_t)part.n);
    buf_char(out, ':');
    buf_str(out, part);
}

/*
 * Covers fields by name and value, kept files by key, and new files by content; not the token, which changes with the
 * session.
 */
static struct str submission_content_mac(struct visit *visit, const struct new_form *form)
{
    struct buf out;
    buf_init(&out, visit->arena);
    for (size_t i = 0; i < form->count; i++) {
        const struct new_field *one = &form->fields[i];
        submission_add_part(&out, one->config.name);
        submission_add_part(&out, one->given ? one->field.value : STR_NONE);
        submission_add_part(&out, one->given ? STR("sent") : STR_NONE);
    }
    for (size_t i = 0; i < form->sent_key_count; i++)
        submission_add_part(&out, form->sent_keys[i]);
    for (size_t i = 0; i < form->file_count; i++) {
        if (!form->files[i].key.n) {
            submission_add_part(&out, form->files[i].digest);
            submission_add_part(&out, form->files[i].name);
        }
    }
    return app_mac(visit->app, visit->arena, "content", buf_text(&out));
}

struct str submission_key(struct visit *visit, const struct new_form *form)
{
    return arena_printf(visit->arena, "%.*s.%.*s", STR_FMT(submission_form_mac(visit, form->submission)),
                        STR_FMT(submission_content_mac(visit, form)));
}

int64_t submission_since(const struct visit *visit, const struct new_form *form)
{
    return form->submission.n ? 0 : visit->now_us - SAME_MINUTES * 60 * US_PER_SECOND;
}

bool submission_was_sent(struct visit *visit, struct str submission, bool *sent, struct err *err)
{
    *sent = false;
    if (!submission.n || visit->actor.kind == ACTOR_NOBODY)
        return true;
    struct str from = submission_form_mac(visit, submission);
    return submission_find_start(visit->db, visit->arena, from, sent, err);
}
