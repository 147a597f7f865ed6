/*
 * Puts kept values into a form of a page that is written already, whatever page it is: texts, choices and ticks get the
 * value that the form had when it was kept, hidden fields too. So no page needs code of its own to show a draft.
 */
#pragma once

#include "base/buf.h"
#include "http/http.h"

/*
 * Returns the page with the values in its form that is sent to `action` (as it stands in the page) and has the field
 * `mark`; the form then carries `data-restored`. Sets *found to whether there is such a form. The field `mark`, the
 * token of the form, passwords and files stay as they are. The page is one of our templates: tags in small letters,
 * attributes in double quotes.
 */
struct str refill_form(struct arena *arena, struct str page, struct str action, const char *mark,
                       const struct http_params *values, bool *found);
