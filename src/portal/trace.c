/* Records in the audit log what people do. */
#include "portal/portal.h"
#include "portal/quota.h"
#include "service/audit.h"

bool visit_audit(struct visit *visit, const char *action, struct str subject, struct str detail, struct err *err)
{
    bool staff = visit->staff.id != 0, viewer = visit->viewer.staff_id != 0;
    const struct audit_entry entry = {
        .kind = staff || viewer ? AUDIT_STAFF : AUDIT_LOGIN,
        .who_id = staff    ? visit->staff.id
                  : viewer ? visit->viewer.staff_id
                           : visit->actor.login_id,
        .who = staff    ? visit->staff.email
               : viewer ? visit->viewer.email
                        : visit->actor.login_name,
        .action = action,
        .subject = subject,
        .detail = detail,
        .client = visit->request->client,
    };
    return audit_add(visit->db, &entry, visit->now_us, err);
}

bool trace_is_export(const struct portal_visit *pv)
{
    struct str path = pv->route ? str_of(pv->route->path) : STR_NONE;
    return str_ends(path, STR(".csv")) || str_ends(path, STR(".xlsx")) || str_ends(path, STR(".zip"));
}

bool trace_export(struct portal_visit *pv, struct err *err)
{
    struct visit *visit = &pv->visit;
    if (!pv->session_live || visit->request->method == HTTP_POST || !trace_is_export(pv))
        return true;
    return quota_take(visit, QUOTA_EXPORTS, 1, err) &&
           (visit->request->method != HTTP_GET ||
            visit_audit(visit, "export", visit->request->path, utf8_prefix(visit->request->query_text, 300), err));
}
