/*
 * The draft of the settings that an administrator is about to publish, and the settings in force, both as settings and
 * as the text of config_text.
 */
#pragma once

#include "portal/visit.h"

struct config_draft {
    int64_t base;   /* the version that the draft began from; 0: none */
    int64_t newest; /* the version in force */
    int64_t updated;
    bool kept; /* the draft has changes that are not published yet */
    bool lost; /* the kept draft does not fit this program any more and was left aside */
    struct str text, published;
    struct config config, published_config; /* without the settings of the environment */
};

MUST_CHECK bool config_draft_load(struct visit *visit, struct config_draft *draft, struct err *err);
/*
 * Keeps these settings as the draft. Deletes the draft instead when it began from the version in force and its settings
 * are the same.
 */
MUST_CHECK bool config_draft_keep(struct visit *visit, const struct config_draft *draft, const struct config *config,
                                  struct err *err);
MUST_CHECK bool config_draft_drop(struct visit *visit, struct err *err);
/* Reads the text of a version; empty when there is no version with this number. Version 0 is the settings file. */
MUST_CHECK bool version_text(struct visit *visit, int64_t number, struct str *text, struct err *err);

/*
 * config_draft_mark returns a mark of the draft that a form shows. config_draft_moved returns whether the form of this
 * POST has another mark, because another window changed the draft in the meantime.
 */
struct str config_draft_mark(const struct visit *visit, const struct config_draft *draft);
bool config_draft_moved(const struct visit *visit, const struct config_draft *draft);

/*
 * Puts some settings (text as in the file) on top of the draft. Fails with ERR_INVALID and *faults when they do not
 * fit.
 */
MUST_CHECK bool config_draft_with(struct visit *visit, const struct config_draft *draft, struct str settings,
                                  struct config *config, struct config_faults *faults, struct err *err);
/* Puts the changes of the draft on top of the version in force. */
MUST_CHECK bool config_draft_rebased(struct visit *visit, const struct config_draft *draft, struct config *config,
                                     struct err *err);
