#include "access/visibility.h"
#include "features/cases/cases.h"
#include "features/cases/new.h"
#include "service/store.h"

struct attachment {
    struct str name, digest;
    const char *media_type;
};

static bool load(struct visit *visit, struct attachment *file, struct err *err)
{
    struct sql sql;
    sql_init(&sql, visit->arena);
    sql_add(&sql, "SELECT f.name, f.media_type, f.digest FROM file f JOIN cases c ON c.id = f.case_id WHERE f.key = ");
    sql_text(&sql, visit->path_value[1]);
    sql_add(&sql, " AND c.number = ");
    sql_text(&sql, case_number(visit->arena, visit->path_value[0]));
    sql_add(&sql, " AND ");
    visible_attachment(&sql, &visit->actor);
    struct db_rows *rows = db_query_sql(visit->db, visit->arena, &sql, err);
    bool found = rows && db_next(rows);
    if (found)
        *file = (struct attachment){db_text_copy(rows, 0, visit->arena), db_text_copy(rows, 2, visit->arena),
                                    arena_z(visit->arena, db_text(rows, 1))};
    if (!db_done(rows, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such attachment for this actor");
}

/* RFC 6266: a plain name for old clients, the real one encoded. */
static struct str disposition(struct visit *visit, const struct attachment *file)
{
    struct buf out;
    buf_init(&out, visit->arena);
    buf_z(&out, store_inline(file->media_type) ? "inline" : "attachment");
    buf_z(&out, "; filename=\"");
    for (size_t i = 0; i < file->name.n; i++) {
        char c = file->name.p[i];
        buf_char(&out, c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '%' ? c : '_');
    }
    buf_z(&out, "\"; filename*=UTF-8''");
    buf_url_part(&out, file->name);
    return buf_text(&out);
}

/* Pictures are shown, all else is saved; neither can run anything in the portal's origin. */
bool attachment_get(struct visit *visit, struct err *err)
{
    struct attachment file;
    struct err cause = {.kind = ERR_NONE};
    if (!load(visit, &file, err))
        return false;
    if (!store_open(visit->config->data, file.digest, &visit->response->fd, &visit->response->fd_size, &cause)) {
        visit->response->fd = -1;
        return err_set(err, ERR_INTERNAL, NULL, "the content of an attachment: %s", cause.detail);
    }
    visit->response->status = 200;
    visit->response->content_type = file.media_type;
    http_set(visit->response, "Content-Disposition", disposition(visit, &file));
    http_set(visit->response, "Content-Security-Policy", STR("default-src 'none'; sandbox"));
    return true;
}
