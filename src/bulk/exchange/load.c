#include "bulk/exchange/load.h"
#include "access/scope.h"
#include "base/clock.h"
#include "base/log.h"

static bool merge_input(struct load *load, enum format_id id, struct err *err)
{
    const struct input *input = load_input(load, id);
    if (!input)
        return true;
    progress_show(load, "writing", (double)id / FORMAT_COUNT);
    return merge_rows(load, &load->inputs[input - load->inputs], err);
}

/* Some problems show only after rows are merged; they end the transaction. */
static bool still_sound(const struct load *load, struct err *err)
{
    return load->problems.count == 0 ||
           err_set(err, ERR_INVALID, NULL, "the rows contradict each other or what is stored");
}

static bool merge_registers(struct load *load, struct err *err)
{
    for (int id = 0; id < FORMAT_ACCOUNTS; id++) {
        if (!merge_input(load, (enum format_id)id, err))
            return false;
    }
    return merged_check(load, FORMAT_PICKLISTS, FORMAT_ACCOUNTS, err) && addresses_refresh(load, err) &&
           logins_write(load, err) && accounts_check(load, err) && still_sound(load, err);
}

static bool merge_cases(struct load *load, struct err *err)
{
    for (int id = FORMAT_ACCOUNTS; id < FORMAT_COUNT; id++) {
        if (!merge_input(load, (enum format_id)id, err))
            return false;
    }
    return passwords_write(load, err) && totals_refresh(load, err) && times_check(load, err) &&
           merged_check(load, FORMAT_ARTICLES, FORMAT_FILES, err) && still_sound(load, err) &&
           derived_refresh(load, err) && case_times_check(load, err) && still_sound(load, err) &&
           invitations_queue(load, err);
}

static bool merge_body(struct db_conn *conn, void *context, struct err *err)
{
    struct load *load = context;
    load->merged = false;
    load->result->sample_count = 0;
    if (!merge_registers(load, err) || !merge_cases(load, err) || !undo_keep_after(load, err) ||
        !generation_bump(conn, err))
        return false;
    load->merged = true;
    if (load->options->dry_run)
        return false;
    return !load->options->finish || load->options->finish(conn, load->options->context, load->result, err);
}

static bool merge(struct load *load, struct err *err)
{
    bool committed = db_transaction(load->conn, merge_body, load, err);
    return committed || (load->merged && load->options->dry_run);
}

/* Rows whose content was refused are left out, when that is wished. */
static bool leave_out_rows(struct load *load, struct err *err)
{
    struct load_result *result = load->result;
    result->left_out = ARENA_ARRAY(load->arena, struct str, load->left_out.kept);
    for (size_t i = 0; i < load->left_out.kept; i++)
        result->left_out[i] = load->left_out.first[i].text;
    result->left_out_count = load->left_out.kept;
    result->left_out_total = load->left_out.count;
    return !load->left_out.count ||
           db_exec(load->conn,
                   "DELETE FROM stage_files WHERE line IN (SELECT c.line FROM stage_content c WHERE c.digest IS NULL)",
                   DB_NO_ARGS, err);
}

static bool read_all(struct load *load, struct err *err)
{
    bool sound = true;
    for (size_t i = 0; i < load->input_count; i++)
        sound = header_read(load, &load->inputs[i]) && sound;
    if (!sound)
        return true;
    if (!stage_create(load, err) || !rows_stage(load, err))
        return false;
    if (dates_settle(load)) {
        problems_reset(&load->problems);
        problems_reset(&load->left_out);
        load->result->refused_kinds = 0;
        load->result->word_count = 0;
        if (!stage_clear(load, err) || !rows_stage(load, err))
            return false;
    }
    dates_tell(load);
    if (!leave_out_rows(load, err))
        return false;
    /* When some rows could not be read, references to them would look wrong, so nothing is checked. */
    for (size_t i = 0; i < load->input_count; i++)
        sound = load->inputs[i].sound && sound;
    return !sound || (stage_index(load, err) && made_stage(load, err) && check_all(load, err));
}

static bool load_open_inputs(struct load *load, const struct load_source *sources, size_t count, struct err *err)
{
    for (int id = 0; id < FORMAT_COUNT; id++) {
        for (size_t i = 0; i < count; i++) {
            if (format_of_file(sources[i].file) != &formats[id])
                continue;
            struct input *input = &load->inputs[load->input_count++];
            *input = (struct input){.source = &sources[i],
                                    .format = &formats[id],
                                    .index = i,
                                    .dates = ARENA_ARRAY(load->arena, struct date_column, FORMAT_COLUMNS_MAX),
                                    .count = &load->result->counts[i]};
        }
    }
    dates_take_said(load);
    return load->input_count == count || err_set(err, ERR_INTERNAL, NULL, "a source without a format");
}

static bool tell_problems(struct load *load, struct err *err)
{
    struct load_result *result = load->result;
    result->problems = ARENA_ARRAY(load->arena, struct str, load->problems.kept);
    for (size_t i = 0; i < load->problems.kept; i++)
        result->problems[i] = load->problems.first[i].text;
    result->problem_count = load->problems.kept;
    result->problem_total = load->problems.count;
    result->groups = load->problems.groups;
    result->group_count = load->problems.group_count;
    return load->problems.count == 0 || err_set(err, ERR_INVALID, NULL, "the rows are wrong");
}

/*
 * Lets the database tidy up after many new rows, so that the next query is not slow. The rows are committed already, so
 * a failure here is only logged.
 */
static void settle(struct load *load)
{
    struct err err = {0};
    progress_show(load, "settling", 0);
    if (!db_maintain(load->conn, &err))
        log_event(LOG_WARN, "maintain_failed", LOG_Z("detail", err.detail));
}

static bool load_try(struct load *load, const struct load_source *sources, size_t count, struct err *err)
{
    const struct load_options *options = load->options;
    bool ok = load_open_inputs(load, sources, count, err) && words_load(load, err) &&
              db_bulk_prepare(load->conn, err) && read_all(load, err);
    if (ok && load->problems.count == 0)
        ok = secrets_hash(load, err) && merge(load, err);
    if (ok && load->merged && !options->dry_run)
        settle(load);
    samples_sort(load->result);
    progress_end(load);
    return load->problems.count > 0 ? tell_problems(load, err) : ok;
}

bool load_run(struct db_conn *conn, struct arena *arena, const struct load_source *sources, size_t count,
              const struct load_options *options, struct load_result *result, struct err *err)
{
    struct load *load = ARENA_NEW(arena, struct load);
    struct load_aside aside = {.conn = conn};
    *load = (struct load){.conn = conn, .arena = arena, .options = options, .result = result, .now = clock_now_us()};
    load->problems.arena = load->left_out.arena = arena;
    load->problems.most = options->problems_most;
    *result = (struct load_result){0};
    if (count > LOAD_SOURCES_MAX)
        return err_set(err, ERR_INVALID, NULL, "more than %d files", LOAD_SOURCES_MAX);
    bool ok = !options->dry_run || load_aside_open(&aside, conn, arena, options->config->data, err);
    if (ok) {
        load->conn = aside.conn;
        ok = load_try(load, sources, count, err);
    }
    load_aside_close(&aside);
    return ok;
}
