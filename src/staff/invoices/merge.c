/* When two people change the same draft, the second sees what the first changed and loses nothing of their own. */
#include "staff/invoices/draft.h"

#include <sodium.h>

enum { HAD_HEX = 16 };

static void specification_draft_add_digest(struct buf *out, struct str number)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    (void)crypto_generichash(digest, sizeof digest, (const unsigned char *)number.p, number.n, NULL, 0);
    buf_hex(out, digest, HAD_HEX / 2);
}

struct str specification_draft_had(struct arena *arena, const struct staff_specification_row_view *rows, size_t count)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].chosen)
            specification_draft_add_digest(&out, rows[i].number);
    }
    return buf_text(&out);
}

static bool specification_draft_row_was_had(struct arena *arena, struct str had, struct str number)
{
    struct buf out;
    buf_init(&out, arena);
    specification_draft_add_digest(&out, number);
    for (size_t at = 0; at + HAD_HEX <= had.n; at += HAD_HEX) {
        if (str_eq(str_slice(had, at, at + HAD_HEX), buf_text(&out)))
            return true;
    }
    return false;
}

bool specification_draft_row_is_sent(const struct http_params *sent, struct str number)
{
    size_t at = 0;
    struct str chosen;
    while (http_param_next(sent, "row", &at, &chosen)) {
        if (str_eq(chosen, number))
            return true;
    }
    return false;
}

static void specification_draft_name_row(struct buf *names, const struct staff_specification_row_view *row)
{
    buf_printf(names, "%s%.*s (%.*s)", names->n ? ", " : "", STR_FMT(row->what), STR_FMT(row->number));
}

void specification_draft_tell_lost(struct form *form, struct staff_specification_form_view *view)
{
    struct buf lost;
    struct str number;
    size_t at = 0;
    buf_init(&lost, form->visit->arena);
    for (size_t i = 0; i < view->row_count; i++) {
        if (view->rows[i].lost)
            specification_draft_name_row(&lost, &view->rows[i]);
    }
    while (http_param_next(&form->visit->request->form, "row", &at, &number)) {
        size_t i = 0;
        while (i < view->row_count && !str_eq(view->rows[i].number, number))
            i++;
        if (i == view->row_count)
            buf_printf(&lost, "%s%.*s", lost.n ? ", " : "", STR_FMT(number));
    }
    form_tell(form, &view->form, _("Rows that can no longer be chosen"), buf_text(&lost));
}

/*
 * Marks the rows to choose: as this user sent them where the user changed the choice, else as the draft has them now.
 */
static void specification_draft_merge_rows(struct form *form, struct staff_specification_row_view *rows,
                                           struct staff_specification_form_view *view)
{
    struct arena *arena = form->visit->arena;
    const struct http_params *sent = &form->visit->request->form;
    struct str had = http_param(sent, "had");
    struct buf added, removed;
    buf_init(&added, arena);
    buf_init(&removed, arena);
    for (size_t i = 0; i < view->row_count; i++) {
        if (rows[i].lost)
            continue;
        bool before = specification_draft_row_was_had(arena, had, rows[i].number),
             is = specification_draft_row_is_sent(sent, rows[i].number);
        if (before != rows[i].chosen)
            specification_draft_name_row(before ? &removed : &added, &rows[i]);
        if (before != is)
            rows[i].chosen = is;
    }
    form_tell(form, &view->form, _("Rows added"), buf_text(&added));
    form_tell(form, &view->form, _("Rows removed"), buf_text(&removed));
    view->rows = rows;
    specification_draft_tell_lost(form, view);
}

/* Widens the stored period so that it also has these: rows chosen in either period stay in the list. */
static void specification_draft_widen(struct specification_choice *choice, struct str from, struct str to)
{
    if (str_cmp(from, choice->from) < 0)
        choice->from = from;
    if (choice->to.n && (!to.n || str_cmp(to, choice->to) > 0))
        choice->to = to;
}

bool specification_draft_merge(struct specification_draft *mine, const struct specification_draft *fresh,
                               struct staff_specification_form_view *view, struct err *err)
{
    struct form *form = &mine->form;
    struct visit *visit = form->visit;
    const struct http_params *sent = &visit->request->form;
    struct staff_specification_row_view *rows;
    struct specification_choice both = {fresh->stored.id, fresh->stored.customer_id, fresh->form.values[SPEC_FROM],
                                        fresh->form.values[SPEC_TO]};
    if (!form_merge(form, &fresh->form, &view->form, err))
        return false;
    specification_draft_widen(&both, form->values[SPEC_FROM], form->values[SPEC_TO]);
    specification_draft_widen(&both, str_trim(http_param(sent, "period_from")),
                              str_trim(http_param(sent, "period_to")));
    if (!staff_specification_choices_load(visit, &both, &rows, &view->row_count, &view->more, err))
        return false;
    view->stamp = staff_specification_stamp(visit->arena, &fresh->stored);
    view->had = specification_draft_had(visit->arena, rows, view->row_count);
    specification_draft_merge_rows(form, rows, view);
    if (view->form.change_count &&
        !form_last_changed(visit, "specification_changed", fresh->stored.number, &view->form, err))
        return false;
    if (!str_eq(http_param(sent, "stamp"), view->stamp))
        form_tell(form, &view->form, _("Sum (excl. VAT)"),
                  fmt_money(visit->arena, visit->view.lang, fresh->stored.total));
    return true;
}
