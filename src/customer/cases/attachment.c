#include "access/visibility.h"
#include "customer/cases/new.h"
#include "portal/address.h"
#include "portal/send_file.h"
#include "service/store.h"

static bool attachment_load(struct visit *visit, struct sent_file *file, struct err *err)
{
    struct sql sql =
        sql_start(visit->arena,
                  "SELECT f.name, f.media_type, f.digest FROM file f JOIN cases c ON c.id = f.case_id"
                  " WHERE f.key = ? AND c.number = ? AND ",
                  DB_TEXT(visit->path_value[1]), DB_TEXT(address_number(visit->arena, visit->path_value[0])));
    visible_attachment(&sql, &visit->actor);
    bool found;
    if (!db_find_sql(visit->db, visit->arena, &sql,
                     DB_TARGETS(TO(&file->name), TO(&file->media_type), TO(&file->digest)), &found, err))
        return false;
    return found || err_set(err, ERR_NOT_FOUND, NULL, "no such attachment for this actor");
}

/* Shows pictures in the browser, and PDF with `?show=1`; all other files are saved. */
bool attachment_get(struct visit *visit, struct err *err)
{
    struct sent_file file;
    return attachment_load(visit, &file, err) &&
           send_file(visit, &file,
                     store_inline(file.media_type) || str_eqz(http_param(&visit->request->query, "show"), "1"), err);
}
