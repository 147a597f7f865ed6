/* The request handlers of the configuration pages, and the functions they share. */
#pragma once

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
 * Returns the typed text as one line: trimmed, with line breaks and other control characters replaced by spaces, so
 * that it can be one setting in a settings file.
 */
struct str one_line(struct arena *arena, struct str typed);
/* Returns the message to show above a form when the draft was changed in another window. */
struct str moved_text(const struct visit *visit);
/* Saves these settings in the draft, prepares a notice about it, and redirects to `path`. */
MUST_CHECK bool keep_and_go(struct visit *visit, const struct config_draft *draft, const struct config *config,
                            const char *path, struct err *err);
/*
 * Publishes `text` as a new version, in a transaction of its own. Fails with ERR_CONFLICT when somebody else published
 * on top of `base` first.
 */
MUST_CHECK bool publish_version(struct visit *visit, int64_t base, struct str text, struct str before, struct str note,
                                struct err *err);
