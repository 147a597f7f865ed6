/* Makes text from outside safe for a line of a mail: it cannot begin another line. */
#pragma once

#include "base/arena.h"

static inline struct str one_line(struct arena *arena, struct str text)
{
    char *line = arena_z(arena, text);
    for (size_t i = 0; i < text.n; i++) {
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
            line[i] = ' ';
    }
    return str_trim((struct str){line, text.n});
}
