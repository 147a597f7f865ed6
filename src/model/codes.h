/*
 * The codes of the domain. Each list of codes is defined once: an enum for code, the code name for files and addresses
 * (domain 2), and a label for people. Cases and work orders store the number of their state; all others store the code
 * name. SQL text that needs a state as a literal, such as a partial index, uses the macro beside the enum.
 */
#pragma once

#include "i18n/i18n.h"

struct code {
    const char *name;
    const struct msgid *label; /* NULL: only files have this code */
};

struct code_list {
    const struct code *codes;
    size_t count;
};

/*
 * Returns the position of a code. Looks for the exact spelling first, then ignores the case of ASCII letters. -1: the
 * list does not have the code.
 */
ptrdiff_t code_find(const struct code_list *list, struct str code);
/* Return the code name or the label (msgid) at a position; NULL when there is no such position. */
const char *code_name(const struct code_list *list, int64_t at);
const struct msgid *code_label(const struct code_list *list, int64_t at);
/* Returns the label of a code name; NULL when the list does not have the code. */
const struct msgid *code_label_of(const struct code_list *list, struct str code);

/* Stored as numbers. Those that are open come before FINISHED (`status < CASE_FINISHED`), cancelled ones after it. */
enum case_status { CASE_NOT_STARTED, CASE_STARTED, CASE_FINISHED, CASE_CANCELLED };
#define CASE_STATUSES (CASE_CANCELLED + 1)
#define CASE_NOT_STARTED_SQL "0"
#define CASE_STARTED_SQL "1"
#define CASE_FINISHED_SQL "2"
#define CASE_CANCELLED_SQL "3"
extern const struct code_list case_statuses;

enum work_order_status { WORK_ORDER_NOT_STARTED, WORK_ORDER_STARTED, WORK_ORDER_FINISHED, WORK_ORDER_CANCELLED };
#define WORK_ORDER_STATUSES (WORK_ORDER_CANCELLED + 1)
#define WORK_ORDER_NOT_STARTED_SQL "0"
#define WORK_ORDER_STARTED_SQL "1"
#define WORK_ORDER_FINISHED_SQL "2"
#define WORK_ORDER_CANCELLED_SQL "3"
/*
 * SQL on the aliases w (work_order) and c (its case): whether a work order is open, and its state as people see it. An
 * open work order of a cancelled case counts as cancelled.
 */
#define WORK_ORDER_OPEN "w.status < " WORK_ORDER_FINISHED_SQL " AND c.status <> " CASE_CANCELLED_SQL
#define WORK_ORDER_STANDS                                                                                              \
    "CASE WHEN c.status = " CASE_CANCELLED_SQL " AND w.status < " WORK_ORDER_FINISHED_SQL                              \
    " THEN " WORK_ORDER_CANCELLED_SQL " ELSE w.status END"
extern const struct code_list work_order_statuses;

/* Stored as code names. */
enum row_status { ROW_EDITABLE, ROW_ATTESTED, ROW_INVOICED, ROW_CANCELLED };
#define ROW_STATUSES (ROW_CANCELLED + 1)
extern const struct code_list row_statuses;

enum specification_status {
    SPECIFICATION_DRAFT,
    SPECIFICATION_AWAITING,
    SPECIFICATION_APPROVED,
    SPECIFICATION_REJECTED,
    SPECIFICATION_INVOICED
};
#define SPECIFICATION_STATUSES (SPECIFICATION_INVOICED + 1)
extern const struct code_list specification_statuses;

/* Kinds of logins. ACTOR_NOBODY is not the kind of any login: it means that nobody is logged in. */
enum actor_kind { ACTOR_NOBODY, ACTOR_CONTACT, ACTOR_CUSTOMER, ACTOR_OBJECT };
extern const struct code_list login_kinds; /* ACTOR_NOBODY has the empty code */

/* What made an entry of the audit: staff, a login of a customer, or the program itself. */
enum audit_kind { AUDIT_STAFF, AUDIT_LOGIN, AUDIT_SYSTEM };
extern const struct code_list audit_kinds;

enum article_type { ARTICLE_MATERIAL, ARTICLE_TRAVEL, ARTICLE_TIME, ARTICLE_PURCHASE, ARTICLE_OTHER };
#define ARTICLE_TYPES (ARTICLE_OTHER + 1)
extern const struct code_list article_types;

/* STAFF_NOBODY is not the role of any user: it means that no staff user is logged in. */
enum staff_role { STAFF_NOBODY, STAFF_HANDLER, STAFF_ADMINISTRATOR };
#define STAFF_ROLES (STAFF_ADMINISTRATOR + 1)
extern const struct code_list staff_roles; /* STAFF_NOBODY has the empty code */

enum picklist_list {
    LIST_CASE_TYPE,
    LIST_PRIORITY,
    LIST_WORK_ORDER_TYPE,
    LIST_ACTION_CODE,
    LIST_FILE_CATEGORY,
    LIST_OBJECT_GROUP
};
#define PICKLISTS (LIST_OBJECT_GROUP + 1)
extern const struct code_list picklists;

extern const struct code_list yes_no_codes;   /* no, yes: the position is the number stored in a boolean column */
extern const struct code_list activity_codes; /* inactive, active: likewise */
extern const struct code_list language_codes; /* sv, en */
