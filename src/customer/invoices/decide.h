/*
 * Approving and rejecting (domain 6): a page that shows what the decision is on, and the decision. Decisions are kept
 * in an append-only chain of hashes that `kundportal check` verifies.
 */
#pragma once

#include "portal/visit.h"

bool approve_get(struct visit *visit, struct err *err);
bool approve_post(struct visit *visit, struct err *err);
bool reject_get(struct visit *visit, struct err *err);
bool reject_post(struct visit *visit, struct err *err);

/*
 * Recomputes the chain and compares each decision that is in force with its specification. Appends findings as lines.
 */
bool decisions_check(struct db_conn *conn, const struct config *config, struct arena *arena, struct buf *report,
                     struct err *err);
