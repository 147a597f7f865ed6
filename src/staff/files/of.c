/* The page with the files of one customer, object or case, where staff also upload more files. */
#include "lists/list.h"
#include "portal/receive_file.h"
#include "staff/files/files.html.h"
#include "staff/files/internal.h"

enum { FIELD_FILES, FIELD_CATEGORY, FIELD_VISIBLE, FIELD_COUNT };

struct sending {
    struct file_owner owner;
    struct str category;
    int64_t category_id;
    bool visible;
    struct added_file *files; /* the files that were not refused */
    size_t count;
    struct str file_fault, category_fault; /* in the user's language */
    int64_t added;
};

/* --- the page ----------------------------------------------------------------------------------------------------- */

static bool of_fill_fields(struct visit *visit, const struct sending *sending, struct file_owner_view *view,
                           struct err *err)
{
    struct field *fields = view->fields;
    if (!category_field(visit, sending->category, &fields[FIELD_CATEGORY], err))
        return false;
    fields[FIELD_CATEGORY].empty_label = visit_tr(visit, _("None"));
    fields[FIELD_CATEGORY].error = sending->category_fault;
    fields[FIELD_FILES] = receive_field(visit, STR("files"), _("Files to add"), sending->file_fault);
    fields[FIELD_VISIBLE] = (struct field){.name = STR("visible"),
                                           .label = visit_tr(visit, _("Visible in the portal")),
                                           .value = sending->visible ? STR("yes") : STR_NONE};
    return true;
}

static bool of_begin(struct list_query *query, struct err *err)
{
    struct visit *visit = query->visit;
    const struct sending *sending = query->context;
    struct file_owner_view view = {
        .owner = &sending->owner, .added = sending->added, .rules = &visit->config->attachments};
    if (!of_fill_fields(visit, sending, &view, err))
        return false;
    page_begin(visit,
               arena_printf(visit->arena, "%.*s %.*s", STR_FMT(sending->owner.number), STR_FMT(sending->owner.name)));
    staff_file_owner_html(&visit->response->body, &visit->view, &view);
    return true;
}

static void of_owner_add(struct sql *sql, const struct list_query *query)
{
    static const char *const owner_literals[OWNER_KINDS] = {NULL, "f.customer_id", "f.object_id", "f.case_id"};
    const struct sending *sending = query->context;
    sql_put(sql, "{} = ?", SQL(owner_literals[sending->owner.kind]), DB_INT(sending->owner.id));
}

static bool of_has(const struct visit *visit, struct str column)
{
    (void)visit;
    return !str_eqz(column, "owner");
}

/* The address may narrow the list, but there is no form for it. */
static size_t of_searched(const struct visit *visit, const struct str **names)
{
    (void)visit;
    *names = NULL;
    return 0;
}

static bool of_show(struct visit *visit, const struct sending *sending, struct err *err)
{
    struct list list = staff_files_list;
    list.path = NULL;
    list.staff = false;
    list.no_files = true;
    list.none_title = _("No files yet.");
    list.none_text = _("What is added above stands here.");
    list.has = of_has;
    list.searched = of_searched;
    list.visible = of_owner_add;
    list.begin = of_begin;
    list.before = NULL;
    return list_show(visit, &list, sending, err);
}

/*
 * The form proposes "visible": files of a customer or object are meant for the customer to see. Files of a case are
 * hidden until somebody makes them visible.
 */
bool staff_files_of_page(struct visit *visit, struct err *err)
{
    struct sending sending = {.count = 0};
    if (!file_owner_load(visit, &sending.owner, err))
        return false;
    sending.visible = sending.owner.kind != OWNER_CASE;
    return of_show(visit, &sending, err);
}

/* --- uploading ---------------------------------------------------------------------------------------------------- */

/* Adds one sentence for each refused file. */
static void of_tell(struct visit *visit, struct sending *sending, struct str text)
{
    struct str before = sending->file_fault;
    sending->file_fault = before.n ? arena_printf(visit->arena, "%.*s %.*s", STR_FMT(before), STR_FMT(text)) : text;
}

static void tell_of(struct visit *visit, struct sending *sending, const struct msgid *msgid, struct str name)
{
    struct str most = fmt_int(visit->arena, visit->view.lang, visit->config->attachment_count);
    of_tell(visit, sending, tr_fill(visit->arena, visit->view.lang, msgid, (struct str[]){name, most}, 2));
}

/* Writes to the store without a database connection, so that other requests can use the connection. */
static bool take_uploads(struct visit *visit, struct sending *sending, struct err *err)
{
    const struct http_request *request = visit->request;
    sending->files = ARENA_ARRAY(visit->arena, struct added_file, request->upload_count);
    for (size_t i = 0; i < request->upload_count; i++) {
        struct stored stored;
        struct str refusal;
        if (!str_eqz(request->uploads[i].field, "files"))
            continue;
        if (!receive_file(visit, &request->uploads[i], &stored, &refusal, err))
            return false;
        if (refusal.n)
            of_tell(visit, sending, refusal);
        else
            sending->files[sending->count++] =
                (struct added_file){stored.name, stored.digest, stored.media_type, stored.size, false};
    }
    for (size_t i = 0; i < request->left_out_count; i++)
        tell_of(visit, sending, _("{1} was left out: at most {2} files are taken at a time."),
                store_clean_name(visit->arena, request->left_out[i]));
    return true;
}

static bool of_take(struct visit *visit, struct sending *sending, struct err *err)
{
    visit_pause_db(visit);
    bool ok = take_uploads(visit, sending, err);
    struct err lost = {.kind = ERR_NONE};
    bool back = visit_resume_db(visit, ok ? err : &lost);
    return ok && back;
}

static bool of_add(struct visit *visit, struct sending *sending, struct err *err)
{
    if (!files_add(visit, &sending->owner, sending->files, sending->count, sending->category_id, sending->visible, err))
        return false;
    for (size_t i = 0; i < sending->count; i++) {
        if (sending->files[i].twice)
            tell_of(visit, sending, _("{1} is there already."), sending->files[i].name);
        else
            sending->added++;
    }
    return true;
}

bool staff_files_of_send(struct visit *visit, struct err *err)
{
    const struct http_params *form = &visit->request->form;
    struct sending sending = {.category = http_param(form, "category"),
                              .visible = str_eqz(http_param(form, "visible"), "yes")};
    if (!file_owner_load(visit, &sending.owner, err) ||
        !category_find(visit, sending.category, &sending.category_id, err))
        return false;
    if (sending.category.n && !sending.category_id)
        sending.category_fault = visit_tr(visit, _("Choose one of the list."));
    else if (!of_take(visit, &sending, err) || (sending.count && !of_add(visit, &sending, err)))
        return false;
    if (!sending.added && !sending.file_fault.n)
        sending.file_fault = visit_tr(visit, _("Choose at least one file."));
    if (!sending.file_fault.n && !sending.category_fault.n) {
        page_notice_next(visit, _("The files are added."));
        return visit_redirect(visit, file_owner_path(visit->arena, &sending.owner, "/files"));
    }
    visit->response->status = 400;
    return of_show(visit, &sending, err);
}
