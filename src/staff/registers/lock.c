/* Two at once on one row of a register: the second is shown what the first changed, and loses nothing of his own. */
#include "base/clock.h"
#include "staff/registers/internal.h"
#include "staff/registers/views.h"

#include <sodium.h>

enum { WAS_HEX = 16 };

static void add_was(struct buf *out, struct str value)
{
    unsigned char digest[crypto_generichash_BYTES_MIN];
    (void)crypto_generichash(digest, sizeof digest, (const unsigned char *)value.p, value.n, NULL, 0);
    buf_hex(out, digest, WAS_HEX / 2);
}

struct str register_was(struct arena *arena, const struct staff_register *reg, const struct register_row *row)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; row->id && i < reg->field_count; i++)
        add_was(&out, row->values[i]);
    return buf_text(&out);
}

static struct str was_of(struct str was, size_t at)
{
    return str_slice(was, at * WAS_HEX, (at + 1) * WAS_HEX);
}

bool register_is_older(struct visit *visit, const struct staff_register *reg, struct str number, struct str was,
                       bool *older, struct err *err)
{
    struct register_row stored;
    *older = false;
    if (!was.n)
        return true;
    if (!register_load(visit, reg, number, &stored, err))
        return false;
    *older = !str_eq(was, register_was(visit->arena, reg, &stored));
    return true;
}

/* Who changed it last, as the audit tells; nobody when it was an import. */
static bool load_changer(struct visit *visit, const struct staff_register *reg, struct str number,
                         struct register_form_view *view, struct err *err)
{
    struct str subject = arena_printf(visit->arena, "%s %.*s", reg->path, STR_FMT(number));
    struct db_rows *rows = db_query(visit->db, visit->arena,
                                    "SELECT at, who FROM audit WHERE subject = $1 AND action = 'register_row_changed'"
                                    " ORDER BY id DESC LIMIT 1",
                                    DB_ARGS(DB_TEXT(subject)), err);
    if (rows && db_next(rows))
        view->changed_by =
            tr_fill(visit->arena, visit->view.lang, _("Last changed by {2} at {1}."),
                    (struct str[]){fmt_instant(visit->arena, visit->view.lang, db_int(rows, 0)), db_text(rows, 1)}, 2);
    return db_done(rows, err);
}

bool register_merge(struct visit *visit, const struct staff_register *reg, struct register_row *mine, struct str was,
                    struct register_form_view *view, struct err *err)
{
    struct register_row fresh;
    struct register_change_view *made = ARENA_ARRAY(visit->arena, struct register_change_view, reg->field_count);
    if (!register_load(visit, reg, mine->number, &fresh, err) || !load_changer(visit, reg, mine->number, view, err))
        return false;
    struct str is = register_was(visit->arena, reg, &fresh), own = register_was(visit->arena, reg, mine);
    for (size_t i = 0; i < reg->field_count; i++) {
        if (str_eq(was_of(was, i), was_of(is, i)))
            continue;
        bool touched = !str_eq(was_of(was, i), was_of(own, i)) && !str_eq(was_of(own, i), was_of(is, i));
        made[view->change_count++] = (struct register_change_view){
            .label = visit_tr(visit, reg->fields[i].label),
            .now = register_text(visit, &reg->fields[i], fresh.values[i]),
            .mine = touched ? register_text(visit, &reg->fields[i], mine->values[i]) : STR_NONE};
        if (!touched) /* saving again undoes nothing of the other's */
            mine->values[i] = fresh.values[i];
    }
    view->changes = made;
    view->was = is;
    return true;
}
