/* What an event of the audit was done to, and its details, as text for people: the audit keeps code names. */
#pragma once

#include "base/arena.h"
#include "i18n/i18n.h"

/* Return the text of a subject, and of the detail of an event; what is no code stays as it is. */
struct str audit_subject_text(struct arena *arena, enum lang lang, struct str action, struct str subject);
struct str audit_detail_text(struct arena *arena, enum lang lang, struct str action, struct str subject,
                             struct str detail);
