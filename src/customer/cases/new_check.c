#include "customer/cases/new_form.h"
#include "model/choice_search.h"

#include "access/visibility.h"

static void new_check_refuse(struct visit *visit, struct field *field, const struct msgid *msgid)
{
    field->error = visit_tr(visit, msgid);
}

static enum choice_kind choice_kind_of(const struct new_field *one)
{
    return one->config.rule.kind == FIELD_OBJECT ? CHOICE_OBJECT : CHOICE_CUSTOMER;
}

/* --- plain fields and picklists ----------------------------------------------------------------------------------- */

static bool new_check_find_item(struct visit *visit, struct new_field *one, struct err *err)
{
    bool found = false;
    if (!db_query_int(visit->db, "SELECT id FROM picklist_item WHERE list = $1 AND key = $2 AND active = 1",
                      DB_ARGS(DB_TEXT(str_of(one->config.rule.list)), DB_TEXT(one->value)), &found, &one->id, err))
        return false;
    if (!found && one->offered)
        new_check_refuse(visit, &one->field, _("Choose one from the list."));
    return true;
}

static bool check_plain(struct visit *visit, struct new_field *one, struct err *err)
{
    one->value = field_clean(visit->arena, &one->config.rule, one->field.value);
    struct field_fault fault = field_check(visit->arena, &one->config.rule, one->config.required, one->value);
    if (one->offered)
        one->field.error = field_fault_text(visit->arena, visit->view.lang, &fault);
    if (fault.msgid || one->config.rule.kind != FIELD_PICKLIST || !one->value.n)
        return true;
    return new_check_find_item(visit, one, err);
}

/* --- customer and object ------------------------------------------------------------------------------------------ */

/*
 * A mandatory choice without anything to choose from is not mandatory: nothing keeps a contact from reporting (domain
 * 4).
 */
static bool check_missing(struct visit *visit, struct new_field *one, struct err *err)
{
    struct choice *items;
    size_t count = 0;
    bool more = false;
    if (!one->config.required)
        return true;
    if (!choice_list(visit, choice_kind_of(one), 1, &items, &count, &more, err))
        return false;
    if (count || more)
        new_check_refuse(visit, &one->field, _("Choose one."));
    return true;
}

/*
 * Returns whether the user chose nothing, but typed a text that no hits were shown for. Such a text is never silently
 * dropped.
 */
static bool is_unanswered(const struct new_field *one)
{
    return !one->field.value.n && one->search.n && !str_eq(one->search, one->searched);
}

static bool find_choice(struct visit *visit, struct new_field *one, struct choice *choice, bool *found, struct err *err)
{
    bool typed = is_unanswered(one);
    struct str number = typed ? one->search : str_trim(one->field.value);
    *found = false;
    if (!number.n)
        return check_missing(visit, one, err);
    if (!choice_find(visit, choice_kind_of(one), number, choice, found, err))
        return false;
    one->id = *found ? choice->id : 0;
    if (*found)
        one->field.value = choice->number;
    else
        new_check_refuse(visit, &one->field,
                         typed ? _("Choose one of the hits, or empty the search box.")
                               : _("Choose one from the list."));
    return true;
}

/* A login without a choice is linked by itself, no matter what is sent. */
static bool check_object(struct visit *visit, struct new_form *form, struct choice *object, bool *found,
                         struct err *err)
{
    *found = false;
    return !form->object || !form->object->offered || find_choice(visit, form->object, object, found, err);
}

/* A customer field that was not sent at all follows from the object; one that was left empty means no customer. */
static bool check_customer(struct visit *visit, struct new_form *form, const struct choice *object, struct err *err)
{
    struct new_field *one = form->customer;
    struct choice customer = {0};
    bool found = false;
    bool asked = one && one->offered && (one->given || is_unanswered(one));
    if (!asked && object->customer_id && may_choose_customer(&visit->actor)) {
        form->customer_id = object->customer_id;
        return true;
    }
    if (!one || !one->offered)
        return true;
    if (!find_choice(visit, one, &customer, &found, err))
        return false;
    if (found && object->owner_id && object->owner_id != customer.id) {
        one->field.error =
            tr_fill(visit->arena, visit->view.lang,
                    _("{1} belongs to another customer. Choose that customer, or none."), &object->name, 1);
        return true;
    }
    form->customer_id = customer.id;
    return true;
}

static bool check_links(struct visit *visit, struct new_form *form, struct err *err)
{
    const struct actor *actor = &visit->actor;
    struct choice object = {0};
    bool found = false;
    if (!check_object(visit, form, &object, &found, err))
        return false;
    form->object_id = found ? object.id : 0;
    if (!check_customer(visit, form, &object, err))
        return false;
    if (actor->kind == ACTOR_CUSTOMER || actor->kind == ACTOR_OBJECT)
        form->customer_id = actor->customer_id;
    if (actor->kind == ACTOR_OBJECT)
        form->object_id = actor->object_id;
    return true;
}

bool new_form_check(struct visit *visit, struct new_form *form, struct err *err)
{
    for (size_t i = 0; i < form->count; i++) {
        struct new_field *one = &form->fields[i];
        bool link = one->config.rule.kind == FIELD_OBJECT || one->config.rule.kind == FIELD_CUSTOMER;
        if (!link && !check_plain(visit, one, err))
            return false;
    }
    return check_links(visit, form, err);
}
