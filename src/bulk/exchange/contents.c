#include "base/random.h"
#include "bulk/exchange/load.h"
#include "service/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_BYTES 16
_Static_assert((KEY_BYTES * 4 + 2) / 3 == PORTAL_KEY_CHARS, "the length of a key in a path");

/*
 * A path must stay below the folder and be written in one way only. At the top of the folder, a .csv would be taken for
 * a file of the import itself.
 */
static const char *path_fault(struct str path)
{
    struct str rest = path, part;
    bool top = true;
    while (str_cut(&rest, '/', &part)) {
        if (!part.n || str_eqz(part, ".") || str_eqz(part, ".."))
            return "must be a path below the folder of files.csv, without empty parts, . and ..";
        top = top && part.n == path.n;
    }
    if (path.p[path.n - 1] == '/')
        return "must be a path below the folder of files.csv, without empty parts, . and ..";
    if (top &&
        (str_eqz(path, "files") || (path.n >= 4 && str_eq_nocase(str_slice(path, path.n - 4, path.n), STR(".csv")))))
        return "this name is taken for the import's own: put the file into a folder";
    return NULL;
}

/*
 * Opens a file below the folder. No part of the path may be a symbolic link, so that nothing outside the folder is
 * read. Returns -1 with errno on failure.
 */
static int open_below(const char *folder, struct str path, struct arena *arena)
{
    int at = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    struct str rest = path, part;
    while (at >= 0 && str_cut(&rest, '/', &part)) {
        int flags = rest.n ? O_PATH | O_DIRECTORY : O_RDONLY | O_NONBLOCK | O_NOCTTY;
        int next = openat(at, arena_z(arena, part), flags | O_NOFOLLOW | O_CLOEXEC);
        int why = errno;
        (void)close(at);
        errno = why;
        at = next;
    }
    return at;
}

static const char *open_fault(void)
{
    switch (errno) {
    case ELOOP:
        return "a symbolic link is not followed";
    case ENOENT:
    case ENOTDIR: /* also when a link stands where a folder should be */
        return "there is no such file beside files.csv";
    case EACCES:
        return "the file may not be read";
    case ENAMETOOLONG:
        return "the name is too long";
    default:
        return "the file cannot be opened";
    }
}

static struct str last_part(struct str path)
{
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return str_slice(path, at, path.n);
}

static const char *content_fault(enum store_refusal refusal)
{
    switch (refusal) {
    case STORE_EMPTY:
        return "the file is empty";
    case STORE_LOCKED:
        return "the file is locked with a password";
    case STORE_NOT_TEXT:
        return "the file is not text in UTF-8, UTF-16 or an encoding of one byte a letter";
    case STORE_OTHER_KIND:
        return "the content is of another kind than the name says";
    default:
        return "a kind of content that is not accepted";
    }
}

static bool take_open(struct load *load, const struct input *input, struct arena *arena, int fd,
                      const struct db_value row[6], struct stored *stored, struct err *err)
{
    struct stat facts;
    struct str name = str_trim(row[2].s).n ? row[2].s : last_part(row[1].s);
    if (fstat(fd, &facts) != 0)
        return err_errno(err, "look at a file");
    if (!S_ISREG(facts.st_mode)) {
        LOAD_PROBLEM(load, input, row[0].i, "path", row[1].s, "is not a file");
        return true;
    }
    const struct config *config = load->options->config;
    const struct store_rules rules = {INT64_MAX, INT64_MAX, config->attachments.downloads};
    if (load->options->dry_run ? !store_probe(arena, &rules, fd, name, stored, err)
                               : !store_put(arena, config->data, &rules, fd, name, stored, err))
        return false;
    if (stored->refusal != STORE_TAKEN) {
        bool of_name = stored->refusal == STORE_OTHER_KIND;
        problem_add(load->options->leave_out ? &load->left_out : &load->problems, input->index, input->format->file,
                    row[0].i, of_name ? "name" : "path", of_name ? name : row[1].s, "%s",
                    content_fault(stored->refusal));
        load->result->refused_kinds++;
        *stored = (struct stored){.size = 0};
    }
    return true;
}

/* Leaves `stored` empty and notes a problem when something is wrong with the file. */
static bool take_one(struct load *load, const struct input *input, struct arena *arena, const struct db_value row[6],
                     struct stored *stored, struct err *err)
{
    const char *fault = path_fault(row[1].s);
    int fd = fault ? -1 : open_below(input->source->folder, row[1].s, arena);
    if (fd < 0) {
        LOAD_PROBLEM(load, input, row[0].i, "path", row[1].s, "%s", fault ? fault : open_fault());
        return true;
    }
    bool ok = take_open(load, input, arena, fd, row, stored, err);
    (void)close(fd);
    return ok;
}

static void contents_fill(struct arena *arena, struct db_value row[6], const struct stored *stored)
{
    bool found = stored->media_type != NULL;
    row[1] = found ? DB_TEXT(arena_str(arena, stored->digest)) : DB_NULL;
    row[2] = found ? DB_TEXT(str_of(stored->media_type)) : DB_NULL;
    row[3] = DB_INT(stored->size);
    row[4] = found ? DB_TEXT(arena_str(arena, stored->name)) : DB_NULL;
    row[5] = DB_TEXT(random_token(arena, KEY_BYTES));
}

bool contents_take(struct load *load, const struct input *input, struct arena *arena, struct db_value (*rows)[6],
                   size_t count, struct err *err)
{
    if (!count)
        return true;
    if (!load->options->dry_run && !store_prepare(load->options->config->data, err))
        return false;
    struct arena *one = arena_create();
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        struct stored stored = {.size = 0};
        ok = take_one(load, input, one, rows[i], &stored, err);
        contents_fill(arena, rows[i], &stored);
        arena_reset(one);
    }
    arena_destroy(one);
    return ok;
}
