/*
 * The pages that choose criteria and columns and their order: each name has a number, or an empty number when it is
 * left out.
 */
#include "staff/config/config.html.h"
#include "staff/config/pages.h"
#include "staff/config/settings.h"

#define LISTS_MAX 2
#define STEP 10
#define POSITION_MAX 9999

struct list {
    const char *section, *key;
    const struct msgid *title, *hint;
    const char *const *(*known)(void);
    bool extra; /* the list may contain extra fields of the form */
};

struct page {
    const char *path;
    const struct msgid *title, *intro;
    struct list lists[LISTS_MAX];
    size_t count;
    bool prices;
};

static const struct page SEARCH = {
    "/staff/configuration/search",
    _("Criteria and columns of the search"),
    _("Write a number beside what is to be there; the smallest comes first. What has no number is left out."),
    {{"case_search", "criteria", _("Criteria"), NULL, config_criteria_known, false},
     {"case_search", "columns", _("Columns"), _("Of the page, the CSV and the Excel file."), config_columns_known,
      true}},
    2,
    false};
static const struct page ACTIONS = {
    "/staff/configuration/actions",
    _("Columns of the actions, and prices"),
    _("Write a number beside what is to be there; the smallest comes first. What has no number is left out."),
    {{"actions", "columns", _("Columns"), _("Prices and sums are shown only to those who may see prices."),
      config_action_columns_known, false}},
    1,
    true};

struct entry {
    struct str name;
    struct field position;
    int64_t number; /* 0: left out */
};

struct sending {
    const struct page *page;
    struct config_draft draft;
    struct entry *entries[LISTS_MAX];
    size_t counts[LISTS_MAX];
    struct field all[LISTS_MAX]; /* the faults of each list as a whole */
    struct field prices;
    struct str refusal;
};

static void list_of(const struct config *config, const struct list *list, const struct str **names, size_t *count)
{
    if (str_eqz(str_of(list->key), "criteria")) {
        *names = config->criteria;
        *count = config->criterion_count;
    } else if (str_eqz(str_of(list->section), "actions")) {
        *names = config->action_columns;
        *count = config->action_column_count;
    } else {
        *names = config->columns;
        *count = config->column_count;
    }
}

static bool listed(const struct entry *entries, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(entries[i].name, name))
            return true;
    }
    return false;
}

static void add_entry(struct visit *visit, struct sending *sending, size_t which, struct str name, int64_t number)
{
    struct entry *entry = &sending->entries[which][sending->counts[which]++];
    const struct list *list = &sending->page->lists[which];
    struct str label = name_label(visit, &sending->draft.config, name);
    *entry = (struct entry){.name = name, .number = number};
    entry->position = (struct field){
        .name = arena_printf(visit->arena, "%s_%.*s", list->key, STR_FMT(name)),
        .label = tr_fill(visit->arena, visit->view.lang, _("Position of {1}"), &label, 1),
        .value = number ? arena_printf(visit->arena, "%d", (int)number) : STR_NONE,
    };
}

/* Lists the chosen names in their order, then the other names. */
static void open_list(struct visit *visit, struct sending *sending, size_t which)
{
    const struct list *list = &sending->page->lists[which];
    const struct config *config = &sending->draft.config;
    const char *const *known = list->known();
    const struct str *names;
    size_t count, known_count = 0;
    list_of(config, list, &names, &count);
    while (known[known_count])
        known_count++;
    sending->entries[which] = ARENA_ARRAY(visit->arena, struct entry, count + known_count + config->field_count);
    for (size_t i = 0; i < count; i++)
        add_entry(visit, sending, which, names[i], (int64_t)(i + 1) * STEP);
    for (size_t i = 0; i < known_count; i++) {
        if (!listed(sending->entries[which], sending->counts[which], str_of(known[i])))
            add_entry(visit, sending, which, str_of(known[i]), 0);
    }
    for (size_t i = 0; list->extra && i < config->field_count; i++) {
        const struct config_field *field = &config->fields[i];
        if (field->key.n && !listed(sending->entries[which], sending->counts[which], field->name))
            add_entry(visit, sending, which, field->name, 0);
    }
    sending->all[which] =
        (struct field){.name = arena_printf(visit->arena, "%s-list", list->key), .label = visit_tr(visit, list->title)};
}

static const struct setting *prices_setting(void)
{
    for (size_t i = 0; i < setting_count; i++) {
        if (settings[i].kind == SETTING_PRICES)
            return &settings[i];
    }
    return NULL;
}

static void fill_prices(struct visit *visit, struct field *field)
{
    static const enum price_rule rules[] = {PRICE_OF_OWN_CUSTOMERS, PRICE_ALWAYS, PRICE_NEVER};
    struct option *options = ARENA_ARRAY(visit->arena, struct option, 3);
    for (size_t i = 0; i < 3; i++) {
        struct str name = str_of(config_price_name(rules[i]));
        options[i] = (struct option){name, visit_tr(visit, price_label(rules[i])), str_eq(name, field->value)};
    }
    field->options = options;
    field->option_count = 3;
}

static bool lists_open_page(struct visit *visit, const struct page *page, struct sending *sending, struct err *err)
{
    const struct setting *prices = prices_setting();
    struct str fixed = config_fixed_by(visit->arena, STR("actions"), STR("prices"));
    *sending = (struct sending){.page = page};
    if (!config_draft_load(visit, &sending->draft, err))
        return false;
    for (size_t i = 0; i < page->count; i++)
        open_list(visit, sending, i);
    const struct config *config = fixed.n ? visit->config : &sending->draft.config;
    sending->prices = (struct field){.name = STR("prices"),
                                     .label = visit_tr(visit, prices->label),
                                     .hint = visit_tr(visit, prices->hint),
                                     .value = str_of(config_price_name(config->prices)),
                                     .required = true,
                                     .readonly = fixed.n > 0};
    if (fixed.n)
        sending->prices.hint =
            tr_fill(visit->arena, visit->view.lang, _("{1} sets it; it cannot be changed here."), &fixed, 1);
    return true;
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static size_t total_of(const struct sending *sending)
{
    size_t total = 0;
    for (size_t i = 0; i < sending->page->count; i++)
        total += sending->counts[i];
    return total;
}

static bool lists_show(struct visit *visit, struct sending *sending)
{
    const struct page *page = sending->page;
    struct names_view *lists = ARENA_ARRAY(visit->arena, struct names_view, page->count);
    struct field *fields = ARENA_ARRAY(visit->arena, struct field, total_of(sending) + LISTS_MAX + 1);
    struct lists_view view = {.title = visit_tr(visit, page->title),
                              .intro = visit_tr(visit, page->intro),
                              .path = str_of(page->path),
                              .mark = config_draft_mark(visit, &sending->draft),
                              .refusal = sending->refusal,
                              .lists = lists,
                              .count = page->count,
                              .has_prices = page->prices};
    for (size_t i = 0; i < page->count; i++) {
        struct named_view *items = ARENA_ARRAY(visit->arena, struct named_view, sending->counts[i]);
        fields[view.field_count++] = sending->all[i];
        for (size_t k = 0; k < sending->counts[i]; k++) {
            const struct entry *entry = &sending->entries[i][k];
            items[k] = (struct named_view){entry->name, name_label(visit, &sending->draft.config, entry->name),
                                           entry->position};
            fields[view.field_count++] = entry->position;
        }
        lists[i] = (struct names_view){visit_tr(visit, page->lists[i].title),
                                       sending->all[i].name,
                                       visit_tr(visit, page->lists[i].hint),
                                       sending->all[i],
                                       items,
                                       sending->counts[i]};
    }
    fill_prices(visit, &sending->prices);
    view.prices = sending->prices;
    fields[view.field_count++] = sending->prices;
    view.fields = fields;
    page_begin(visit, view.title);
    config_lists_html(&visit->response->body, &visit->view, &view);
    page_end(visit);
    return true;
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

/* Returns false when a position is not a whole number from 1 to POSITION_MAX. */
static bool take_positions(struct visit *visit, struct entry *entries, size_t count)
{
    bool fine = true;
    for (size_t i = 0; i < count; i++) {
        struct field *field = &entries[i].position;
        field->value = one_line(visit->arena, http_param(&visit->request->form, arena_z(visit->arena, field->name)));
        entries[i].number = 0;
        if (field->value.n && (!str_to_int(field->value, &entries[i].number) || entries[i].number < 1 ||
                               entries[i].number > POSITION_MAX)) {
            field->error = visit_tr(visit, _("Write a whole number from 1 to 9999, or nothing."));
            fine = false;
        }
    }
    return fine;
}

/* A stable sort: names with the same number keep their order on the page. */
static void sort_entries(struct entry *entries, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct entry one = entries[i];
        size_t at = i;
        for (; at > 0 && entries[at - 1].number > one.number; at--)
            entries[at] = entries[at - 1];
        entries[at] = one;
    }
}

static void write_list(struct visit *visit, const struct list *list, const struct entry *entries, size_t count,
                       struct buf *out)
{
    struct entry *sorted = ARENA_ARRAY(visit->arena, struct entry, count);
    struct buf names;
    buf_init(&names, visit->arena);
    for (size_t i = 0; i < count; i++)
        sorted[i] = entries[i];
    sort_entries(sorted, count);
    for (size_t i = 0; i < count; i++) {
        if (!sorted[i].number)
            continue;
        buf_z(&names, names.n ? ", " : "");
        buf_str(&names, sorted[i].name);
    }
    config_write_line(out, list->key, buf_text(&names));
}

static bool lists_take(struct visit *visit, struct sending *sending, struct buf *out)
{
    bool fine = true;
    buf_printf(out, "[%s]\n", sending->page->lists[0].section); /* all lists of a page are in the same section */
    for (size_t i = 0; i < sending->page->count; i++) {
        fine = take_positions(visit, sending->entries[i], sending->counts[i]) && fine;
        write_list(visit, &sending->page->lists[i], sending->entries[i], sending->counts[i], out);
    }
    if (sending->page->prices && !sending->prices.readonly) {
        sending->prices.value = one_line(visit->arena, http_param(&visit->request->form, "prices"));
        config_write_line(out, "prices", sending->prices.value);
    }
    return fine;
}

static void lists_tell_faults(struct visit *visit, struct sending *sending, const struct config_faults *faults)
{
    for (size_t k = 0; k < faults->count; k++) {
        if (str_eqz(faults->items[k].key, "prices"))
            sending->prices.error = visit_tr(visit, _("Choose one of the list."));
        for (size_t i = 0; i < sending->page->count; i++) {
            if (str_eqz(faults->items[k].key, sending->page->lists[i].key))
                sending->all[i].error = visit_tr(visit, _("At least one must have a number."));
        }
    }
}

static bool lists_send(struct visit *visit, const struct page *page, struct err *err)
{
    struct sending sending;
    struct config made;
    struct config_faults faults = {0};
    struct err misfit = {.kind = ERR_NONE};
    struct buf typed;
    buf_init(&typed, visit->arena);
    if (!lists_open_page(visit, page, &sending, err))
        return false;
    bool fine = lists_take(visit, &sending, &typed);
    bool fits = config_draft_with(visit, &sending.draft, buf_text(&typed), &made, &faults, &misfit);
    if (!fine || !fits) {
        lists_tell_faults(visit, &sending, &faults);
        visit->response->status = 400;
        return lists_show(visit, &sending);
    }
    if (config_draft_moved(visit, &sending.draft)) {
        visit->response->status = 409;
        sending.refusal = moved_text(visit);
        return lists_show(visit, &sending);
    }
    return keep_and_go(visit, &sending.draft, &made, "/staff/configuration", err);
}

static bool lists_page_of(struct visit *visit, const struct page *page, struct err *err)
{
    struct sending sending;
    return lists_open_page(visit, page, &sending, err) && lists_show(visit, &sending);
}

bool config_search_page(struct visit *visit, struct err *err)
{
    return lists_page_of(visit, &SEARCH, err);
}

bool config_search_send(struct visit *visit, struct err *err)
{
    return lists_send(visit, &SEARCH, err);
}

bool config_actions_page(struct visit *visit, struct err *err)
{
    return lists_page_of(visit, &ACTIONS, err);
}

bool config_actions_send(struct visit *visit, struct err *err)
{
    return lists_send(visit, &ACTIONS, err);
}
