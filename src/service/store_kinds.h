/* The kinds of content that are accepted, for the files of the store. */
#ifndef KP_SERVICE_STORE_KINDS_H
#define KP_SERVICE_STORE_KINDS_H

#include "service/store.h"

/* The name to store under: cleaned, its extension made to fit. False when the extension speaks of another kind. */
bool store_fit_name(struct arena *arena, const char *media_type, struct str name, struct str *fitted);
/* Whether there is a byte that plain text does not have. */
bool store_has_control(const unsigned char *bytes, size_t n);

#endif
