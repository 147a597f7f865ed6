/* Several files at once, as a zip archive. */
#include "customer/files/internal.h"

#include "service/store.h"
#include "service/zip.h"

static bool refuse_too_much(struct err *err)
{
    return err_set(err, ERR_TOO_LARGE, NULL, "a zip of too much");
}

static bool find_chosen(struct visit *visit, struct file **rows, size_t *count, struct err *err)
{
    const struct http_params *query = &visit->request->query;
    struct str *keys = ARENA_ARRAY(visit->arena, struct str, query->count + 1);
    size_t key_count = 0, at = 0;
    while (http_param_next(query, "id", &at, &keys[key_count]))
        key_count++;
    if (key_count > ARCHIVE_FILES)
        return refuse_too_much(err);
    return files_of_keys(visit, keys, key_count, rows, count, err);
}

static bool find_matching(struct visit *visit, struct file **rows, size_t *count, struct err *err)
{
    struct list_query *query = ARENA_NEW(visit->arena, struct list_query);
    if (!list_query_read(query, visit, &customer_files_list))
        return err_set(err, ERR_INVALID,
                       _("Something in the search must be corrected. Open the list of files to see what."),
                       "bad criteria of a zip");
    query->place.set = false;
    if (!files_find(query, ARCHIVE_FILES, err))
        return false;
    const struct found_files *found = query->kept;
    if (!found->total || query->unanswerable)
        return err_set(err, ERR_NOT_FOUND, NULL, "no file matches");
    return found->total <= ARCHIVE_FILES ? files_of_found(visit, found, rows, count, err) : refuse_too_much(err);
}

/* Returns the path of a file in the archive, such as `Objekt/1017 Storgatan 1/ritning.pdf`. */
static struct str archive_path_of(const struct visit *visit, const struct file *row)
{
    static const struct msgid *const FOLDERS[] = {NULL, _("Customers"), _("Objects"), _("Cases")};
    struct str folder = visit_tr(visit, FOLDERS[row->owner.kind]);
    struct str owner = arena_printf(visit->arena, "%.*s %.*s", STR_FMT(row->owner.number), STR_FMT(row->owner.name));
    struct str name = store_clean_name(visit->arena, row->name);
    owner = store_clean_name(visit->arena, utf8_prefix(owner, 60));
    return arena_printf(visit->arena, "%.*s/%.*s/%.*s", STR_FMT(folder), STR_FMT(owner),
                        STR_FMT(name.n ? name : STR("file")));
}

static bool make_entries(struct visit *visit, const struct file *rows, size_t count, struct zip_entry *entries,
                         struct err *err)
{
    int64_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        entries[i] = (struct zip_entry){.digest = rows[i].digest, .size = rows[i].size, .modified_us = rows[i].created};
        zip_name(visit->arena, entries, i, archive_path_of(visit, &rows[i]));
        if (rows[i].size > ARCHIVE_BYTES - bytes)
            return refuse_too_much(err);
        bytes += rows[i].size;
    }
    return true;
}

/* The list that the request came from. */
static struct str list_of(struct visit *visit, bool all)
{
    struct list_query *query = ARENA_NEW(visit->arena, struct list_query);
    struct str list = visit_safe_next(http_param(&visit->request->query, "list"));
    if (all && list_query_read(query, visit, &customer_files_list))
        return list_address(query, "", STR_NONE, NULL);
    return str_starts(list, STR("/files")) ? list : STR("/files");
}

/* A page of the list has at most so many files. */
#define CHOSEN_MAX 100

/* Back to the list, which says what to do; what was chosen is chosen there. */
static bool return_to_list(struct visit *visit, bool all, const char *why)
{
    struct str list = list_of(visit, all), key;
    struct buf out;
    size_t at = 0;
    buf_init(&out, visit->arena);
    buf_printf(&out, "%.*s%cchosen=%s", STR_FMT(list), str_find_char(list, '?') < 0 ? '?' : '&', why);
    for (size_t i = 0; i < CHOSEN_MAX && http_param_next(&visit->request->query, "id", &at, &key); i++) {
        buf_z(&out, "&id=");
        buf_url_part(&out, key);
    }
    buf_z(&out, "#result");
    return visit_redirect(visit, buf_text(&out));
}

static bool zip_entries_find(struct visit *visit, bool all, struct zip_entry **entries, size_t *count, struct err *err)
{
    struct file *rows;
    if (!(all ? find_matching : find_chosen)(visit, &rows, count, err))
        return false;
    *entries = ARENA_ARRAY(visit->arena, struct zip_entry, *count);
    return make_entries(visit, rows, *count, *entries, err);
}

bool files_zip(struct visit *visit, struct err *err)
{
    bool all = str_eqz(http_param(&visit->request->query, "all"), "1");
    if (!all && !http_has(&visit->request->query, "id"))
        return return_to_list(visit, all, "none");
    struct zip_entry *entries;
    size_t count;
    if (!zip_entries_find(visit, all, &entries, &count, err))
        return err->kind == ERR_TOO_LARGE && return_to_list(visit, all, "many");
    struct zip *zip = zip_begin(visit->arena, visit->config->data, entries, count, err);
    if (!zip)
        return false;
    visit_download(visit, "application/zip", visit->view.lang == LANG_EN ? "files.zip" : "filer.zip");
    visit->response->stream = (struct http_stream){zip_read, zip};
    return true;
}
