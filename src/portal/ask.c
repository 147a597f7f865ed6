/* Asks staff first, where a press does something that cannot be undone (feature_question). */
#include "portal/address.h"
#include "portal/ask.html.h"
#include "portal/portal.h"

static const struct feature_question *question_find(const struct portal_visit *pv)
{
    const struct feature_list *all = &pv->visit.app->features;
    for (size_t i = 0; i < all->count; i++) {
        for (size_t k = 0; k < all->items[i]->question_count; k++) {
            if (str_eqz(str_of(all->items[i]->questions[k].path), pv->route->path))
                return &all->items[i]->questions[k];
        }
    }
    return NULL;
}

/* *found: the row with the id in the path is there. */
static bool question_name(struct visit *visit, const struct feature_question *question, struct str *name, bool *found,
                          struct err *err)
{
    int64_t id = 0;
    *name = address_number(visit->arena, visit->path_value[0]);
    *found = true;
    return !question->name_literal || !str_to_int(*name, &id) ||
           db_find(visit->db, visit->arena, question->name_literal, DB_ARGS(DB_INT(id)), DB_TARGETS(TO(name)), found,
                   err);
}

/* Returns the address of the page with the form: this address without its last parts. */
static struct str question_back(struct visit *visit, const struct feature_question *question)
{
    struct str path = page_address(visit->arena, visit->request);
    for (int i = 0; i <= question->more_parts; i++) {
        while (path.n && path.p[--path.n] != '/')
            ;
    }
    return path;
}

bool question_ask(struct portal_visit *pv, bool *asked, struct err *err)
{
    struct visit *visit = &pv->visit;
    const struct http_params *form = &visit->request->form;
    const struct feature_question *question = question_find(pv);
    struct str values[2];
    *asked = question && !http_has(form, "sure");
    if (!*asked)
        return true;
    if (!question_name(visit, question, &values[0], asked, err))
        return false;
    if (!*asked)
        return true; /* the handler says that it is not there */
    values[1] = address_number(visit->arena, visit->path_value[1]);
    struct ask_view view = {.title = tr_fill(visit->arena, visit->view.lang, question->title, values, 2),
                            .text = tr_fill(visit->arena, visit->view.lang, question->text, values, 2),
                            .button = visit_tr(visit, question->button),
                            .action = page_address(visit->arena, visit->request),
                            .back = question_back(visit, question),
                            .sent = ARENA_ARRAY(visit->arena, struct http_param, form->count)};
    for (size_t i = 0; i < form->count; i++) {
        if (!str_eqz(form->items[i].name, "csrf_token"))
            view.sent[view.sent_count++] = form->items[i];
    }
    return page_show(visit, view.title, ask_page_html, &view);
}
