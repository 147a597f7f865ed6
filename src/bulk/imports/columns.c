/* /staff/imports/ID/columns/FILE: where the columns of an import come from in a file of another system. */
#include "bulk/imports/columns.html.h"
#include "bulk/imports/pages.h"
#include "bulk/imports/views.h"

#include <inttypes.h>

#define FIXED STR("=")
#define FIXED_CHARS 500

/* The parts of a value that the page offers. */
static const struct split {
    const char *name;
    const struct msgid *label;
    struct mapping_column column;
} SPLITS[] = {
    {"blank_1", _("before the first blank"), {.part = 1, .separator = STR_INIT(" ")}},
    {"blank_2", _("after the first blank"), {.part = 2, .rest = true, .separator = STR_INIT(" ")}},
    {"comma_1", _("before the first comma"), {.part = 1, .separator = STR_INIT(",")}},
    {"comma_2", _("after the first comma"), {.part = 2, .rest = true, .separator = STR_INIT(",")}},
    {"slash_1", _("before the first slash"), {.part = 1, .separator = STR_INIT("/")}},
    {"slash_2", _("after the first slash"), {.part = 2, .rest = true, .separator = STR_INIT("/")}},
    {"code_1", _("street: before the postal code"), {.part = 1}},
    {"code_2", _("the postal code"), {.part = 2}},
    {"code_3", _("place: after the postal code"), {.part = 3}},
};

struct mapped_file {
    struct run run;
    struct run_file file;
    const char *known;
    struct run_heading *headings;
    size_t heading_count;
    struct str *names; /* of the headings */
    struct load_target *targets;
    size_t target_count;
    struct load_mapping *mapping;
};

static bool columns_find_file(struct visit *visit, struct mapped_file *mapped, struct err *err)
{
    struct run_file *files;
    size_t count;
    int64_t position = 0;
    bool numbered = str_to_int(visit->path_value[1], &position);
    if (!run_files_load(visit->db, visit->arena, mapped->run.id, &files, &count, err))
        return false;
    for (size_t i = 0; numbered && i < count; i++) {
        if (files[i].position == position && position < MADE_FROM)
            mapped->file = files[i];
    }
    mapped->known = mapped->file.file.n ? load_file_of_name(mapped->file.file) : NULL;
    return mapped->known || err_set(err, ERR_NOT_FOUND, NULL, "no such file of an import");
}

static bool columns_load(struct visit *visit, struct mapped_file *mapped, struct err *err)
{
    *mapped = (struct mapped_file){.known = NULL};
    if (!run_of_path(visit, &mapped->run, err) || !columns_find_file(visit, mapped, err) ||
        !run_headings_load(visit->db, visit->arena, mapped->run.id, mapped->file.position, &mapped->headings,
                           &mapped->heading_count, err))
        return false;
    mapped->names = ARENA_ARRAY(visit->arena, struct str, mapped->heading_count + 1);
    for (size_t i = 0; i < mapped->heading_count; i++)
        mapped->names[i] = mapped->headings[i].name;
    mapped->target_count = load_targets(visit->arena, visit->config, visit->view.lang, mapped->known, &mapped->targets);
    mapped->mapping = run_mapping(visit->arena, mapped->file.mapping, mapped->known);
    return true;
}

/* --- the form ----------------------------------------------------------------------------------------------------- */

static const struct mapping_column *rule_of(const struct mapped_file *mapped, struct str target)
{
    for (size_t i = 0; i < mapped->mapping->column_count; i++) {
        if (str_eq(mapped->mapping->columns[i].target, target))
            return &mapped->mapping->columns[i];
    }
    return NULL;
}

/* Returns the heading that a column comes from without a rule: one with its own name that is not left out. */
static size_t heading_of_own(struct visit *visit, const struct mapped_file *mapped, struct str target)
{
    const struct load_mapping *mapping = mapped->mapping;
    for (size_t i = 0; i < mapped->heading_count; i++) {
        bool out = mapping_column_of(visit->arena, mapping->left_out, mapping->left_out_count, mapped->names[i]) <
                   mapping->left_out_count;
        if (!out &&
            str_eq(load_target_of_heading(visit->arena, visit->config, mapped->known, mapped->names[i]), target))
            return i;
    }
    return mapped->heading_count;
}

static struct str numbered_name(struct arena *arena, const char *prefix, size_t at)
{
    return arena_printf(arena, "%s_%zu", prefix, at);
}

static struct field columns_from(struct visit *visit, const struct mapped_file *mapped, size_t at,
                                 const struct mapping_column *rule)
{
    struct str target = mapped->targets[at].name;
    struct option *options = ARENA_ARRAY(visit->arena, struct option, mapped->heading_count + 1);
    size_t chosen = rule && rule->heading.n
                        ? mapping_column_of(visit->arena, mapped->names, mapped->heading_count, rule->heading)
                        : mapped->heading_count;
    if (!rule)
        chosen = heading_of_own(visit, mapped, target);
    for (size_t i = 0; i < mapped->heading_count; i++) {
        const struct run_heading *heading = &mapped->headings[i];
        struct str values[] = {heading->name, heading->first};
        options[i] =
            (struct option){arena_printf(visit->arena, "%zu", i),
                            heading->first.n ? tr_fill(visit->arena, visit->view.lang, _("{1} (first: {2})"), values, 2)
                                             : heading->name,
                            i == chosen};
    }
    options[mapped->heading_count] =
        (struct option){FIXED, visit_tr(visit, _("the fixed value")), rule && !rule->heading.n};
    return (struct field){.name = numbered_name(visit->arena, "from", at),
                          .label = mapped->targets[at].label,
                          .required = mapped->targets[at].required,
                          .options = options,
                          .option_count = mapped->heading_count + 1,
                          .empty_label = visit_tr(visit, _("is not imported"))};
}

static struct field columns_split(struct visit *visit, size_t at, const struct mapping_column *rule)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, COUNT_OF(SPLITS));
    for (size_t i = 0; i < COUNT_OF(SPLITS); i++) {
        const struct mapping_column *one = &SPLITS[i].column;
        bool chosen =
            rule && rule->part == one->part && rule->rest == one->rest && str_eq(rule->separator, one->separator);
        options[i] = (struct option){str_of(SPLITS[i].name), visit_tr(visit, SPLITS[i].label), chosen};
    }
    return (struct field){.name = numbered_name(visit->arena, "split", at),
                          .label = visit_tr(visit, _("Part")),
                          .options = options,
                          .option_count = COUNT_OF(SPLITS),
                          .empty_label = visit_tr(visit, _("the whole value"))};
}

static struct field columns_encoding(struct visit *visit, const struct mapped_file *mapped)
{
    struct option *options = ARENA_ARRAY(visit->arena, struct option, CSV_ENCODINGS);
    for (int i = CSV_ANY; i < CSV_ENCODINGS; i++)
        options[i] = (struct option){str_of(csv_encodings[i].name), visit_tr(visit, csv_encodings[i].label),
                                     (int)mapped->mapping->encoding == i};
    return (struct field){.name = STR("encoding"),
                          .label = visit_tr(visit, _("Encoding")),
                          .hint = visit_tr(visit, _("Say it when å, ä and ö cannot be told from the file.")),
                          .options = options,
                          .option_count = CSV_ENCODINGS};
}

static struct field columns_tick(struct visit *visit, const char *name, const struct msgid *label, bool ticked)
{
    return (struct field){
        .name = str_of(name), .label = visit_tr(visit, label), .value = ticked ? STR("yes") : STR_NONE};
}

static bool has_target(const struct mapped_file *mapped, const char *name)
{
    for (size_t i = 0; i < mapped->target_count; i++) {
        if (str_eqz(mapped->targets[i].name, name))
            return true;
    }
    return false;
}

bool import_columns_page(struct visit *visit, struct err *err)
{
    struct mapped_file mapped;
    if (!columns_load(visit, &mapped, err))
        return false;
    struct columns_row *rows = ARENA_ARRAY(visit->arena, struct columns_row, mapped.target_count);
    for (size_t i = 0; i < mapped.target_count; i++) {
        const struct mapping_column *rule = rule_of(&mapped, mapped.targets[i].name);
        rows[i] = (struct columns_row){.name = mapped.targets[i].name,
                                       .from = columns_from(visit, &mapped, i, rule),
                                       .split = columns_split(visit, i, rule),
                                       .fixed = {.name = numbered_name(visit->arena, "fixed", i),
                                                 .label = visit_tr(visit, _("Fixed value")),
                                                 .value = rule && !rule->heading.n ? rule->constant : STR_NONE,
                                                 .max_length = FIXED_CHARS}};
    }
    struct columns_view view = {
        .run_path = run_path(visit->arena, mapped.run.id),
        .path = arena_printf(visit->arena, "%.*s/columns/%" PRId64, STR_FMT(run_path(visit->arena, mapped.run.id)),
                             mapped.file.position),
        .title = tr_fill(visit->arena, visit->view.lang, _("Columns of {1}"), &mapped.file.name, 1),
        .file = str_of(mapped.known),
        .csv = !load_is_workbook(mapped.file.name),
        .encoding = columns_encoding(visit, &mapped),
        .rows = rows,
        .row_count = mapped.target_count,
        .makes = has_target(&mapped, "customer_name"),
        .customers = columns_tick(visit, "make_customers", _("Make customers of numbers that are not known"),
                                  mapped.mapping->makes_customers),
        .objects = columns_tick(visit, "make_objects", _("Make objects of numbers that are not known"),
                                mapped.mapping->makes_objects),
        .makes_objects = has_target(&mapped, "object_name"),
        .text = arena_printf(visit->arena, "[%s]\nfile = %.*s\n%.*s", mapped.known, STR_FMT(mapped.file.name),
                             STR_FMT(mapping_text(visit->arena, mapped.mapping)))};
    return page_show(visit, view.title, import_columns_html, &view);
}

/* --- what is sent ------------------------------------------------------------------------------------------------- */

static struct str columns_sent(struct visit *visit, const char *prefix, size_t at)
{
    return str_trim(http_param(&visit->request->form, numbered_name(visit->arena, prefix, at).p));
}

/* Reads where one column comes from. Returns false when it is not imported. */
static bool columns_take(struct visit *visit, const struct mapped_file *mapped, size_t at, bool *used,
                         struct mapping_column *column)
{
    struct str from = columns_sent(visit, "from", at), split = columns_sent(visit, "split", at);
    int64_t heading = 0;
    *column = (struct mapping_column){.constant = STR("")};
    if (str_eq(from, FIXED)) {
        column->target = mapped->targets[at].name;
        column->constant = field_clean_text(visit->arena, columns_sent(visit, "fixed", at), false);
        return true;
    }
    if (!from.n || !str_to_int(from, &heading) || heading < 0 || (size_t)heading >= mapped->heading_count)
        return false;
    for (size_t i = 0; i < COUNT_OF(SPLITS); i++) {
        if (str_eqz(split, SPLITS[i].name))
            *column = SPLITS[i].column;
    }
    column->target = mapped->targets[at].name;
    column->heading = field_clean_text(visit->arena, mapped->names[heading], false);
    used[heading] = true;
    return true;
}

static struct str columns_text(struct visit *visit, struct mapped_file *mapped)
{
    struct load_mapping made = *mapped->mapping;
    bool *used = ARENA_ARRAY(visit->arena, bool, mapped->heading_count + 1);
    struct str encoding = http_param(&visit->request->form, "encoding");
    made.columns = ARENA_ARRAY(visit->arena, struct mapping_column, mapped->target_count);
    made.left_out = ARENA_ARRAY(visit->arena, struct str, mapped->heading_count + 1);
    made.column_count = made.left_out_count = 0;
    made.others_left_out = false;
    made.makes_customers = str_eqz(http_param(&visit->request->form, "make_customers"), "yes");
    made.makes_objects = str_eqz(http_param(&visit->request->form, "make_objects"), "yes");
    made.encoding = CSV_ANY;
    for (int i = CSV_ANY; i < CSV_ENCODINGS; i++) {
        if (str_eqz(encoding, csv_encodings[i].name))
            made.encoding = (enum csv_encoding)i;
    }
    for (size_t i = 0; i < mapped->target_count; i++)
        made.column_count += columns_take(visit, mapped, i, used, &made.columns[made.column_count]);
    for (size_t i = 0; i < mapped->heading_count; i++) {
        if (!used[i])
            made.left_out[made.left_out_count++] = field_clean_text(visit->arena, mapped->names[i], false);
    }
    return mapping_text(visit->arena, &made);
}

bool columns_save(struct visit *visit, struct db_conn *conn, int64_t run, struct err *err)
{
    struct mapped_file mapped;
    if (!columns_load(visit, &mapped, err))
        return false;
    struct str text = columns_text(visit, &mapped);
    return db_exec(conn, "UPDATE import_file SET mapping = $3 WHERE run_id = $1 AND position = $2",
                   DB_ARGS(DB_INT(run), DB_INT(mapped.file.position), DB_TEXT(text)), err) &&
           (!mapped.heading_count || mapping_remember(conn, visit->arena, mapped.names, mapped.heading_count,
                                                      mapped.known, text, visit->now_us, err));
}
