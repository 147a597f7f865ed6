#include "http/escape.h"
#include "http/http.h"

static bool segment_allowed(struct str segment)
{
    return segment.n && !str_eqz(segment, ".") && !str_eqz(segment, "..");
}

/*
 * Whether the path has an escaped slash, which would change the number of segments. No address of the portal has one.
 */
static bool hides_slash(struct str raw)
{
    return str_find(raw, STR("%2f")) >= 0 || str_find(raw, STR("%2F")) >= 0;
}

bool http_parse_path(struct arena *arena, struct str raw, struct str *path)
{
    struct str segment;
    if (!raw.n || raw.p[0] != '/' || hides_slash(raw) || !escape_decode(arena, raw, false, path))
        return false;
    if (path->n == 1)
        return true;
    if (has_control(*path, false))
        return false;
    struct str rest = str_slice(*path, 1, path->n);
    while (str_cut(&rest, '/', &segment)) {
        if (!segment_allowed(segment))
            return false;
    }
    return path->p[path->n - 1] != '/';
}
