/* Between the files of this folder. */
#ifndef KP_PARTS_MESSAGES_INTERNAL_H
#define KP_PARTS_MESSAGES_INTERNAL_H

#include "base/arena.h"

/* What the draft of a message on a case is about, among those of the login (model/draft.h). */
struct str message_draft_about(struct arena *arena, int64_t case_id);

#endif
