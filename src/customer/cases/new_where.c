#include "customer/cases/new_where.h"

#include "access/visibility.h"
#include "customer/cases/new.html.h"
#include "model/case.h"
#include "portal/address.h"

enum { LATEST_SHOWN = 4, OPEN_SHOWN = 5 };

static struct str group_at(const struct field *field, size_t at)
{
    return field->groups && at < field->option_count ? field->groups[at] : STR_NONE;
}

bool group_begins(const struct field *field, size_t at)
{
    struct str group = group_at(field, at);
    return group.n && (!at || !str_eq(group_at(field, at - 1), group));
}

bool group_ends(const struct field *field, size_t at)
{
    struct str group = group_at(field, at);
    return group.n && !str_eq(group_at(field, at + 1), group);
}

struct str follow_part(struct arena *arena, struct str number)
{
    struct str path = case_path(arena, number);
    return str_slice(path, sizeof "/cases/" - 1, path.n);
}

/* A folded address says that of the object, which a case without one has. */
static void known_fill_address(struct visit *visit, const struct choice *place, struct known_view *known)
{
    known->address = place->address.n
                         ? tr_fill(visit->arena, visit->view.lang, _("Address: {1} – change"), &place->address, 1)
                         : visit_tr(visit, _("Address: that of the object – change"));
}

static bool known_fill(struct visit *visit, const struct choice *place, struct known_view *known, struct err *err)
{
    struct case_card *cards;
    known_fill_address(visit, place, known);
    if (!place->id)
        return true;
    if (!case_cards_of_object(visit, place->id, false, OPEN_SHOWN + 1, &cards, &known->count, err))
        return false;
    known->number = place->number;
    known->cards = cards;
    known->heading = tr_fill(visit->arena, visit->view.lang, _("Open cases on {1}"), &place->name, 1);
    if (known->count > OPEN_SHOWN) {
        known->count = OPEN_SHOWN;
        known->more_url = address_with(visit->arena, "/cases?status=open&object=", place->number);
    }
    return true;
}

static bool latest_fill(struct visit *visit, const struct new_form *form, struct new_view *view, struct err *err)
{
    struct choice *items;
    size_t count;
    if (!choices_latest(visit, LATEST_SHOWN, &items, &count, err))
        return false;
    view->latest = ARENA_ARRAY(visit->arena, struct latest_object, count);
    for (size_t i = 0; i < count; i++)
        view->latest[view->latest_count++] = (struct latest_object){
            .choice = &items[i],
            .chosen = items[i].id == form->place.id,
            .autofocus = form->chosen.n && str_eq(form->chosen, items[i].number),
        };
    return true;
}

bool new_where_fill(struct visit *visit, const struct new_form *form, bool many, struct new_view *view, struct err *err)
{
    bool chooses = form->object && form->object->offered && !view->only_object.n;
    if (chooses)
        view->known.url = STR("/cases/new/known");
    return (!chooses || !many || latest_fill(visit, form, view, err)) &&
           known_fill(visit, &form->place, &view->known, err);
}

bool new_where_asks(struct visit *visit, const struct new_form *form, bool *asks, struct err *err)
{
    struct known_view known = {.count = 0};
    *asks = false;
    if (!form->submission.n || !form->place.id ||
        str_eq(http_param(&visit->request->form, "open_shown"), form->place.number))
        return true;
    bool ok = known_fill(visit, &form->place, &known, err);
    *asks = ok && known.count;
    return ok;
}

bool new_known_get(struct visit *visit, struct err *err)
{
    struct known_view known = {.count = 0};
    struct choice place = {.id = 0};
    struct str number = http_param(&visit->request->query, "object");
    bool found = false;
    if ((number.n && !choice_find(visit, CHOICE_OBJECT, number, &place, &found, err)) ||
        !known_fill(visit, &place, &known, err))
        return false;
    visit->response->status = 200;
    visit->response->content_type = "text/html; charset=utf-8";
    new_known_html(&visit->response->body, &visit->view, &known);
    return true;
}
