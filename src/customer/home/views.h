/* The input of the templates in this folder. */
#pragma once

#include "portal/visit.h"
#include "view/template.h"

/* Something that the login has to do: a link with a line under it. */
struct home_task {
    const char *icon;
    struct str path, title;
    struct str text; /* the sum, or who wrote and what */
    struct str when; /* may be empty */
};

/* A booked time of a case. */
struct home_visit {
    struct str time, path, title, place, technician;
};

struct home_view {
    struct str greeting;
    struct str unlinked;                /* why a contact login sees nothing, and what to do; or empty */
    struct str remedy_url, remedy_text; /* a link that helps with it; may be empty */
    struct str contact;                 /* how to reach the company; or empty */
    bool may_report;
    const struct home_task *tasks;
    size_t task_count;
    struct str more_specifications; /* how many others wait; or empty */
    const struct home_visit *visits;
    size_t visit_count;
    struct html open, done; /* cards; empty: there are no cases */
};

/* needs.c: what waits for the login. */
MUST_CHECK bool home_tasks_load(struct visit *visit, struct home_view *home, struct err *err);
/* times.c: who comes when, what is under way, and what was done lately. */
MUST_CHECK bool home_times_load(struct visit *visit, struct home_view *home, struct err *err);
