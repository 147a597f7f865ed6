#include "customer/files/list.h"

#include "access/visibility.h"
#include "base/clock.h"
#include "customer/files/archive.h"
#include "customer/files/files.html.h"
#include "model/case.h"
#include "model/choice_criterion.h"
#include "portal/send_file.h"

/* Number of criteria that small screens show at once. */
#define FIRST_CRITERIA 2
#define CRITERIA 7

/* --- the form ----------------------------------------------------------------------------------------------------- */

static struct field files_list_field_of(const struct visit *visit, const struct msgid *label, struct str value,
                                        const char *type, const struct msgid *fault)
{
    return (struct field){
        .label = visit_tr(visit, label), .value = value, .type = type, .error = tr(visit->view.lang, fault)};
}

static struct criterion date_of(const struct visit *visit, const char *name, const struct msgid *label,
                                struct str value, const struct msgid *fault)
{
    struct criterion one = {.kind = CRITERION_DATE, .field = files_list_field_of(visit, label, value, "date", fault)};
    one.field.name = str_of(name);
    return one;
}

static struct criterion owner_of(const struct visit *visit, const struct file_criteria *criteria)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, 3);
    for (int i = 1; i < 4; i++)
        options[i - 1] = (struct option){str_of(file_owner_codes[i]), visit_tr(visit, file_owner_labels[i]),
                                         (int)criteria->owner == i};
    struct criterion one = {.kind = CRITERION_SELECT,
                            .field =
                                files_list_field_of(visit, _("Belongs to"), STR_NONE, NULL, criteria->owner_fault)};
    one.field.name = STR("owner");
    one.field.options = options;
    one.field.option_count = 3;
    return one;
}

static struct criterion question_of(const struct visit *visit, const struct file_criteria *criteria)
{
    struct criterion one = {
        .kind = CRITERION_TEXT,
        .field = files_list_field_of(visit, _("Search words"), criteria->q, "search", criteria->q_fault)};
    one.field.name = STR("q");
    one.field.hint = visit_tr(visit, _("In the name of the file, or the name or number of what it belongs to."));
    return one;
}

static bool files_list_is_used(const struct criterion *one)
{
    bool used = one->field.value.n || one->field.error.n || one->note.n || one->field.search.n ||
                (one->kind == CRITERION_PICKER && one->field.option_count);
    for (size_t i = 0; i < one->field.option_count; i++)
        used = used || one->field.options[i].selected;
    return used;
}

static bool fill_criteria(struct visit *visit, struct file_criteria *criteria, struct criterion *made, size_t *count,
                          struct err *err)
{
    struct criterion category = {0}, customer = {0}, object = {0};
    category.field.label = visit_tr(visit, _("Category"));
    category.field.name = STR("category");
    customer.field.label = visit_tr(visit, _("Customer"));
    customer.field.name = STR("customer");
    object.field.label = visit_tr(visit, _("Object"));
    object.field.name = STR("object");
    bool choices = may_choose_customer(&visit->actor);
    if (!cases_criterion_picklist(visit, "file_category", criteria->category, &category, err) ||
        (choices && (!cases_criterion_customer(visit, &criteria->customer, &customer, err) ||
                     !cases_criterion_object(visit, &criteria->object, &object, err))))
        return false;
    made[(*count)++] = question_of(visit, criteria);
    made[(*count)++] = category;
    made[(*count)++] = owner_of(visit, criteria);
    if (choices) {
        made[(*count)++] = customer;
        made[(*count)++] = object;
    }
    made[(*count)++] = date_of(visit, "from", _("Added from"), criteria->from_text, criteria->from_fault);
    made[(*count)++] = date_of(visit, "to", _("Added to"), criteria->to_text, criteria->to_fault);
    return true;
}

static const struct msgid *fault_of_links(const struct file_criteria *criteria)
{
    const struct msgid *fault = criteria->sort_fault ? criteria->sort_fault : criteria->page_size_fault;
    return fault ? fault : criteria->after_fault;
}

static bool files_list_fill_form(struct visit *visit, struct file_criteria *criteria, struct files_view *view,
                                 struct err *err)
{
    struct criterion *made = ARENA_ARRAY(visit->arena, struct criterion, CRITERIA);
    struct field *fields = ARENA_ARRAY(visit->arena, struct field, CRITERIA + 1);
    size_t count = 0;
    if (!fill_criteria(visit, criteria, made, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        made[i].field.empty_label = visit_tr(visit, _("All"));
        made[i].further = i >= FIRST_CRITERIA;
        view->further_used = view->further_used || (made[i].further && files_list_is_used(&made[i]));
        fields[i] = made[i].field;
    }
    fields[count] = (struct field){.error = tr(visit->view.lang, fault_of_links(criteria))};
    view->criteria = made;
    view->criterion_count = count;
    view->fields = fields;
    view->field_count = count + 1;
    view->faulty = view->faulty || fields_refused(fields, view->field_count);
    return true;
}

static void fill_page_sizes(struct visit *visit, const struct file_criteria *criteria, struct files_view *view)
{
    static const int SIZES[] = {10, 20, 50, 100};
    struct option *options = ARENA_ARRAY(visit->arena, struct option, 4);
    for (int i = 0; i < 4; i++) {
        struct str text = arena_printf(visit->arena, "%d", SIZES[i]);
        options[i] = (struct option){text, text, criteria->page_size == SIZES[i]};
    }
    view->page_sizes = options;
    view->page_size_count = 4;
}

/* --- the result --------------------------------------------------------------------------------------------------- */

static const struct {
    const struct msgid *label;
    int sort; /* enum file_sort, or -1 */
} COLUMNS[] = {{_("Name"), FILES_BY_NAME}, {_("Category"), FILES_BY_CATEGORY}, {_("Belongs to"), -1}, {_("Type"), -1},
               {_("Size"), FILES_BY_SIZE}, {_("Added"), FILES_BY_CREATED}};
#define COLUMN_COUNT (sizeof COLUMNS / sizeof *COLUMNS)

static void files_list_fill_headings(struct visit *visit, const struct file_criteria *criteria, struct files_view *view)
{
    struct file_heading *headings = ARENA_ARRAY(visit->arena, struct file_heading, COLUMN_COUNT);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        int sort = COLUMNS[i].sort;
        headings[i] =
            (struct file_heading){.label = visit_tr(visit, COLUMNS[i].label), .number = sort == FILES_BY_SIZE};
        if (sort < 0)
            continue;
        bool current = (int)criteria->sort == sort;
        bool down = current ? !criteria->descending : sort == FILES_BY_CREATED || sort == FILES_BY_SIZE;
        struct str order = arena_printf(visit->arena, "%s%s", down ? "-" : "", file_sort_name((enum file_sort)sort));
        headings[i].sort_url = file_criteria_url(visit->arena, "/files", criteria, order.p, STR_NONE, false);
        headings[i].aria_sort = !current ? "none" : criteria->descending ? "descending" : "ascending";
    }
    view->headings = headings;
    view->heading_count = COLUMN_COUNT;
}

struct str file_type_label(const struct visit *visit, struct str media_type)
{
    static const struct {
        const char *prefix;
        const struct msgid *label;
    } LABELS[] = {
        {"image/", _("Picture")},
        {"video/", _("Film")},
        {"text/plain", _("Text")},
        {"application/pdf", _("PDF")},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml", _("Word")},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml", _("Excel")},
        {"application/vnd.oasis.opendocument.text", _("Document")},
        {"application/vnd.oasis.opendocument.spreadsheet", _("Spreadsheet")},
    };
    for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++) {
        if (str_starts(media_type, str_of(LABELS[i].prefix)))
            return visit_tr(visit, LABELS[i].label);
    }
    return visit_tr(visit, _("Other file"));
}

static struct str url_of(struct arena *arena, const struct file_row *row)
{
    struct buf url;
    buf_init(&url, arena);
    buf_z(&url, "/files/");
    buf_url_part(&url, row->key);
    buf_char(&url, '/');
    buf_url_part(&url, row->name);
    return buf_text(&url);
}

static struct file_item item_of(struct visit *visit, const struct file_row *row)
{
    struct arena *arena = visit->arena;
    const enum lang lang = visit->view.lang;
    bool of_case = row->owner == OWNER_CASE;
    struct file_item item = {
        .key = row->key,
        .name = row->name,
        .url = url_of(arena, row),
        .category = row->category_label,
        .type = file_type_label(visit, row->media_type),
        .size = fmt_size(arena, lang, row->size),
        .created = fmt_instant(arena, lang, row->created),
        .machine = instant_format_utc(arena, row->created),
        .kind = visit_tr(visit, file_owner_labels[row->owner]),
        .owner = row->place.n ? row->place : row->owner_name,
        .owner_url = of_case ? case_path(arena, row->owner_number) : STR_NONE,
    };
    if (of_case)
        item.owner = arena_printf(arena, "%.*s %.*s", STR_FMT(row->owner_number), STR_FMT(row->owner_name));
    if (send_file_shows(arena_z(arena, row->media_type)))
        item.show_url = arena_printf(arena, "%.*s?show=1", STR_FMT(item.url));
    return item;
}

static void files_list_fill_items(struct visit *visit, const struct file_page *page, struct files_view *view)
{
    struct file_item *items = ARENA_ARRAY(visit->arena, struct file_item, page->count);
    for (size_t i = 0; i < page->count; i++)
        items[i] = item_of(visit, &page->rows[i]);
    view->items = items;
    view->item_count = page->count;
}

static struct str files_list_page_url(struct visit *visit, const struct file_criteria *criteria, struct str after)
{
    return file_criteria_url(visit->arena, "/files", criteria, NULL, after, false);
}

static void files_list_fill_pager(struct visit *visit, const struct file_criteria *criteria,
                                  const struct file_page *page, int64_t total, struct files_view *view)
{
    view->pager.total = total;
    if (page->has_previous || criteria->after.n)
        view->pager.first_url = files_list_page_url(visit, criteria, STR_NONE);
    if (!page->count)
        return;
    if (page->has_previous)
        view->pager.previous_url =
            files_list_page_url(visit, criteria, file_cursor(visit->arena, page->rows[0].key, true));
    if (page->has_next)
        view->pager.next_url =
            files_list_page_url(visit, criteria, file_cursor(visit->arena, page->rows[page->count - 1].key, false));
}

static void fill_zip(struct visit *visit, const struct file_criteria *criteria, int64_t total, int64_t bytes,
                     struct files_view *view)
{
    struct str url = file_criteria_url(visit->arena, "/files.zip", criteria, NULL, STR_NONE, true);
    if (total > ARCHIVE_FILES || bytes > ARCHIVE_BYTES)
        view->zip_note = visit_tr(visit, _("At most 500 files and 4 GB can be downloaded at once."));
    else if (total > 1)
        view->zip_all_url =
            arena_printf(visit->arena, "%.*s%call=1", STR_FMT(url), str_find_char(url, '?') < 0 ? '?' : '&');
}

static bool files_list_fill_result(struct visit *visit, const struct file_criteria *criteria, struct files_view *view,
                                   struct err *err)
{
    struct arena *arena = visit->arena;
    struct file_page page;
    int64_t total = 0, bytes = 0;
    if (!files_page_of(visit, criteria, &page, err) || !files_count(visit, criteria, &total, &bytes, err))
        return false;
    files_list_fill_headings(visit, criteria, view);
    files_list_fill_items(visit, &page, view);
    files_list_fill_pager(visit, criteria, &page, total, view);
    fill_zip(visit, criteria, total, bytes, view);
    view->summary = tr_n(arena, visit->view.lang, _("{n} file"), _("{n} files"), total);
    if (total)
        view->summary = arena_printf(arena, "%.*s, %.*s", STR_FMT(view->summary),
                                     STR_FMT(fmt_size(arena, visit->view.lang, bytes)));
    view->csv_url = file_criteria_url(arena, "/files.csv", criteria, NULL, STR_NONE, true);
    view->xlsx_url = file_criteria_url(arena, "/files.xlsx", criteria, NULL, STR_NONE, true);
    return true;
}

/* When the file of the cursor is gone, that is an error in the form like the others. */
static bool fill_page(struct visit *visit, struct file_criteria *criteria, struct files_view *view, struct err *err)
{
    if (!files_list_fill_form(visit, criteria, view, err))
        return false;
    if (view->faulty || files_list_fill_result(visit, criteria, view, err))
        return true;
    if (err->kind != ERR_INVALID)
        return false;
    criteria->after_fault = err->message;
    return files_list_fill_form(visit, criteria, view, err);
}

bool files_page(struct visit *visit, struct err *err)
{
    struct file_criteria criteria;
    struct files_view view = {0};
    view.faulty = !file_criteria_read(visit->arena, &visit->request->query, &criteria);
    view.never = !visit->actor.contact_id;
    view.sort = http_param(&visit->request->query, "sort");
    view.narrowed = file_criteria_any(&criteria);
    fill_page_sizes(visit, &criteria, &view);
    if (!fill_page(visit, &criteria, &view, err))
        return false;
    if (view.faulty)
        visit->response->status = 400;
    page_begin(visit, visit_tr(visit, _("Files")));
    files_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}
