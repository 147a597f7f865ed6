/*
 * A zip archive that is made while it is read: nothing is copied to disk, and memory does not grow with the contents.
 * Names are UTF-8, sizes may pass 4 GiB. The contents are deflated at the quickest level: a reader that works from the
 * beginning needs to see where each ends.
 */
#ifndef KP_SERVICE_ZIP_H
#define KP_SERVICE_ZIP_H

#include "base/arena.h"
#include "base/err.h"

#include <sys/types.h>

struct zip_entry {
    struct str path; /* within the archive, with `/` between folders; clean, each once: see zip_name */
    struct str digest;
    int64_t size, modified_us;
    struct str folded; /* zip_name's */
    int copies;        /* zip_name's */
};

struct zip;

/*
 * Makes sure that all contents are there, whole, before anything is sent. entries live as long as the archive: the
 * arena.
 */
struct zip *zip_begin(struct arena *arena, struct str data, const struct zip_entry *entries, size_t count,
                      struct err *err) __attribute__((warn_unused_result));
/*
 * The next bytes, at most `room`: how many, 0 at the end, -1 when a content could not be read. `zip` is a struct zip,
 * as http_stream wants it.
 */
ssize_t zip_read(void *zip, char *bytes, size_t room);

/*
 * Names entries[at]: `path`, or `name (2).pdf` and so on when one before it has that path, whatever the case of its
 * letters.
 */
void zip_name(struct arena *arena, struct zip_entry *entries, size_t at, struct str path);

#endif
