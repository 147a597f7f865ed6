/* Mails that tell customers and staff what happens to cases. */
#ifndef KP_MODEL_NOTICE_H
#define KP_MODEL_NOTICE_H

#include "portal/visit.h"

/*
 * Mails to the reporter and the primary contact of a case. In the transaction of what they tell, behind everything else
 * in it.
 */
bool notice_case(struct visit *visit, int64_t case_id, enum notice_kind kind, struct err *err)
    __attribute__((warn_unused_result));
/* A new case: the receipt, and mails to staff who want to know. */
bool notice_new_case(struct visit *visit, int64_t case_id, struct err *err) __attribute__((warn_unused_result));
/* A customer has written about a case: mails to staff who want to know. */
bool notice_of_customer(struct visit *visit, int64_t case_id, struct err *err) __attribute__((warn_unused_result));

#endif
