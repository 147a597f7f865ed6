/* The compiled catalogue, which tools/compile_catalogue.py makes: a hash table of msgids with open addressing. */
#pragma once

#include "i18n/i18n.h"

struct catalogue_text {
    uint32_t hash;
    struct str msgid;               /* p is NULL in an empty slot */
    struct str form[LANG_COUNT][2]; /* for one and for many; empty when the msgid itself is the text */
};

extern const struct catalogue_text catalogue_slots[];
extern const size_t catalogue_size; /* a power of two */
