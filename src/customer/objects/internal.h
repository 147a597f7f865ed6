/* Declarations that the files of this folder share. */
#pragma once

#include "customer/objects/views.h"
#include "lists/list.h"

extern const struct list customer_objects_list;

/*
 * Appends the objects that the actor may see, as a table with alias o. They are found first, so that no engine reads
 * through all objects in order to sort or filter a few.
 */
void objects_seen_add(struct sql *sql, const struct actor *actor);

/* How many objects one page of the tree, or the page of an object, lists. */
#define OBJECTS_SHOWN 50

/*
 * Finds an object that the actor may see, with everything its page shows. Fails with ERR_NOT_FOUND both when it does
 * not exist and when the actor may not see it.
 */
MUST_CHECK bool object_page_load(struct visit *visit, struct str number, struct object_view *view, struct err *err);
/*
 * Finds the objects inside an object, after the number `after`. parent_id 0: the outermost ones, which lie in no object
 * that the actor may see. *more: there are others after them.
 */
MUST_CHECK bool objects_inside(struct visit *visit, int64_t parent_id, struct str after, struct object_branch *branch,
                               struct err *err);
/* Reads the way to an object from the outermost one that the actor may see, without the object itself. */
MUST_CHECK bool objects_above(struct visit *visit, int64_t id, struct object_way *way, struct err *err);

bool object_page(struct visit *visit, struct err *err);  /* GET /objects/{number} */
bool objects_tree(struct visit *visit, struct err *err); /* GET /objects/tree */
