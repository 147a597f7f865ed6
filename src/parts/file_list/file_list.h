/*
 * Columns and criteria that the lists of files of customers and of staff share. Their rows have the aliases of
 * FILE_TABLES. See README.md in this folder.
 */
#pragma once

#include "lists/list.h"
#include "model/file.h"
#include "parts/file_list/file_list.html.h"

/* A file f with its category, and the customer, object or case that it belongs to. */
#define FILE_TABLES                                                                                                    \
    "file f LEFT JOIN picklist_item cat ON cat.id = f.category_id LEFT JOIN customer cu ON cu.id = f.customer_id"      \
    " LEFT JOIN object o ON o.id = f.object_id LEFT JOIN cases c ON c.id = f.case_id"
/* The place of the file owner in file_owner_kinds, its number and its name. */
#define FILE_OWNER_KIND "CASE WHEN f.customer_id IS NOT NULL THEN 1 WHEN f.object_id IS NOT NULL THEN 2 ELSE 3 END"
#define FILE_OWNER_NUMBER "COALESCE(cu.number, o.number, c.number)"
#define FILE_OWNER_NAME "COALESCE(cu.name, o.name, c.title)"

/* The name: on the page a download, with a link that shows it if browsers can. */
#define FILE_NAME_COLUMNS                                                                                              \
    {.name = "name",                                                                                                   \
     .label = _("Name"),                                                                                               \
     .kind = LIST_OWN,                                                                                                 \
     .flags = LIST_NO_FILE | LIST_ALWAYS | LIST_HEADS_ROW,                                                             \
     .literal = "f.id, f.key, f.name, f.media_type",                                                                   \
     .value_count = 4,                                                                                                 \
     .own = file_name_write},                                                                                          \
    {                                                                                                                  \
        .name = "name", .label = _("Name"), .flags = LIST_NO_PAGE, .literal = "f.name"                                 \
    }
/* Size, type and time of a file. The type also has type_flags. */
#define FILE_FACT_COLUMNS(type_flags)                                                                                  \
    {.name = "size", .label = _("Size (bytes)"), .kind = LIST_SIZE, .flags = LIST_NO_PAGE, .literal = "f.size"},       \
        {.name = "type",                                                                                               \
         .label = _("Type"),                                                                                           \
         .flags = (type_flags),                                                                                        \
         .literal = "f.media_type",                                                                                    \
         .text = file_type_text},                                                                                      \
        {.name = "size", .label = _("Size"), .kind = LIST_SIZE, .flags = LIST_NO_FILE, .literal = "f.size"},           \
    {                                                                                                                  \
        .name = "created", .label = _("Added"), .kind = LIST_INSTANT, .literal = "f.created"                           \
    }
/* SQL of the condition for each of file_owner_kinds. */
extern const char *const file_owner_literals[OWNER_KINDS];

/* Return the file owner of a row whose column has FILE_OWNER_KIND, FILE_OWNER_NUMBER and FILE_OWNER_NAME. */
struct file_owner file_owner_of_row(const struct list_row *row);
/* Members of the columns above and of criteria. */
void file_name_write(struct buf *out, const struct view *v, const struct list_row *row);
struct str file_type_text(const struct list_column *column, const struct list_row *row);
bool file_category_fill(struct visit *visit, struct str *value, struct criterion *one, struct err *err);
