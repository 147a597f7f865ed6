/* The handlers behind the routes of staff_config.c, and what they share. */
#ifndef KP_STAFF_CONFIG_PAGES_H
#define KP_STAFF_CONFIG_PAGES_H

#include "model/config_draft.h"

bool config_overview(struct visit *visit, struct err *err);
bool config_discard(struct visit *visit, struct err *err);
bool config_rebase(struct visit *visit, struct err *err);
bool config_publish_page(struct visit *visit, struct err *err);
bool config_publish(struct visit *visit, struct err *err);

bool config_look_page(struct visit *visit, struct err *err);
bool config_look_send(struct visit *visit, struct err *err);
bool config_access_page(struct visit *visit, struct err *err);
bool config_access_send(struct visit *visit, struct err *err);
bool config_answers_page(struct visit *visit, struct err *err);
bool config_answers_send(struct visit *visit, struct err *err);
bool config_mails_page(struct visit *visit, struct err *err);
bool config_mails_send(struct visit *visit, struct err *err);
bool config_logo(struct visit *visit, struct err *err);

bool config_form_page(struct visit *visit, struct err *err);
bool config_form_send(struct visit *visit, struct err *err);
bool config_form_add(struct visit *visit, struct err *err);
bool config_field_page(struct visit *visit, struct err *err);
bool config_field_send(struct visit *visit, struct err *err);
bool config_field_remove(struct visit *visit, struct err *err);

bool config_search_page(struct visit *visit, struct err *err);
bool config_search_send(struct visit *visit, struct err *err);
bool config_actions_page(struct visit *visit, struct err *err);
bool config_actions_send(struct visit *visit, struct err *err);

bool config_history(struct visit *visit, struct err *err);
bool config_version_page(struct visit *visit, struct err *err);
bool config_version_restore(struct visit *visit, struct err *err);
bool config_export(struct visit *visit, struct err *err);
bool config_import_page(struct visit *visit, struct err *err);
bool config_import_send(struct visit *visit, struct err *err);

bool config_preview_page(struct visit *visit, struct err *err);
bool config_preview_show(struct visit *visit, struct err *err);

/*
 * One line of what was typed: trimmed, no line breaks or other control characters, so that it is one setting in a text.
 */
struct str one_line(struct arena *arena, struct str typed);
/* Said above a form whose draft another window changed. */
struct str moved_text(const struct visit *visit);
/* Keeps these settings in the draft, says so, and leads to `path`. */
bool keep_and_go(struct visit *visit, const struct config_draft *draft, const struct config *config, const char *path,
                 struct err *err) __attribute__((warn_unused_result));
/*
 * What a version is published as. ERR_CONFLICT: another one was published on top of `base` first. In a transaction of
 * its own.
 */
bool publish_version(struct visit *visit, int64_t base, struct str text, struct str before, struct str note,
                     struct err *err) __attribute__((warn_unused_result));

#endif
