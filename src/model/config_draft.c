#include "model/config_draft.h"

#include "service/config_versions.h"

#define MARK_LENGTH 32

bool version_text(struct visit *visit, int64_t number, struct str *text, struct err *err)
{
    struct config file;
    bool found = false;
    *text = STR_NONE;
    if (number == 0) {
        if (!config_with(visit->arena, visit->config, STR_NONE, false, &file, NULL, err))
            return false;
        *text = config_text(visit->arena, &file);
        return true;
    }
    return db_find(visit->db, visit->arena, "SELECT text FROM config_version WHERE number = $1",
                   DB_ARGS(DB_INT(number)), DB_TARGETS(TO(text)), &found, err);
}

bool config_draft_load(struct visit *visit, struct config_draft *draft, struct err *err)
{
    struct err misfit = {.kind = ERR_NONE};
    *draft = (struct config_draft){.base = 0};
    if (!config_version_apply(visit->db, visit->arena, visit->config, false, &draft->published_config, &draft->newest,
                              NULL, err) ||
        !db_find(visit->db, visit->arena, "SELECT base, updated, text FROM config_draft WHERE staff_id = $1",
                 DB_ARGS(DB_INT(visit->staff.id)), DB_TARGETS(TO(&draft->base), TO(&draft->updated), TO(&draft->text)),
                 &draft->kept, err))
        return false;
    draft->published = config_text(visit->arena, &draft->published_config);
    if (draft->kept && config_with(visit->arena, visit->config, draft->text, false, &draft->config, NULL, &misfit))
        return true;
    draft->lost = draft->kept;
    draft->kept = false;
    draft->base = draft->newest;
    draft->text = draft->published;
    draft->config = draft->published_config;
    return true;
}

bool config_draft_drop(struct visit *visit, struct err *err)
{
    return db_exec(visit->db, "DELETE FROM config_draft WHERE staff_id = $1", DB_ARGS(DB_INT(visit->staff.id)), err);
}

bool config_draft_keep(struct visit *visit, const struct config_draft *draft, const struct config *config,
                       struct err *err)
{
    struct str text = config_text(visit->arena, config);
    if (str_eq(text, draft->published) && draft->base == draft->newest)
        return config_draft_drop(visit, err);
    return db_exec(visit->db,
                   "INSERT INTO config_draft (staff_id, base, updated, text) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT (staff_id) DO UPDATE SET base = excluded.base, updated = excluded.updated,"
                   " text = excluded.text",
                   DB_ARGS(DB_INT(visit->staff.id), DB_INT(draft->base), DB_INT(visit->now_us), DB_TEXT(text)), err);
}

struct str config_draft_mark(const struct visit *visit, const struct config_draft *draft)
{
    return str_slice(app_mac(visit->app, visit->arena, "configuration", draft->text), 0, MARK_LENGTH);
}

bool config_draft_moved(const struct visit *visit, const struct config_draft *draft)
{
    return !str_eq(http_param(&visit->request->form, "mark"), config_draft_mark(visit, draft));
}

bool config_draft_with(struct visit *visit, const struct config_draft *draft, struct str settings,
                       struct config *config, struct config_faults *faults, struct err *err)
{
    size_t left_out = 0;
    return config_import(visit->arena, visit->config, draft->text, STR("form"), settings, config, &left_out, faults,
                         err);
}

/* Returns the part of a config_text that has the form of a new case. */
static struct str form_part(struct str text)
{
    ptrdiff_t from = str_find(text, STR("\n[case_form]\n")), to = str_find(text, STR("\n[case_search]\n"));
    return from < 0 || to < from ? STR_NONE : str_slice(text, (size_t)from, (size_t)to);
}

bool config_draft_rebased(struct visit *visit, const struct config_draft *draft, struct config *config, struct err *err)
{
    struct config_difference *mine;
    struct str base, section = STR_NONE;
    struct buf out;
    bool form = false;
    size_t left_out = 0;
    if (!version_text(visit, draft->base, &base, err))
        return false;
    size_t count = config_differences(visit->arena, base, draft->text, &mine);
    buf_init(&out, visit->arena);
    for (size_t i = 0; i < count; i++) {
        form = form || config_is_form(mine[i].section);
        if (config_is_form(mine[i].section))
            continue;
        if (!str_eq(section, mine[i].section))
            buf_printf(&out, "[%.*s]\n", STR_FMT(mine[i].section));
        section = mine[i].section;
        config_write_line(&out, arena_z(visit->arena, mine[i].key), mine[i].after);
    }
    if (form)
        buf_str(&out, form_part(draft->text));
    return config_import(visit->arena, visit->config, draft->published, STR("form"), buf_text(&out), config, &left_out,
                         NULL, err);
}
