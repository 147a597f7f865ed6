/* What is sent in forms goes into the store, or is refused with a sentence that names the file. */
#ifndef KP_PORTAL_RECEIVE_FILE_H
#define KP_PORTAL_RECEIVE_FILE_H

#include "portal/visit.h"
#include "service/store.h"

/*
 * Puts the content of one upload into the store, by the [attachments] settings. *refusal, in the user's language, is
 * empty when *stored is filled. Needs no connection to the database.
 */
bool receive_file(struct visit *visit, const struct http_upload *upload, struct stored *stored, struct str *refusal,
                  struct err *err) __attribute__((warn_unused_result));
/* The hint of a field of files: how many, how large, of which kinds. */
struct str receive_hint(const struct visit *visit);

#endif
