/* Adds an address to a contact, or removes one, for the page of an account. */
#include "access/scope.h"
#include "model/contact_fields.h"
#include "staff/registers/internal.h"
#include "staff/registers/registers.h"

struct readdressing {
    struct visit *visit;
    struct str number, address;
    bool give;
    bool full; /* no address field is free */
};

static bool holds(struct arena *arena, struct str value, struct str address)
{
    return value.n && str_eq(actor_fold_name(arena, value), actor_fold_name(arena, address));
}

/*
 * Returns false when there is nothing to write: the contact has the address already, does not have it any more, or has
 * no free field.
 */
static bool addresses_change(struct readdressing *one, struct register_row *row, struct buf *changed)
{
    struct arena *arena = one->visit->arena;
    int free_field = -1;
    for (int i = CONTACT_EMAIL; i <= CONTACT_EMAIL_3; i++) {
        bool held = holds(arena, row->form.values[i], one->address);
        if (held && one->give)
            return false;
        if (held) {
            row->form.values[i] = STR_NONE;
            buf_printf(changed, "%s%s", changed->n ? ", " : "", contact_entity.fields[i].name);
        }
        if (!row->form.values[i].n && free_field < 0)
            free_field = i;
    }
    if (one->give && free_field >= 0) {
        row->form.values[free_field] = one->address;
        buf_z(changed, contact_entity.fields[free_field].name);
    }
    one->full = one->give && free_field < 0;
    return changed->n > 0;
}

static bool body(struct db_conn *conn, void *context, struct err *err)
{
    struct readdressing *one = context;
    struct visit *visit = one->visit;
    struct register_row row;
    struct buf changed;
    buf_init(&changed, visit->arena);
    /* generation_bump lets only one writer in at a time, so the row cannot change after it is read. */
    if (!generation_bump(conn, err) || !register_load(visit, &contact_register, one->number, &row, err))
        return false;
    if (!addresses_change(one, &row, &changed))
        return true;
    struct str subject = arena_printf(visit->arena, "contacts %.*s", STR_FMT(one->number));
    return contact_register.save(visit, &row, err) &&
           visit_audit(visit, "register_row_changed", subject, buf_text(&changed), err);
}

bool contact_give_address(struct visit *visit, struct str number, struct str address, bool *full, struct err *err)
{
    struct readdressing one = {.visit = visit, .number = number, .address = address, .give = true};
    if (!db_transaction(visit->db, body, &one, err))
        return false;
    *full = one.full;
    return true;
}

bool contact_take_address(struct visit *visit, struct str number, struct str address, struct err *err)
{
    struct readdressing one = {.visit = visit, .number = number, .address = address};
    return db_transaction(visit->db, body, &one, err);
}
