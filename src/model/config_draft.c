#include "model/config_draft.h"

#include "service/config_versions.h"

#define MARK_LENGTH 32

bool version_text(struct visit *visit, int64_t number, struct str *text, struct err *err)
{
    struct config file;
    *text = STR_NONE;
    if (number == 0) {
        if (!config_with(visit->arena, visit->config, STR_NONE, false, &file, NULL, err))
            return false;
        *text = config_text(visit->arena, &file);
        return true;
    }
    struct db_rows *rows = db_query(visit->db, visit->arena, "SELECT text FROM config_version WHERE number = $1",
                                    DB_ARGS(DB_INT(number)), err);
    if (db_next(rows))
        *text = db_text_copy(rows, 0, visit->arena);
    return db_done(rows, err);
}

static bool config_draft_read_kept(struct visit *visit, struct config_draft *draft, struct err *err)
{
    struct db_rows *rows =
        db_query(visit->db, visit->arena, "SELECT base, updated, text FROM config_draft WHERE staff_id = $1",
                 DB_ARGS(DB_INT(visit->staff.id)), err);
    draft->kept = db_next(rows);
    if (draft->kept) {
        draft->base = db_int(rows, 0);
        draft->updated = db_int(rows, 1);
        draft->text = db_text_copy(rows, 2, visit->arena);
    }
    return db_done(rows, err);
}

bool config_draft_load(struct visit *visit, struct config_draft *draft, struct err *err)
{
    struct err misfit = {.kind = ERR_NONE};
    *draft = (struct config_draft){.base = 0};
    if (!config_version_apply(visit->db, visit->arena, visit->config, false, &draft->published_config, &draft->newest,
                              NULL, err) ||
        !config_draft_read_kept(visit, draft, err))
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

static bool laid_on(struct visit *visit, struct str below, struct str settings, struct config *config,
                    struct config_faults *faults, struct err *err)
{
    size_t left_out = 0;
    return config_import(visit->arena, visit->config, below, STR("form"), settings, config, &left_out, faults, err);
}

bool config_draft_with(struct visit *visit, const struct config_draft *draft, struct str settings,
                       struct config *config, struct config_faults *faults, struct err *err)
{
    return laid_on(visit, draft->text, settings, config, faults, err);
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
    return laid_on(visit, draft->published, buf_text(&out), config, NULL, err);
}
