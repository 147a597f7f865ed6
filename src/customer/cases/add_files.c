/* Files that customers add to an open case. They stand in a message, so that staff learn of them. */
#include "customer/cases/new_upload.h"
#include "customer/cases/page.h"
#include "customer/cases/views.h"
#include "model/case.h"
#include "model/message.h"
#include "model/staff_file.h"
#include "portal/address.h"
#include "portal/receive_file.h"

struct files_sending {
    struct visit *visit;
    struct file_owner owner;
    struct added_file *files;
    size_t count;
    struct str who;
};

struct add_files_view add_files_view(struct visit *visit, struct str file_fault, struct str name,
                                     const struct msgid *name_fault)
{
    struct add_files_view view = {
        .fields[0] = receive_field(visit, STR("attachments"), _("Photos and documents"), file_fault),
    };
    if (visit->actor.kind != ACTOR_CONTACT)
        view.fields[1] = (struct field){.name = STR("sender"),
                                        .label = visit_tr(visit, _("Your name")),
                                        .value = name,
                                        .error = visit_tr(visit, name_fault),
                                        .required = true,
                                        .autocomplete = "name",
                                        .max_length = MESSAGE_NAME_MAX};
    return view;
}

/* Returns `I have added: a.jpg, b.pdf`, without the files that the case had already; empty: it had all. */
static struct str files_text(const struct files_sending *sending)
{
    struct visit *visit = sending->visit;
    struct buf names;
    buf_init(&names, visit->arena);
    for (size_t i = 0; i < sending->count; i++) {
        if (!sending->files[i].twice)
            buf_printf(&names, "%s%.*s", names.n ? ", " : "", STR_FMT(sending->files[i].name));
    }
    struct str all = buf_text(&names);
    return all.n ? tr_fill(visit->arena, visit->view.lang, _("I have added: {1}"), &all, 1) : STR_NONE;
}

static bool files_send_body(struct db_conn *conn, void *context, struct err *err)
{
    struct files_sending *sending = context;
    (void)conn;
    if (!files_add_within(sending->visit, &sending->owner, sending->files, sending->count, err))
        return false;
    struct new_message message = {.case_id = sending->owner.id,
                                  .case_number = sending->owner.number,
                                  .who = sending->who,
                                  .body = files_text(sending),
                                  .seen = INT64_MAX};
    return !message.body.n || message_add(sending->visit, &message, err);
}

/* Finds the case if it is open. *closed: it is finished by now. */
static bool files_case_find(struct visit *visit, struct file_owner *owner, bool *closed, struct err *err)
{
    int64_t status = CASE_NOT_STARTED;
    owner->kind = OWNER_CASE;
    if (!cases_find_visible(visit, visit->path_value[0], &owner->id, err) ||
        !db_find(visit->db, visit->arena, "SELECT number, status FROM cases WHERE id = $1", DB_ARGS(DB_INT(owner->id)),
                 DB_TARGETS(TO(&owner->number), TO(&status)), NULL, err))
        return false;
    *closed = status >= CASE_FINISHED;
    return true;
}

static bool files_refuse(struct visit *visit, const struct add_files_view *view, struct err *err)
{
    if (!view->wait.n)
        visit->response->status = 400;
    return case_page_show(visit, NULL, view, err);
}

#define CASE_FILES_ANCHOR "#case-files"

/* Files of a session that has ended are not kept. The answer is the same for a case that the login does not see. */
static bool files_ask_again(struct visit *visit)
{
    struct str number = address_number(visit->arena, visit->path_value[0]);
    struct buf url;
    buf_init(&url, visit->arena);
    buf_z(&url, "/login?next=");
    buf_url_part(&url, case_path(visit->arena, number));
    buf_url_part(&url, STR(CASE_FILES_ANCHOR));
    page_notice_next(visit, _("You were logged out before your files arrived, so nothing was added. Log in and choose "
                              "them again."));
    return visit_redirect(visit, buf_text(&url));
}

bool case_files_send(struct visit *visit, struct err *err)
{
    struct files_sending sending = {.visit = visit, .who = visit->actor.name};
    struct new_form form = {.count = 0};
    struct str name = str_trim(http_param(&visit->request->form, "sender"));
    const struct msgid *name_fault = NULL;
    bool closed = false;
    if (visit->actor.kind == ACTOR_NOBODY)
        return files_ask_again(visit);
    if (!files_case_find(visit, &sending.owner, &closed, err))
        return false;
    struct str path =
        arena_printf(visit->arena, "%.*s" CASE_FILES_ANCHOR, STR_FMT(case_path(visit->arena, sending.owner.number)));
    if (closed) {
        page_notice_next(visit, _("The case is finished, so nothing was added. Write a message instead."));
        return visit_redirect(visit, path);
    }
    if (!new_upload_gather(visit, &form, err))
        return false;
    if (visit->actor.kind != ACTOR_CONTACT) {
        name_fault = !name.n                               ? _("Fill in this field.")
                     : utf8_count(name) > MESSAGE_NAME_MAX ? _("The text is too long.")
                                                           : NULL;
        sending.who = name;
    }
    if (!form.file_count && !form.file_fault.n && !form.wait.n)
        form.file_fault = visit_tr(visit, _("Choose at least one file."));
    struct add_files_view view = add_files_view(visit, form.file_fault, name, name_fault);
    view.wait = form.wait;
    if (form.file_fault.n || form.wait.n || name_fault)
        return files_refuse(visit, &view, err);
    sending.files = ARENA_ARRAY(visit->arena, struct added_file, form.file_count);
    for (; sending.count < form.file_count; sending.count++) {
        const struct new_case_file *file = &form.files[sending.count];
        sending.files[sending.count] = (struct added_file){.name = file->name,
                                                           .digest = file->digest,
                                                           .media_type = arena_z(visit->arena, file->media_type),
                                                           .size = file->size};
    }
    if (!db_transaction(visit->db, files_send_body, &sending, err))
        return false;
    page_notice_next(visit, _("What you sent is added."));
    return visit_redirect(visit, path);
}
