/* Writes the cells of the page straight from the database's row, without copying their texts. */
#include "base/clock.h"
#include "lists/internal.h"
#include "lists/list.html.h"
#include "portal/address.h"
#include "view/template.h"

struct str list_row_text(const struct list_row *row, int value)
{
    return db_text(row->rows, row->at + value);
}

int64_t list_row_int(const struct list_row *row, int value)
{
    return db_int(row->rows, row->at + value);
}

bool list_row_null(const struct list_row *row, int value)
{
    return db_null(row->rows, row->at + value);
}

static bool is_badge(enum list_kind kind)
{
    return kind == LIST_STATUS || kind == LIST_STATE;
}

static struct str tone_of(struct arena *arena, const struct list_column *column, size_t code)
{
    if (column->tones)
        return str_of(column->tones[code]);
    return column->kind == LIST_STATE ? arena_printf(arena, "%zu", code) : str_of(column->codes->codes[code].name);
}

/* A badge depends only on its code, so each is made once. */
static void badges_prepare(struct visit *visit, struct list_shown *shown)
{
    const struct code_list *codes = shown->column.codes;
    shown->badges = ARENA_ARRAY(visit->arena, struct html, codes->count);
    for (size_t i = 0; i < codes->count; i++) {
        struct buf cell;
        buf_init(&cell, visit->arena);
        list_cell_badge_html(&cell, &visit->view, shown->open, tone_of(visit->arena, &shown->column, i),
                             visit_tr(visit, codes->codes[i].label), shown->head);
        shown->badges[i] = view_capture(&cell);
    }
}

/* Chooses the column that heads each row for a screen reader: one that says so, else the first link or first cell. */
static void row_head_choose(struct list_shown *shown, size_t count)
{
    struct list_shown *link = NULL, *first = NULL;
    for (size_t i = 0; i < count; i++) {
        if (shown[i].column.flags & LIST_HEADS_ROW)
            return;
        if (!link && shown[i].column.kind == LIST_LINK)
            link = &shown[i];
        if (!first && shown[i].column.kind != LIST_OWN)
            first = &shown[i];
    }
    if (link || first)
        (link ? link : first)->head = true;
}

void list_cells_prepare(struct visit *visit, struct list_shown *shown, size_t count)
{
    row_head_choose(shown, count);
    for (size_t i = 0; i < count; i++) {
        bool number = shown[i].column.kind >= LIST_COUNT;
        struct buf open, open_empty;
        buf_init(&open, visit->arena);
        buf_init(&open_empty, visit->arena);
        list_open_html(&open, &visit->view, shown[i].label, number, shown[i].head);
        list_open_empty_html(&open_empty, &visit->view, shown[i].label, number, shown[i].head);
        shown[i].open = view_capture(&open);
        shown[i].open_empty = view_capture(&open_empty);
        if (is_badge(shown[i].column.kind))
            badges_prepare(visit, &shown[i]);
    }
}

struct row_writer {
    const struct list_query *query;
    struct buf *out;
    const struct db_rows *rows;
};

static void text_write(const struct row_writer *w, const struct list_shown *shown, struct str text)
{
    list_cell_html(w->out, &w->query->visit->view, text.n ? shown->open : shown->open_empty, text, shown->head);
}

static void link_write(const struct row_writer *w, const struct list_shown *shown)
{
    struct str text = db_text(w->rows, shown->at), value = text;
    const char *path = shown->column.path ? shown->column.path : w->query->list->path;
    if (shown->second_literal)
        value = db_text(w->rows, shown->at + 1);
    if (text.n)
        list_cell_link_html(w->out, &w->query->visit->view, shown->open,
                            address_of(w->query->visit->arena, path, value, ""), text, shown->head);
    else
        text_write(w, shown, text);
}

static void pair_write(const struct row_writer *w, const struct list_shown *shown)
{
    struct str name = db_text(w->rows, shown->at + 1);
    struct arena *arena = w->query->visit->arena;
    if (shown->column.link_literal && !db_null(w->rows, shown->at + 2))
        list_cell_beside_html(w->out, &w->query->visit->view, shown->open,
                              address_of(arena, shown->column.path, db_text(w->rows, shown->at), ""), name,
                              shown->head);
    else
        text_write(w, shown, name);
}

/* A stored code is missing from the list of codes only when the database is newer than the program. */
static void code_write(const struct row_writer *w, const struct list_shown *shown)
{
    const struct code_list *codes = shown->column.codes;
    int64_t at =
        shown->column.kind == LIST_STATE ? db_int(w->rows, shown->at) : code_find(codes, db_text(w->rows, shown->at));
    if (at < 0 || at >= (int64_t)codes->count)
        text_write(w, shown, db_text(w->rows, shown->at));
    else if (shown->badges)
        view_html(w->out, shown->badges[at]);
    else
        text_write(w, shown, visit_tr(w->query->visit, codes->codes[at].label));
}

static void instant_write(const struct row_writer *w, const struct list_shown *shown)
{
    const struct view *v = &w->query->visit->view;
    int64_t instant = db_int(w->rows, shown->at);
    if (instant)
        list_cell_time_html(w->out, v, shown->open, instant_format_machine(v->arena, instant),
                            instant_format_local(v->arena, instant), shown->head);
    else
        text_write(w, shown, STR_NONE);
}

static void period_write(const struct row_writer *w, const struct list_shown *shown)
{
    struct str from = db_text(w->rows, shown->at), to = db_text(w->rows, shown->at + 1);
    const struct view *v = &w->query->visit->view;
    if (from.n && to.n)
        list_cell_period_html(w->out, v, shown->open, from, to, shown->head);
    else if (from.n || to.n)
        list_cell_period_html(
            w->out, v, shown->open,
            tr_fill(v->arena, v->lang, from.n ? _("from {1}") : _("until {1}"), from.n ? &from : &to, 1), STR_NONE,
            shown->head);
    else
        text_write(w, shown, STR_NONE);
}

static struct str cells_number_text(const struct view *v, enum list_kind kind, int64_t value)
{
    switch (kind) {
    case LIST_COUNT:
        return fmt_int(v->arena, v->lang, value);
    case LIST_SIZE:
        return fmt_size(v->arena, v->lang, value);
    case LIST_PRICE:
        return fmt_decimal(v->arena, v->lang, value, 2);
    case LIST_PERCENT:
        return fmt_percent(v->arena, v->lang, value);
    case LIST_MONEY:
        return fmt_money(v->arena, v->lang, value);
    case LIST_DURATION:
        return fmt_duration(v->arena, v->lang, value);
    default:
        return fmt_decimal(v->arena, v->lang, value, 0);
    }
}

static void cell_write(const struct row_writer *w, const struct list_shown *shown)
{
    struct visit *visit = w->query->visit;
    const struct list_row row = {visit, w->query, w->rows, shown->at, shown->label};
    struct str text;
    switch (shown->column.kind) {
    case LIST_DATE:
        text = db_text(w->rows, shown->at);
        if (text.n)
            list_cell_time_html(w->out, &visit->view, shown->open, text, text, shown->head);
        else
            text_write(w, shown, text);
        break;
    case LIST_TEXT:
        text = db_text(w->rows, shown->at);
        if (text.n && !shown->column.text)
            list_cell_written_html(w->out, &visit->view, shown->open, text, shown->head);
        else
            text_write(w, shown, text.n ? shown->column.text(&shown->column, &row) : text);
        break;
    case LIST_PAIR:
        pair_write(w, shown);
        break;
    case LIST_LINK:
        link_write(w, shown);
        break;
    case LIST_CODE:
    case LIST_STATUS:
    case LIST_STATE:
        code_write(w, shown);
        break;
    case LIST_YES_NO:
        text_write(w, shown, visit_tr(visit, code_label(&yes_no_codes, db_int(w->rows, shown->at))));
        break;
    case LIST_INSTANT:
        instant_write(w, shown);
        break;
    case LIST_PERIOD:
        period_write(w, shown);
        break;
    case LIST_OWN:
        shown->column.own(w->out, &visit->view, &row);
        break;
    default:
        text = db_null(w->rows, shown->at) || (shown->column.kind == LIST_PERCENT && !db_int(w->rows, shown->at))
                   ? STR_NONE
                   : cells_number_text(&visit->view, shown->column.kind, db_int(w->rows, shown->at));
        text_write(w, shown, text);
        break;
    }
}

bool list_summed(const struct list_query *query, const struct list_shown *shown, size_t count)
{
    return query->list->whole && count > 1 && (shown[count - 1].column.flags & LIST_SUMMED);
}

void list_row_write(struct list_query *query, struct buf *out, const struct list_shown *shown, size_t count,
                    const struct db_rows *rows, int inactive_at)
{
    const struct row_writer w = {query, out, rows};
    list_row_begin_html(out, &query->visit->view, query->list->inactive_literal && db_int(rows, inactive_at));
    for (size_t i = 0; i < count; i++)
        cell_write(&w, &shown[i]);
    list_row_end_html(out, &query->visit->view);
}
