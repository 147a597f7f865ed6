/* Puts files that people upload with a form into the store, or refuses them with a sentence that names the file. */
#ifndef KP_PORTAL_RECEIVE_FILE_H
#define KP_PORTAL_RECEIVE_FILE_H

#include "portal/visit.h"
#include "service/store.h"

/*
 * Checks one upload against the [attachments] settings and puts its content into the store. When the file is refused,
 * *refusal says why in the user's language; it is empty when *stored is filled. Needs no database connection.
 */
bool receive_file(struct visit *visit, const struct http_upload *upload, struct stored *stored, struct str *refusal,
                  struct err *err) __attribute__((warn_unused_result));
/* Returns the hint for a file field: how many files it takes, how large they may be, and of which kinds. */
struct str receive_hint(const struct visit *visit);

#endif
