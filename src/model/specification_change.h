/* What changed in the rows of a specification since they were decided on (domain 6.4). */
#pragma once

#include "model/specification.h"
#include "model/specification_content.h"

/*
 * Compares `rows`, all rows of the specification in the order of its cases, with the content that was decided on, and
 * sets `change` and `decided` of each, and what is gone of the specification.
 */
void specification_mark_changes(struct arena *arena, struct specification *specification,
                                struct specification_row *rows, struct str content);
