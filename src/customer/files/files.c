#include "customer/files/files.h"

#include "customer/files/internal.h"
#include "portal/send_file.h"

/* `/files/KEY/NAME`: only the key says which file. NAME is for people, and browsers save the file under it. */
static bool customer_file_content(struct visit *visit, struct err *err)
{
    struct file *files;
    size_t count;
    if (!files_of_keys(visit, &visit->path_value[0], 1, &files, &count, err))
        return false;
    const struct sent_file file = {files[0].name, files[0].digest, files[0].media_type};
    return send_file(visit, &file, str_eqz(http_param(&visit->request->query, "show"), "1"), err);
}

LIST_HANDLERS(customer_files, customer_files_list)

/* Contact logins without a contact get the page too; it explains why the list is empty. */
static const struct route ROUTES[] = {
    LIST_ROUTES(customer_files, "/files", WHO_CONTACT, ROUTE_FILES),
    {"GET", "/files.zip", files_zip, WHO_CONTACT, ROUTE_FILES},
    {"GET", "/files/{key}/{name}", customer_file_content, WHO_CONTACT, ROUTE_FILES},
};

static const struct feature_menu MENU[] = {
    {"/files", _("Files"), "folder", WHO_LINKED, .order = 40},
};

const struct feature files_feature = {
    .name = "customer/files",
    FEATURE_ROUTES(ROUTES),
    FEATURE_MENU(MENU),
};
