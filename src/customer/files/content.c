#include "customer/files/content.h"

#include "customer/files/query.h"
#include "portal/send_file.h"

bool file_get(struct visit *visit, struct err *err)
{
    struct file_row *rows;
    size_t count;
    if (!files_of_keys(visit, &visit->path_value[0], 1, &rows, &count, err))
        return false;
    const struct sent_file file = {rows[0].name, rows[0].digest, arena_z(visit->arena, rows[0].media_type)};
    return send_file(visit, &file, str_eqz(http_param(&visit->request->query, "show"), "1"), err);
}
