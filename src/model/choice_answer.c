#include "model/choice_search.h"

static void write_hit(struct visit *visit, struct buf *out, const struct choice *hit, bool proposes)
{
    buf_z(out, "{\"value\":");
    buf_json(out, hit->number);
    buf_z(out, ",\"label\":");
    buf_json(out, hit->name);
    buf_z(out, ",\"detail\":");
    buf_json(out, hit->address.n
                      ? arena_printf(visit->arena, "%.*s · %.*s", STR_FMT(hit->number), STR_FMT(hit->address))
                      : hit->number);
    if (hit->property.n) {
        buf_z(out, ",\"group\":");
        buf_json(out, hit->property);
    }
    if (proposes && hit->customer_id) {
        buf_z(out, ",\"proposes\":{\"customer\":{\"value\":");
        buf_json(out, hit->customer_number);
        buf_z(out, ",\"label\":");
        buf_json(out, hit->customer_name);
        buf_z(out, "}}");
    }
    buf_char(out, '}');
}

bool choice_answer(struct visit *visit, enum choice_kind kind, bool proposes, struct err *err)
{
    struct choices *hits = ARENA_NEW(visit->arena, struct choices);
    struct buf *out = &visit->response->body;
    if (!choice_search(visit, kind, http_param(&visit->request->query, "q"), hits, err) ||
        (kind == CHOICE_OBJECT && !choices_by_property(visit, hits->items, hits->count, err)))
        return false;
    visit->response->status = 200;
    visit->response->content_type = "application/json";
    buf_char(out, '[');
    for (size_t i = 0; i < hits->count; i++) {
        if (i)
            buf_char(out, ',');
        write_hit(visit, out, &hits->items[i], proposes);
    }
    buf_char(out, ']');
    return true;
}
