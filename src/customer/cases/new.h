/* Creates cases: the handlers and checks that the feature table uses. */
#pragma once

#include "portal/visit.h"

bool new_get(struct visit *visit, struct err *err); /* GET /cases/new */
/* Shows the empty form in a visit that is a preview. */
bool new_preview(struct visit *visit, struct err *err);
bool new_post(struct visit *visit, struct err *err);           /* POST /cases/new */
bool draft_post(struct visit *visit, struct err *err);         /* POST /cases/draft */
bool draft_files_post(struct visit *visit, struct err *err);   /* POST /cases/draft/files */
bool draft_file_get(struct visit *visit, struct err *err);     /* GET /cases/draft/files/{key} */
bool draft_discard_post(struct visit *visit, struct err *err); /* POST /cases/draft/discard */
bool new_objects_get(struct visit *visit, struct err *err);    /* GET /cases/new/objects: the hits of the picker */
bool new_customers_get(struct visit *visit, struct err *err);  /* GET /cases/new/customers */
bool receipt_get(struct visit *visit, struct err *err);        /* GET /cases/receipt/{receipt} */
bool attachment_get(struct visit *visit, struct err *err);     /* GET /cases/{number}/attachments/{key}/{name} */

/*
 * Deletes drafts after 30 days, kept files that no draft has after 2 days, receipts after a year, and contents that
 * nothing refers to.
 */
bool new_upkeep(struct db_conn *conn, const struct config *config, int64_t now_us, struct err *err);
/* Reports the defaults of the form that are not active items of the picklists. */
bool new_config_check(struct db_conn *conn, const struct config *config, struct arena *arena, struct buf *report,
                      struct err *err);
