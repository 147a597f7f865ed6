/* Shared by the files of this folder. */
#pragma once

#include "base/arena.h"

/* Returns the `about` of a draft of a message on this case; it tells a login's drafts apart (model/draft.h). */
struct str message_draft_about(struct arena *arena, int64_t case_id);
