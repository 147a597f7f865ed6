/* When two people change the same draft, the second sees what the first changed and loses nothing of their own. */
#include "base/clock.h"
#include "staff/invoices/specification.h"

#include <sodium.h>

enum { WAS_HEX = 16, TOLD_FIELDS = DRAFT_FIELDS - DRAFT_FROM };

static void add_digest(struct buf *out, struct str value)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    (void)crypto_generichash(digest, sizeof digest, (const unsigned char *)value.p, value.n, NULL, 0);
    buf_hex(out, digest, WAS_HEX / 2);
}

static struct str *merge_field_of(struct specification *specification, int field)
{
    return field == DRAFT_FROM    ? &specification->period_from
           : field == DRAFT_TO    ? &specification->period_to
           : field == DRAFT_TITLE ? &specification->title
                                  : &specification->your_reference;
}

struct str staff_specification_was(struct arena *arena, const struct specification *specification)
{
    struct specification copy = *specification;
    struct buf out;
    buf_init(&out, arena);
    for (int i = DRAFT_FROM; i < DRAFT_FIELDS; i++)
        add_digest(&out, *merge_field_of(&copy, i));
    return buf_text(&out);
}

struct str staff_specification_had(struct arena *arena, const struct staff_specification_row_view *rows, size_t count)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].chosen)
            add_digest(&out, rows[i].number);
    }
    return buf_text(&out);
}

static bool is_had(struct arena *arena, struct str had, struct str number)
{
    struct buf out;
    buf_init(&out, arena);
    add_digest(&out, number);
    for (size_t at = 0; at + WAS_HEX <= had.n; at += WAS_HEX) {
        if (str_eq(str_slice(had, at, at + WAS_HEX), buf_text(&out)))
            return true;
    }
    return false;
}

bool staff_specification_is_sent(const struct http_params *form, struct str number)
{
    size_t at = 0;
    struct str chosen;
    while (http_param_next(form, "row", &at, &chosen)) {
        if (str_eq(chosen, number))
            return true;
    }
    return false;
}

static void merge_tell(struct visit *visit, struct staff_specification_form_view *view, const struct msgid *label,
                       struct str now, struct str mine)
{
    if (now.n)
        view->changes[view->change_count++] =
            (struct staff_specification_change_view){visit_tr(visit, label), now, mine};
}

static void name_row(struct buf *names, const struct staff_specification_row_view *row)
{
    buf_printf(names, "%s%.*s (%.*s)", names->n ? ", " : "", STR_FMT(row->what), STR_FMT(row->number));
}

static bool is_offered(const struct staff_specification_form_view *view, struct str number)
{
    for (size_t i = 0; i < view->row_count; i++) {
        if (str_eq(view->rows[i].number, number))
            return true;
    }
    return false;
}

void staff_specification_tell_lost(struct visit *visit, struct staff_specification_form_view *view)
{
    struct buf lost;
    struct str number;
    size_t at = 0;
    buf_init(&lost, visit->arena);
    for (size_t i = 0; i < view->row_count; i++) {
        if (view->rows[i].lost)
            name_row(&lost, &view->rows[i]);
    }
    while (http_param_next(&visit->request->form, "row", &at, &number)) {
        if (!is_offered(view, number))
            buf_printf(&lost, "%s%.*s", lost.n ? ", " : "", STR_FMT(number));
    }
    merge_tell(visit, view, _("Rows that can no longer be chosen"), buf_text(&lost), STR_NONE);
}

static struct str part_of(struct str was, int field)
{
    size_t at = (size_t)(field - DRAFT_FROM) * WAS_HEX;
    return str_slice(was, at, at + WAS_HEX);
}

static struct str merge_shown(struct visit *visit, struct str value)
{
    return value.n ? value : visit_tr(visit, _("empty"));
}

static void merge_fields(struct visit *visit, struct specification *mine, const struct specification *fresh,
                         struct str was, struct staff_specification_form_view *view)
{
    struct specification now = *fresh;
    struct str is = staff_specification_was(visit->arena, fresh), own = staff_specification_was(visit->arena, mine);
    for (int i = DRAFT_FROM; i < DRAFT_FIELDS; i++) {
        struct str *value = merge_field_of(mine, i), newest = *merge_field_of(&now, i);
        if (str_eq(part_of(was, i), part_of(is, i)) || str_eq(*value, newest))
            continue;
        bool touched = !str_eq(part_of(was, i), part_of(own, i));
        merge_tell(visit, view, staff_specification_field_labels[i], merge_shown(visit, newest),
                   touched ? merge_shown(visit, *value) : STR_NONE);
        if (!touched) /* so saving again does not undo the other person's change */
            *value = newest;
    }
}

/*
 * Marks the rows to choose: as this user sent them where the user changed the choice, else as the draft has them now.
 */
static void merge_merge_rows(struct visit *visit, struct staff_specification_row_view *rows,
                             struct staff_specification_form_view *view)
{
    const struct http_params *form = &visit->request->form;
    struct str had = http_param(form, "had");
    struct buf added, removed;
    buf_init(&added, visit->arena);
    buf_init(&removed, visit->arena);
    for (size_t i = 0; i < view->row_count; i++) {
        if (rows[i].lost)
            continue;
        bool before = is_had(visit->arena, had, rows[i].number),
             sent = staff_specification_is_sent(form, rows[i].number);
        if (before != rows[i].chosen)
            name_row(before ? &removed : &added, &rows[i]);
        if (before != sent)
            rows[i].chosen = sent;
    }
    merge_tell(visit, view, _("Rows added"), buf_text(&added), STR_NONE);
    merge_tell(visit, view, _("Rows removed"), buf_text(&removed), STR_NONE);
    view->rows = rows;
    staff_specification_tell_lost(visit, view);
}

/* Widens the period so that it also contains the user's period: rows chosen in either period stay in the list. */
static struct specification within_both(const struct specification *mine, const struct specification *fresh,
                                        const struct http_params *form)
{
    struct specification both = *fresh;
    const struct str from[] = {mine->period_from, str_trim(http_param(form, "period_from"))};
    const struct str to[] = {mine->period_to, str_trim(http_param(form, "period_to"))};
    for (int i = 0; i < 2; i++) {
        if (str_cmp(from[i], both.period_from) < 0)
            both.period_from = from[i];
        if (both.period_to.n && (!to[i].n || str_cmp(to[i], both.period_to) > 0))
            both.period_to = to[i];
    }
    return both;
}

/* Reads from the audit who changed the draft last. Nothing is found when an import or another page changed it. */
static bool merge_load_changer(struct visit *visit, struct str number, struct staff_specification_form_view *view,
                               struct err *err)
{
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT at, who FROM audit WHERE subject = $1 AND action = 'specification_changed'"
                                    " ORDER BY id DESC LIMIT 1",
                                    DB_ARGS(DB_TEXT(number)), err);
    if (db_next(rows))
        view->changed_by =
            tr_fill(visit->arena, visit->view.lang, _("Last changed by {2} at {1}."),
                    (struct str[]){fmt_instant(visit->arena, visit->view.lang, db_int(rows, 0)), db_text(rows, 1)}, 2);
    return db_done(rows, err);
}

bool staff_specification_merge(struct visit *visit, struct specification *mine, const struct specification *fresh,
                               struct staff_specification_form_view *view, struct err *err)
{
    const size_t fields = (size_t)TOLD_FIELDS * WAS_HEX;
    const struct http_params *form = &visit->request->form;
    struct staff_specification_row_view *rows;
    struct str seen = http_param(form, "stamp");
    size_t head = seen.n > fields ? seen.n - fields : 0;
    view->stamp = staff_specification_stamp(visit->arena, fresh);
    merge_fields(visit, mine, fresh, str_slice(seen, head, seen.n), view);
    struct specification both = within_both(mine, fresh, form);
    if (!staff_specification_choices_load(visit, &both, &rows, &view->row_count, &view->more, err))
        return false;
    view->had = staff_specification_had(visit->arena, rows, view->row_count);
    merge_merge_rows(visit, rows, view);
    if (view->change_count && !merge_load_changer(visit, fresh->number, view, err))
        return false;
    if (!str_eq(str_slice(seen, 0, head), str_slice(view->stamp, 0, view->stamp.n - fields)))
        merge_tell(visit, view, _("Sum (excl. VAT)"), fmt_money(visit->arena, visit->view.lang, fresh->total),
                   STR_NONE);
    return true;
}
