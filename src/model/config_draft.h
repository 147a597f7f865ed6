/* What an administrator is about to publish, and what counts now: both as settings and as the text of config_text. */
#ifndef KP_MODEL_CONFIG_DRAFT_H
#define KP_MODEL_CONFIG_DRAFT_H

#include "portal/visit.h"

struct config_draft {
    int64_t base;   /* the version it began from, 0: none */
    int64_t newest; /* the version that counts now */
    int64_t updated;
    bool kept; /* something was changed and not published yet */
    bool lost; /* what was kept does not fit this program any more, and was left aside */
    struct str text, published;
    struct config config, published_config; /* without what the environment sets */
};

bool config_draft_load(struct visit *visit, struct config_draft *draft, struct err *err)
    __attribute__((warn_unused_result));
/* Keeps these settings as the draft; one that is as what counts is none. */
bool config_draft_keep(struct visit *visit, const struct config_draft *draft, const struct config *config,
                       struct err *err) __attribute__((warn_unused_result));
bool config_draft_drop(struct visit *visit, struct err *err) __attribute__((warn_unused_result));
/* The text of a version; empty when there is none of that number. Version 0 is the settings file. */
bool version_text(struct visit *visit, int64_t number, struct str *text, struct err *err)
    __attribute__((warn_unused_result));

/*
 * A mark of the draft as a form shows it, and whether the form of this POST shows another: another window changed it
 * meanwhile.
 */
struct str config_draft_mark(const struct visit *visit, const struct config_draft *draft);
bool config_draft_moved(const struct visit *visit, const struct config_draft *draft);

/*
 * The draft with some settings (text as in the file) on top. False with ERR_INVALID and *faults when they do not fit.
 */
bool config_draft_with(struct visit *visit, const struct config_draft *draft, struct str settings,
                       struct config *config, struct config_faults *faults, struct err *err)
    __attribute__((warn_unused_result));
/* The same with the version that counts now as what lies below: the draft's own changes are laid on top of it. */
bool config_draft_rebased(struct visit *visit, const struct config_draft *draft, struct config *config, struct err *err)
    __attribute__((warn_unused_result));

#endif
