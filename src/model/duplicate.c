#include "model/duplicate.h"

#include "access/scope.h"
#include "model/case_state.h"
#include "model/case_write.h"
#include "model/file.h"
#include "model/follower.h"
#include "model/message.h"

static bool duplicate_move(struct case_edit *edit, const struct original *original, struct err *err)
{
    struct db_conn *conn = edit->visit->db;
    int64_t from = edit->case_id, to = original->id;
    return cases_link_contacts(conn,
                               row_set_of_two("SELECT CAST($2 AS BIGINT), k.contact_id FROM case_contact k"
                                              " WHERE k.case_id = $1",
                                              from, to),
                               err) &&
           followers_copy(conn, from, to, err) && messages_move(conn, from, to, err) &&
           files_move(conn, from, to, err) &&
           cases_derive_texts(conn, row_set_of("SELECT c.id FROM cases c WHERE c.id = $1", to), err) &&
           cases_move_versions(conn, row_set_of("SELECT c.id FROM cases c WHERE c.id = $1", to), err);
}

bool duplicate_cancel(struct case_edit *edit, struct str reason, const struct original *original, struct err *err)
{
    struct visit *visit = edit->visit;
    return duplicate_move(edit, original, err) &&
           case_change_add(visit, original->id, tr(LANG_SV, _("Duplicate")), STR_NONE, edit->case_number, err) &&
           scope_refresh_case(visit->db, visit->arena, original->id, err) &&
           case_edit_note(edit, tr(LANG_SV, _("Duplicate of")), STR_NONE, original->number, err) &&
           case_state_cancel(edit, reason, original->id, err);
}
