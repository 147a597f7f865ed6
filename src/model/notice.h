/* Mails to customers and staff about events of cases. */
#ifndef KP_MODEL_NOTICE_H
#define KP_MODEL_NOTICE_H

#include "portal/visit.h"

/*
 * Queues mails to the reporter and the primary contact of a case. Call it in the transaction of the event, after
 * everything else in it.
 */
bool notice_case(struct visit *visit, int64_t case_id, enum notice_kind kind, struct err *err)
    __attribute__((warn_unused_result));
/* Queues mails about a new case: the receipt, and mails to staff who want them. */
bool notice_new_case(struct visit *visit, int64_t case_id, struct err *err) __attribute__((warn_unused_result));
/* Queues mails to staff who want to know that a customer has written about a case. */
bool notice_of_customer(struct visit *visit, int64_t case_id, struct err *err) __attribute__((warn_unused_result));

#endif
