#include "model/time_order.h"

#include "db/db.h"

#define REPORTED 100

static const struct {
    const char *what, *select_literal;
} KINDS[] = {
    {"case", "SELECT c.number FROM cases c WHERE " CASE_DISORDERED
             " AND NOT EXISTS (SELECT 1 FROM work_order w WHERE w.case_id = c.id) ORDER BY c.number LIMIT $1"},
    {"work order", "SELECT w.number FROM work_order w WHERE " WORK_ORDER_DISORDERED " ORDER BY w.number LIMIT $1"},
    {"invoice specification",
     "SELECT s.number FROM invoice_specification s WHERE " SPECIFICATION_DISORDERED " ORDER BY s.number LIMIT $1"},
};

bool time_order_check(struct db_conn *conn, const struct config *config, struct arena *arena, struct buf *report,
                      struct err *err)
{
    (void)config;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        struct db_rows *rows = db_query(conn, arena, KINDS[i].select_literal, DB_ARGS(DB_INT(REPORTED)), err);
        while (db_next(rows))
            buf_printf(report, "%s %.*s: its times are in the wrong order\n", KINDS[i].what, STR_FMT(db_text(rows, 0)));
        if (!db_done(rows, err))
            return false;
    }
    return true;
}
