/* What customers write about single cases and rows when they reject a specification. */
#include "customer/invoices/internal.h"
#include "model/field.h"

/* A form has at most 2,200 fields; of a larger specification only cases can be named. */
#define INPUTS_MAX 2000

static const struct str CASE_PREFIX = STR_INIT("case:"), ROW_PREFIX = STR_INIT("row:");

size_t remarks_read(struct visit *visit, const struct http_params *sent, struct remark **remarks)
{
    size_t count = 0;
    *remarks = ARENA_ARRAY(visit->arena, struct remark, sent->count + 1);
    for (size_t i = 0; i < sent->count; i++) {
        struct remark *one = &(*remarks)[count];
        struct str name = sent->items[i].name;
        *one = (struct remark){.comment = field_clean_text(visit->arena, sent->items[i].value, false)};
        if (str_starts(name, CASE_PREFIX))
            one->case_number = str_slice(name, CASE_PREFIX.n, name.n);
        else if (str_starts(name, ROW_PREFIX))
            one->row_number = str_slice(name, ROW_PREFIX.n, name.n);
        count += one->comment.n && (one->case_number.n || one->row_number.n);
    }
    return count;
}

const struct msgid *remark_fault(const struct remark *remark)
{
    return utf8_count(remark->comment) > REMARK_MAX ? _("The comment is too long: at most 500 characters.") : NULL;
}

/* The remarks as lines of text, of those for which `wanted` is true. */
struct str remarks_lines(struct arena *arena, const struct remark *remarks, const bool *wanted, size_t count)
{
    struct buf text;
    buf_init(&text, arena);
    for (size_t i = 0; i < count; i++) {
        if (!wanted || wanted[i])
            buf_printf(&text, "%s%.*s%.*s: %.*s", text.n ? "\n" : "", STR_FMT(remarks[i].case_number),
                       STR_FMT(remarks[i].row_number), STR_FMT(remarks[i].comment));
    }
    return buf_text(&text);
}

/* --- the inputs --------------------------------------------------------------------------------------------------- */

struct remarks_filling {
    struct visit *visit;
    struct decide_view *view;
    const struct remark *remarks;
    bool *lost; /* by remark: no input shows it */
    size_t count, made;
    struct field *fields; /* of all inputs */
};

/* number: of the row, or of the case when row is NULL. */
static bool remark_input_fill(struct remarks_filling *filling, struct str number, const struct specification_row *row,
                              struct remark_input *input)
{
    struct arena *arena = filling->visit->arena;
    struct field *field = &filling->fields[filling->made++];
    struct str prefix = row ? ROW_PREFIX : CASE_PREFIX;
    *field = (struct field){.name = arena_printf(arena, "remark-%zu", filling->made), .max_length = REMARK_MAX};
    field->label = !row           ? visit_tr(filling->visit, _("The whole case"))
                   : row->title.n ? row->title
                                  : tr_fill(arena, filling->visit->view.lang, _("Row {1}"), &number, 1);
    *input = (struct remark_input){arena_printf(arena, "%.*s%.*s", STR_FMT(prefix), STR_FMT(number)), field, row};
    for (size_t i = 0; i < filling->count; i++) {
        const struct remark *one = &filling->remarks[i];
        if (!str_eq(row ? one->row_number : one->case_number, number))
            continue;
        field->value = one->comment;
        field->error = visit_tr(filling->visit, remark_fault(one));
        filling->lost[i] = false;
        return true;
    }
    return false;
}

static void remark_group_fill(struct remarks_filling *filling, const struct specification_case *of, bool with_rows,
                              struct remark_group *group)
{
    group->of = of;
    group->open = filling->view->specification->case_count == 1;
    group->count = 1 + (with_rows ? of->row_count : 0);
    group->inputs = ARENA_ARRAY(filling->visit->arena, struct remark_input, group->count);
    for (size_t i = 0; i < group->count; i++) {
        const struct specification_row *row = i ? &of->rows[i - 1] : NULL;
        group->open |= remark_input_fill(filling, row ? row->number : of->number, row, &group->inputs[i]);
    }
}

void remarks_fill(struct visit *visit, struct decide_view *view, const struct remark *remarks, size_t count)
{
    const struct specification *s = view->specification;
    size_t inputs = s->case_count + (size_t)s->row_count;
    struct remarks_filling filling = {visit,
                                      view,
                                      remarks,
                                      ARENA_ARRAY(visit->arena, bool, count + 1),
                                      count,
                                      0,
                                      ARENA_ARRAY(visit->arena, struct field, inputs)};
    for (size_t i = 0; i < count; i++)
        filling.lost[i] = true;
    view->groups = ARENA_ARRAY(visit->arena, struct remark_group, s->case_count);
    for (; view->group_count < s->case_count && view->group_count < INPUTS_MAX; view->group_count++)
        remark_group_fill(&filling, &s->cases[view->group_count], inputs <= INPUTS_MAX,
                          &view->groups[view->group_count]);
    view->remark_fields = filling.fields;
    view->remark_field_count = filling.made;
    struct str lost = remarks_lines(visit->arena, remarks, filling.lost, count), comment = view->comment.value;
    if (lost.n)
        view->comment.value =
            arena_printf(visit->arena, "%.*s%s%.*s", STR_FMT(comment), comment.n ? "\n" : "", STR_FMT(lost));
}
