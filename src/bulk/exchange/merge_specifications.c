#include "bulk/exchange/stage.h"
#include "model/specification.h"

static bool merge_specifications_run(struct load *load, const char *literal, struct err *err)
{
    return db_exec(load->conn, literal, DB_NO_ARGS, err);
}

/*
 * A specification is decided on again when the file changes `status`, `decided_by` or `decided_at`. The decision is
 * then on the rows as they are after this import.
 */
static void merge_specifications_add_differing(struct sql *sql, const struct input *input)
{
    sql_put(sql, "(s.state = 2");
    if (input_gives(input, "status"))
        sql_put(sql, " OR t.status IS DISTINCT FROM s.v_status");
    if (input_gives(input, "decided_by"))
        sql_put(sql, " OR t.decided_by IS DISTINCT FROM s.v_decided_by");
    if (input_gives(input, "decided_at"))
        sql_put(sql, " OR t.decided_at IS DISTINCT FROM s.v_decided_at");
    sql_put(sql, ")");
}

bool decisions_note_before(struct load *load, const struct input *input, struct err *err)
{
    if (input->format != &formats[FORMAT_SPECIFICATIONS])
        return true;
    struct sql sql = sql_start(load->arena,
                               "UPDATE stage_specifications AS s SET derived = 1 FROM invoice_specification t"
                               " WHERE t.id = s.id AND s.state <> 0 AND {} IN ('approved', 'rejected') AND ",
                               SQL(input_gives(input, "status") ? "s.v_status" : "t.status"));
    merge_specifications_add_differing(&sql, input);
    return db_exec_sql(load->conn, &sql, err);
}

static bool merge_specifications_note_touched(struct load *load, struct err *err)
{
    if (load_input(load, FORMAT_SPECIFICATIONS) &&
        !merge_specifications_run(
            load, "INSERT INTO stage_specification (id) SELECT s.id FROM stage_specifications s WHERE s.state <> 0",
            err))
        return false;
    /* New rows are linked only by specifications of this import, which are noted already. */
    return !load_input(load, FORMAT_ARTICLE_ROWS) ||
           merge_specifications_run(
               load,
               "INSERT INTO stage_specification (id) SELECT DISTINCT l.specification_id FROM stage_article_rows s"
               " JOIN invoice_specification_row l ON l.article_row_id = s.id WHERE s.state = 1 ON CONFLICT DO NOTHING",
               err);
}

static bool merge_specifications_decide(struct load *load, struct err *err)
{
    return !load_input(load, FORMAT_SPECIFICATIONS) ||
           (specifications_set_decided(load->conn,
                                       row_set("SELECT s.id FROM stage_specifications s WHERE s.derived = 1"), err) &&
            specifications_reopen(
                load->conn, row_set("SELECT s.id FROM stage_specifications s WHERE s.v_status = 'awaiting_approval'"),
                err));
}

bool specifications_refresh(struct load *load, struct err *err)
{
    return merge_specifications_note_touched(load, err) && undo_keep_specifications(load, err) &&
           stage_analyze(load, "stage_specification", err) && stage_analyze(load, "invoice_specification_row", err) &&
           specification_refresh(
               load->conn, "SELECT t.id FROM stage_specification t WHERE t.id > $1 ORDER BY t.id LIMIT $2", err) &&
           merge_specifications_decide(load, err);
}
