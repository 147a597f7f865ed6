/* Mails to customers and staff about events of cases and of invoice specifications. */
#pragma once

#include "model/specification.h"

/*
 * Queues mails to the reporter and the primary contact of a case. Call it in the transaction of the event, after
 * everything else in it.
 */
MUST_CHECK bool notice_case(struct visit *visit, int64_t case_id, enum notice_kind kind, struct err *err);
/* Queues mails about a new case: the receipt, and mails to staff who want them. */
MUST_CHECK bool notice_new_case(struct visit *visit, int64_t case_id, struct err *err);
/* Queues mails to the same people about a message that staff have written. */
MUST_CHECK bool notice_message(struct visit *visit, int64_t case_id, struct str body, struct err *err);
/*
 * Queues mails to staff who want to know that a customer has written about a case. asks_time: that the time does not
 * suit them.
 */
MUST_CHECK bool notice_of_customer(struct visit *visit, int64_t case_id, bool asks_time, struct err *err);
/*
 * Queues mails to staff who want to know of decisions. remarks: what the customer says about cases and rows, a line
 * each; or empty.
 */
MUST_CHECK bool notice_decision(struct visit *visit, const struct specification *specification, struct str remarks,
                                struct err *err);
/*
 * Queues mails to those who may approve a specification: that it waits now, or that it still waits. Call it in the
 * transaction of the event.
 */
MUST_CHECK bool notice_specification(struct visit *visit, int64_t id, bool again, struct err *err);
/*
 * Queues the mails that are due: reminders, and mails about specifications whose rows changed after the decision. For
 * the upkeep.
 */
MUST_CHECK bool notice_specifications_due(struct db_conn *conn, const struct config *config, int64_t now_us,
                                          struct err *err);
