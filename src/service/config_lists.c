/* The criteria and columns of lists, as names in their order. */
#include "service/config_parts.h"

static const char *const CRITERIA[] = {"q", "status", "type", "priority", "customer", "object", "from", "to", NULL};
static const char *const COLUMNS[] = {
    "number",  "title",          "description", "status",         "type",        "priority",         "customer",
    "object",  "your_reference", "reporter",    "reporter_phone", "site_street", "site_postal_code", "site_city",
    "created", "started",        "finished",    "actions",        NULL,
};
static const char *const ACTION_COLUMNS[] = {
    "number",   "date", "work_order", "article",  "title", "description", "action_code", "article_type",
    "quantity", "unit", "unit_price", "discount", "total", "status",      "resource",    NULL,
};

struct list {
    const char *section, *key;
    const char *const *known;
    size_t known_count;
    const char *standard;
    bool extra; /* the list may name extra fields */
};

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)-1

const char *const *config_criteria_known(void)
{
    return CRITERIA;
}

const char *const *config_columns_known(void)
{
    return COLUMNS;
}

const char *const *config_action_columns_known(void)
{
    return ACTION_COLUMNS;
}

static bool name_known(const struct config_loading *loading, const struct list *list, struct str name)
{
    for (size_t i = 0; i < list->known_count; i++) {
        if (str_eqz(name, list->known[i]))
            return true;
    }
    return list->extra && str_starts(name, STR("extra_")) && config_field(loading->config, name);
}

static void config_lists_load_list(struct config_loading *loading, const struct list *list, const struct str **names,
                                   size_t *count)
{
    const struct ini_entry *entry = ini_find(&loading->ini, list->section, list->key);
    struct str *parts;
    *count = config_split(loading->arena, entry ? entry->value : str_of(list->standard), ',', &parts);
    *names = parts;
    if (!*count)
        config_fault(loading, entry ? entry->place : str_of(list->section), "%s must not be empty", list->key);
    for (size_t i = 0; i < *count; i++) {
        if (!name_known(loading, list, parts[i]))
            config_fault(loading, entry ? entry->place : str_of(list->section), "unknown name %.*s in %s",
                         STR_FMT(parts[i]), list->key);
        for (size_t j = 0; j < i; j++) {
            if (str_eq(parts[i], parts[j]))
                config_fault(loading, entry ? entry->place : str_of(list->section), "%.*s is there twice in %s",
                             STR_FMT(parts[i]), list->key);
        }
    }
}

void config_lists(struct config_loading *loading)
{
    static const struct list criteria = {"case_search", "criteria", KNOWN(CRITERIA),
                                         "q, status, type, priority, customer, object, from, to", false};
    static const struct list columns = {"case_search", "columns", KNOWN(COLUMNS),
                                        "number, title, status, type, object, created, actions", true};
    static const struct list actions = {
        "actions", "columns", KNOWN(ACTION_COLUMNS),
        "date, title, description, action_code, article_type, quantity, unit, unit_price, discount, total", false};
    struct config *config = loading->config;
    config_lists_load_list(loading, &criteria, &config->criteria, &config->criterion_count);
    config_lists_load_list(loading, &columns, &config->columns, &config->column_count);
    config_lists_load_list(loading, &actions, &config->action_columns, &config->action_column_count);
}
