/* The page of one case, and what is sent from it. */
#pragma once

#include "access/scope.h"
#include "portal/visit.h"

struct add_files_view;
struct message_refusal;

bool case_page(struct visit *visit, struct err *err);       /* GET /cases/{number} */
bool message_send(struct visit *visit, struct err *err);    /* POST /cases/{number}/messages */
bool case_files_send(struct visit *visit, struct err *err); /* POST /cases/{number}/files */
bool correct_page(struct visit *visit, struct err *err);    /* GET /cases/{number}/edit */
bool correct_send(struct visit *visit, struct err *err);    /* POST /cases/{number}/edit */
/* Returns whether this login may still correct a case: it reported the case, and work has not started. */
bool case_may_correct(const struct visit *visit, int64_t created_by, int64_t status);
/*
 * Shows the page of the case in the address. refusal: a message from that page that was refused, or NULL. refused: the
 * same of files.
 */
MUST_CHECK bool case_page_show(struct visit *visit, const struct message_refusal *refusal,
                               const struct add_files_view *refused, struct err *err);
/* Returns the form that adds files, with the faults of what was sent. */
struct add_files_view add_files_view(struct visit *visit, struct str file_fault, struct str name,
                                     const struct msgid *name_fault);
/*
 * Says by which links the actor sees a case, one sentence each: at most SCOPE_KINDS. *follows: the login follows it.
 */
MUST_CHECK bool case_reasons_load(struct visit *visit, int64_t case_id, struct str *reasons, size_t *count,
                                  bool *follows, struct err *err);
