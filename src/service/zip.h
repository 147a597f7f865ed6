/*
 * A zip archive that is made while it is read: nothing is copied to disk, and memory does not grow with the contents.
 * Names are UTF-8, sizes may exceed 4 GiB. The contents are deflated at the fastest level, because a reader that works
 * from the beginning needs to see where each content ends.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"

#include <sys/types.h>

struct zip_entry {
    struct str path; /* within the archive, with `/` between folders; clean and unique: see zip_name */
    struct str digest;
    int64_t size, modified_us;
    struct str folded; /* used by zip_name */
    int copies;        /* used by zip_name */
};

struct zip;

/*
 * Begins an archive and checks, before anything is sent, that all contents are there and whole. `entries` must live as
 * long as the archive, which lives in the arena.
 */
MUST_CHECK struct zip *zip_begin(struct arena *arena, struct str data, const struct zip_entry *entries, size_t count,
                                 struct err *err);
/*
 * Writes the next bytes of the archive, at most `room`, and returns how many; 0 at the end, -1 if a content could not
 * be read. `zip` is a struct zip, of the type that http_stream needs.
 */
ssize_t zip_read(void *zip, char *bytes, size_t room);

/*
 * Names entries[at]: `path`, or `name (2).pdf` and so on if an entry before it has that path; upper and lower case
 * count as equal.
 */
void zip_name(struct arena *arena, struct zip_entry *entries, size_t at, struct str path);
