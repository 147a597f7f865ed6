/* Puts files that people upload with a form into the store, or refuses them with a sentence that names the file. */
#pragma once

#include "portal/visit.h"
#include "service/store.h"

/*
 * Checks one upload against the [attachments] settings and puts its content into the store. When the file is refused,
 * *refusal says why in the user's language; it is empty when *stored is filled. Needs no database connection.
 */
MUST_CHECK bool receive_file(struct visit *visit, const struct http_upload *upload, struct stored *stored,
                             struct str *refusal, struct err *err);
/* Returns a field for files; its hint says how many it takes, how large they may be, and the kinds. */
struct field receive_field(const struct visit *visit, struct str name, const struct msgid *label, struct str fault);
