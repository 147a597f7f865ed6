/* The request handlers of the configuration pages, and the functions they share. */
#pragma once

#include "staff/config/views.h"

bool config_overview(struct visit *visit, struct err *err);
bool config_discard(struct visit *visit, struct err *err);
bool config_rebase(struct visit *visit, struct err *err);
bool config_publish_page(struct visit *visit, struct err *err);
bool config_publish(struct visit *visit, struct err *err);

/* The pages of the settings of SETTINGS. */
bool config_settings_page(struct visit *visit, struct err *err);
bool config_settings_send(struct visit *visit, struct err *err);
bool config_logo(struct visit *visit, struct err *err);

bool config_form_page(struct visit *visit, struct err *err);
bool config_form_send(struct visit *visit, struct err *err);
bool config_form_add(struct visit *visit, struct err *err);
bool config_field_page(struct visit *visit, struct err *err);
bool config_field_send(struct visit *visit, struct err *err);
bool config_field_remove(struct visit *visit, struct err *err);

bool config_history(struct visit *visit, struct err *err);
bool config_version_page(struct visit *visit, struct err *err);
bool config_version_restore(struct visit *visit, struct err *err);
bool config_export(struct visit *visit, struct err *err);
bool config_import_page(struct visit *visit, struct err *err);
bool config_import_send(struct visit *visit, struct err *err);

bool config_preview_page(struct visit *visit, struct err *err);
bool config_preview_show(struct visit *visit, struct err *err);

/* --- pages that change the draft ---------------------------------------------------------------------------------- */

/* Loads the draft for a page with room for `inputs` inputs. */
MUST_CHECK bool draft_page_open(struct visit *visit, struct draft_page *page, const char *path, struct str title,
                                size_t inputs, struct err *err);
/* Adds an input and returns it. */
struct field *draft_page_add(struct draft_page *page, struct field field);
/*
 * Returns whether what was typed cannot be kept, because it does not fit or another window changed the draft. Sets
 * status and refusal: the handler then shows the page again.
 */
bool draft_refused(struct visit *visit, const struct config_draft *draft, bool fits, struct str *refusal);
/* Saves these settings in the draft, prepares a notice about it, and redirects to `path`. */
MUST_CHECK bool keep_and_go(struct visit *visit, const struct config_draft *draft, const struct config *config,
                            struct str path, struct err *err);
/* Returns a typed text as one line (field_clean), so that it can be one setting in a settings file. */
struct str setting_line(struct arena *arena, struct str typed);
/* Returns the value of an input as such a line. */
struct str typed_line(const struct visit *visit, struct str name);
/* Adds the input for the number that gives something called `label` its place; 0: it has none. */
struct field *position_add(struct visit *visit, struct draft_page *page, struct str name, struct str label,
                           int64_t number);
/* Reads a typed position from 1 to 9999. Returns 0 when it is empty or, with an error in the input, not a number. */
int64_t position_take(const struct visit *visit, struct field *position);
/* Sorts 0 to count - 1 by their numbers without those of number 0. Returns how many there are. */
size_t positions_sort(const int64_t *numbers, size_t count, size_t *sorted);

/* --- other shared functions --------------------------------------------------------------------------------------- */

/* Reads an upload of at most `limit` bytes, and one byte more when it is longer. */
MUST_CHECK bool upload_read(struct visit *visit, const struct http_upload *upload, size_t limit, struct str *bytes,
                            struct err *err);
/*
 * Publishes `text` as a new version on top of the newest one that the draft knows, in a transaction of its own. Fails
 * with ERR_CONFLICT when somebody else published first.
 */
MUST_CHECK bool publish_version(struct visit *visit, const struct config_draft *draft, struct str text, struct str note,
                                struct err *err);
/*
 * Fills the table with the settings that differ between two texts made by config_text, with labels. A field gets its
 * label from `after`, or from `before` when `after` does not have the field.
 */
void differences_show(struct visit *visit, struct str before, struct str after, struct difference_table *table);
/* Returns the differences as text for the audit: with code names instead of labels, and long values cut. */
struct str differences_brief(struct visit *visit, struct str before, struct str after);
