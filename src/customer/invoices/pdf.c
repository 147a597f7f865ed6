/* One specification as a PDF. */
#include "base/decimal.h"
#include "customer/invoices/internal.h"
#include "portal/quota.h"
#include "service/paper.h"

#define COLUMNS 8
#define FACTS 10

/* The most rows in a PDF: a few hundred pages, which take seconds to make. */
#define ROW_LIMIT 10000

/* All that the document is drawn from, so that drawing needs no database. */
struct drawing {
    struct visit *visit;
    const struct specification *specification;
    struct arena *scratch; /* scratch: for the texts of one case */
    struct paper_column columns[COLUMNS];
    size_t column_count;
    bool discounts; /* some row has a discount, so the table has a column for it */
};

/* --- the head ----------------------------------------------------------------------------------------------------- */

static struct str period_text(struct visit *visit, const struct specification *specification)
{
    struct str from = specification->period_from, to = specification->period_to;
    if (from.n && to.n)
        return arena_printf(visit->arena, "%.*s \u2013 %.*s", STR_FMT(from), STR_FMT(to));
    if (from.n)
        return tr_fill(visit->arena, visit->view.lang, _("from {1}"), &from, 1);
    return to.n ? tr_fill(visit->arena, visit->view.lang, _("until {1}"), &to, 1) : STR_NONE;
}

static struct str status_text(struct visit *visit, const struct specification *specification)
{
    struct str label = visit_tr(visit, code_label(&specification_statuses, specification->status));
    struct str changed =
        visit_tr(visit, specification->was_rejected ? _("Changed after rejection") : _("Changed after approval"));
    return specification->changed ? arena_printf(visit->arena, "%.*s (%.*s)", STR_FMT(label), STR_FMT(changed)) : label;
}

static struct str customer_text(struct visit *visit, const struct specification *specification)
{
    if (!specification->customer_name.n)
        return specification->customer;
    return arena_printf(visit->arena, "%.*s (%.*s)", STR_FMT(specification->customer_name),
                        STR_FMT(specification->customer));
}

static void pdf_add_fact(struct visit *visit, struct paper_fact *facts, size_t *count, const struct msgid *label,
                         struct str value)
{
    if (value.n && *count < FACTS)
        facts[(*count)++] = (struct paper_fact){visit_tr(visit, label), value};
}

static void draw_head(struct paper *paper, const struct drawing *drawing)
{
    struct visit *visit = drawing->visit;
    const struct specification *specification = drawing->specification;
    struct paper_fact facts[FACTS];
    size_t count = 0;
    paper_text(paper, PAPER_TITLE,
               tr_fill(visit->arena, visit->view.lang, _("Invoice specification {1}"), &specification->number, 1));
    pdf_add_fact(visit, facts, &count, _("Customer"), customer_text(visit, specification));
    pdf_add_fact(visit, facts, &count, _("Status"), status_text(visit, specification));
    pdf_add_fact(visit, facts, &count, _("Period"), period_text(visit, specification));
    pdf_add_fact(visit, facts, &count, _("Total"), fmt_money(visit->arena, visit->view.lang, specification->total));
    pdf_add_fact(visit, facts, &count, _("Cases"), arena_printf(visit->arena, "%zu", specification->case_count));
    pdf_add_fact(visit, facts, &count, _("Decided by"), specification->decided_by);
    pdf_add_fact(visit, facts, &count, _("Title"), specification->title);
    if (specification->decided_at)
        pdf_add_fact(visit, facts, &count, _("Decided"), instant_format_local(visit->arena, specification->decided_at));
    pdf_add_fact(visit, facts, &count, _("Your reference"), specification->your_reference);
    pdf_add_fact(visit, facts, &count, _("Comment"), specification->comment);
    paper_facts(paper, facts, count);
    paper_text(paper, PAPER_NOTE, visit_tr(visit, _("Amounts are in Swedish kronor, excluding VAT.")));
}

/* --- rows by case ------------------------------------------------------------------------------------------------- */

static void add_column(struct drawing *drawing, const struct msgid *label, double share, bool number)
{
    drawing->columns[drawing->column_count++] = (struct paper_column){visit_tr(drawing->visit, label), share, number};
}

static void choose_columns(struct drawing *drawing)
{
    drawing->discounts = specification_has_discounts(drawing->specification);
    add_column(drawing, _("Date"), 53, false);
    add_column(drawing, _("What"), drawing->discounts ? 164 : 210, false);
    add_column(drawing, _("Article"), 56, false);
    add_column(drawing, _("Quantity"), 43, true);
    add_column(drawing, _("Unit"), 34, false);
    add_column(drawing, _("Unit price"), 54, true);
    if (drawing->discounts)
        add_column(drawing, _("Discount"), 46, true);
    add_column(drawing, _("Total"), 60, true);
}

static void draw_row(struct paper *paper, const struct drawing *drawing, const struct specification_row *row, bool last)
{
    enum lang lang = drawing->visit->view.lang;
    struct arena *arena = drawing->scratch;
    struct paper_cell cells[COLUMNS] = {0};
    size_t n = 0;
    cells[n++].text = row->date;
    cells[n++] = (struct paper_cell){row->title, row->description};
    cells[n++].text = row->article;
    cells[n++].text = fmt_decimal(arena, lang, row->quantity, 0);
    cells[n++].text = row->unit;
    cells[n++].text = fmt_decimal(arena, lang, row->unit_price, 2);
    if (drawing->discounts)
        cells[n++].text = row->discount ? fmt_percent(arena, lang, row->discount) : STR_NONE;
    cells[n++].text = fmt_decimal(arena, lang, row->total * (DECIMAL_ONE / 100), 2);
    paper_table_row(paper, cells, last);
}

static struct str case_heading(const struct drawing *drawing, const struct specification_case *one)
{
    struct arena *arena = drawing->scratch;
    struct str heading = tr_fill(arena, drawing->visit->view.lang, _("Case {1}"), &one->number, 1);
    if (one->title.n)
        heading = arena_printf(arena, "%.*s: %.*s", STR_FMT(heading), STR_FMT(one->title));
    return one->object.n ? arena_printf(arena, "%.*s, %.*s", STR_FMT(heading), STR_FMT(one->object)) : heading;
}

static void draw_case(struct paper *paper, const struct drawing *drawing, const struct specification_case *one)
{
    enum lang lang = drawing->visit->view.lang;
    paper_text(paper, PAPER_HEADING, case_heading(drawing, one));
    paper_table_begin(paper, drawing->columns, drawing->column_count);
    for (size_t i = 0; i < one->row_count; i++)
        draw_row(paper, drawing, &one->rows[i], i + 1 == one->row_count);
    paper_table_sum(paper, tr_fill(drawing->scratch, lang, _("Sum of case {1}"), &one->number, 1),
                    fmt_money(drawing->scratch, lang, one->total));
    paper_table_end(paper);
    arena_reset(drawing->scratch);
}

static void draw(struct paper *paper, const void *context)
{
    const struct drawing *drawing = context;
    struct visit *visit = drawing->visit;
    draw_head(paper, drawing);
    for (size_t i = 0; i < drawing->specification->case_count; i++)
        draw_case(paper, drawing, &drawing->specification->cases[i]);
    if (!drawing->specification->case_count)
        paper_text(paper, PAPER_TEXT, visit_tr(visit, _("There are no rows.")));
    paper_total(paper, visit_tr(visit, _("Sum in all (excl. VAT)")),
                fmt_money(visit->arena, visit->view.lang, drawing->specification->total));
}

/* --- the answer --------------------------------------------------------------------------------------------------- */

/* Returns `Printed 2026-11-23 10:15` and the portal's contact text. */
static struct str foot_text(struct visit *visit)
{
    enum lang lang = visit->view.lang;
    struct str when = instant_format_local(visit->arena, visit->now_us),
               contact = str_trim(visit->config->contact_text[lang]);
    struct str printed = tr_fill(visit->arena, lang, _("Printed {1}"), &when, 1);
    return contact.n ? arena_printf(visit->arena, "%.*s\n%.*s", STR_FMT(printed), STR_FMT(contact)) : printed;
}

/* Returns a file name that every system accepts, whatever the number is. */
static struct str file_name(struct visit *visit, struct str number)
{
    char *safe = arena_z(visit->arena, number);
    for (size_t i = 0; i < number.n; i++) {
        char c = safe[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
        safe[i] = plain ? c : '_';
    }
    return arena_printf(visit->arena, "inline; filename=\"fakturaspecifikation-%.*s.pdf\"",
                        STR_FMT(utf8_prefix((struct str){safe, number.n}, 80)));
}

/* Reads in one snapshot, so that the sum is the sum of the rows. */
static bool pdf_load(struct visit *visit, struct specification *specification, struct err *err)
{
    if (!db_read_begin(visit->db, err))
        return false;
    bool ok = specification_of_path(visit, specification, err) && specification_load_rows(visit, specification, err);
    db_read_end(visit->db);
    if (ok && specification->row_count > ROW_LIMIT)
        return err_set(err, ERR_TOO_LARGE, _("There are too many rows for a PDF. Take them as Excel or CSV."),
                       "specification too long for a PDF");
    return ok;
}

static bool write_document(struct visit *visit, const struct drawing *drawing, struct err *err)
{
    const struct paper_info info = {
        .title =
            tr_fill(visit->arena, visit->view.lang, _("Invoice specification {1}"), &drawing->specification->number, 1),
        .author = visit->config->name,
        .lang = visit->view.lang,
        .created_us = visit->now_us,
        .foot_text = foot_text(visit),
        .colour = visit->config->colour,
    };
    return paper_make(visit->arena, &info, draw, drawing, &visit->response->body, err);
}

bool specification_pdf(struct visit *visit, struct err *err)
{
    struct specification specification;
    struct drawing drawing = {.visit = visit, .specification = &specification};
    if (!pdf_load(visit, &specification, err) || !quota_take(visit, QUOTA_EXPORTS, 1, err))
        return false;
    visit_pause_db(visit);
    choose_columns(&drawing);
    drawing.scratch = arena_create();
    bool ok = write_document(visit, &drawing, err);
    arena_destroy(drawing.scratch);
    if (!ok)
        return false;
    visit->response->status = 200;
    visit->response->content_type = "application/pdf";
    http_set(visit->response, "Content-Disposition", file_name(visit, specification.number));
    return true;
}
