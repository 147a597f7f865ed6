/* The parts that the pages share which change the draft. */
#include "staff/config/pages.h"

#include <unistd.h>

#define POSITION_MAX 9999

bool draft_page_open(struct visit *visit, struct draft_page *page, const char *path, struct str title, size_t inputs,
                     struct err *err)
{
    *page = (struct draft_page){
        .path = str_of(path), .title = title, .fields = ARENA_ARRAY(visit->arena, struct field, inputs)};
    if (!config_draft_load(visit, &page->draft, err))
        return false;
    page->mark = config_draft_mark(visit, &page->draft);
    return true;
}

struct field *draft_page_add(struct draft_page *page, struct field field)
{
    page->fields[page->field_count] = field;
    return &page->fields[page->field_count++];
}

bool draft_refused(struct visit *visit, const struct config_draft *draft, bool fits, struct str *refusal)
{
    bool moved = config_draft_moved(visit, draft);
    if (fits && moved)
        *refusal = visit_tr(
            visit,
            _("The draft was changed in another window after this page was opened. What you typed stands here: look "
              "through it and save again."));
    if (!fits || moved)
        visit->response->status = fits ? 409 : 400;
    return !fits || moved;
}

bool keep_and_go(struct visit *visit, const struct config_draft *draft, const struct config *config, struct str path,
                 struct err *err)
{
    if (!config_draft_keep(visit, draft, config, err))
        return false;
    page_notice_next(visit, _("Kept in your draft. It counts when you publish it."));
    return visit_redirect(visit, path);
}

struct str setting_line(struct arena *arena, struct str typed)
{
    return field_clean_text(arena, typed, false);
}

struct str typed_line(const struct visit *visit, struct str name)
{
    return setting_line(visit->arena, http_param(&visit->request->form, arena_z(visit->arena, name)));
}

struct field *position_add(struct visit *visit, struct draft_page *page, struct str name, struct str label,
                           int64_t number)
{
    return draft_page_add(
        page, (struct field){.name = name,
                             .label = tr_fill(visit->arena, visit->view.lang, _("Position of {1}"), &label, 1),
                             .value = number ? arena_printf(visit->arena, "%d", (int)number) : STR_NONE});
}

int64_t position_take(const struct visit *visit, struct field *position)
{
    int64_t number = 0;
    position->value = typed_line(visit, position->name);
    if (!position->value.n || (str_to_int(position->value, &number) && number > 0 && number <= POSITION_MAX))
        return number;
    position->error = visit_tr(visit, _("Write a whole number from 1 to 9999, or nothing."));
    return 0;
}

/* The sort is stable: things with the same number keep their order on the page. */
size_t positions_sort(const int64_t *numbers, size_t count, size_t *sorted)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = found;
        if (!numbers[i])
            continue;
        for (; at > 0 && numbers[sorted[at - 1]] > numbers[i]; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = i;
        found++;
    }
    return found;
}

bool upload_read(struct visit *visit, const struct http_upload *upload, size_t limit, struct str *bytes,
                 struct err *err)
{
    char *content = arena_alloc(visit->arena, limit + 1);
    size_t have = 0;
    ssize_t n = 0;
    while (have <= limit && (n = pread(upload->fd, content + have, limit + 1 - have, (off_t)have)) > 0)
        have += (size_t)n;
    *bytes = (struct str){content, have};
    return n >= 0 || err_errno(err, arena_z(visit->arena, upload->field));
}
