/* Mails to customers and staff about events of cases. */
#pragma once

#include "portal/visit.h"

/*
 * Queues mails to the reporter and the primary contact of a case. Call it in the transaction of the event, after
 * everything else in it.
 */
MUST_CHECK bool notice_case(struct visit *visit, int64_t case_id, enum notice_kind kind, struct err *err);
/* Queues mails about a new case: the receipt, and mails to staff who want them. */
MUST_CHECK bool notice_new_case(struct visit *visit, int64_t case_id, struct err *err);
/* Queues mails to staff who want to know that a customer has written about a case. */
MUST_CHECK bool notice_of_customer(struct visit *visit, int64_t case_id, struct err *err);
