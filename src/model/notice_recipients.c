/*
 * Mails say no more to recipients than they could see in the portal (domain 5): each recipient is checked as the actor
 * that they would be there.
 */
#include "model/notice_recipients.h"

#include "access/visibility.h"
#include "model/follower.h"
#include "service/mail.h"

static bool sees_case(struct visit *visit, struct actor actor, int64_t case_id, bool *sees, struct err *err)
{
    struct sql sql = sql_start(visit->arena, "SELECT c.id FROM cases c WHERE c.id = ? AND ", DB_INT(case_id));
    actor.sees_cancelled = true; /* what a mail says about a cancelled case is decided where it is made */
    visible_case(&sql, &actor, "c.id");
    return db_find_sql(visit->db, visit->arena, &sql, DB_TARGETS(TO_NOTHING), sees, err);
}

static enum lang lang_or_default(const struct visit *visit, struct str code)
{
    enum lang lang = visit->config->language;
    (void)lang_parse(code, &lang);
    return lang;
}

/* Finds only a proven address, of a personal login that is not blocked. */
static bool find_personal(struct visit *visit, int64_t case_id, const struct actor *actor, struct recipient *found,
                          struct err *err)
{
    if (actor->kind != ACTOR_CONTACT)
        return true;
    bool any, verified = false;
    int64_t off = 0;
    if (!db_find(visit->db, visit->arena,
                 "SELECT a.verified, a.mails_off | COALESCE((SELECT k.mails_off FROM contact k WHERE k.id = $2), 0)"
                 " FROM account a WHERE a.id = $1",
                 DB_ARGS(DB_INT(actor->account_id), DB_INT(actor->contact_id)), DB_TARGETS(TO(&verified), TO(&off)),
                 &any, err))
        return false;
    if (!verified)
        return true;
    *found = (struct recipient){.address = actor->email,
                                .contact_id = actor->contact_id,
                                .lang = lang_or_default(visit, actor->language),
                                .off = off,
                                .has_account = true};
    return sees_case(visit, *actor, case_id, &found->sees, err);
}

/* Finds the first field of the contact that is an address, if the contact is active. */
static bool notice_recipients_find_contact(struct visit *visit, int64_t contact_id, struct recipient *found,
                                           struct err *err)
{
    struct str emails[3];
    int64_t off;
    bool active;
    if (!db_find(visit->db, visit->arena,
                 "SELECT email, email_2, email_3, mails_off FROM contact WHERE id = $1 AND active = 1",
                 DB_ARGS(DB_INT(contact_id)), DB_TARGETS(TO(&emails[0]), TO(&emails[1]), TO(&emails[2]), TO(&off)),
                 &active, err))
        return false;
    if (active)
        *found = (struct recipient){.contact_id = contact_id, .lang = visit->config->language, .off = off};
    for (int i = 0; active && i < 3 && !found->address.n; i++)
        found->address = mail_address_valid(str_trim(emails[i])) ? str_trim(emails[i]) : STR_NONE;
    return true;
}

/*
 * Checks the address with the contacts and the accounts. An address that several contacts have belongs to none of them,
 * and a contact gets nothing when they are blocked under any of their addresses.
 */
static bool ask_account(struct visit *visit, struct recipient *found, struct err *err)
{
    struct str language;
    int64_t contacts, off;
    bool blocked;
    if (!db_find(visit->db, visit->arena,
                 "SELECT (SELECT COUNT(*) FROM contact_address m JOIN contact mk ON mk.id = m.contact_id"
                 " AND mk.active = 1 WHERE m.address = $1), COALESCE((SELECT MAX(l.blocked) FROM contact_address m"
                 " JOIN login l ON l.name = m.address AND l.kind = 'contact' WHERE m.contact_id = $2), 0),"
                 " CASE WHEN a.id IS NULL THEN 0 ELSE 1 END, a.language, a.mails_off FROM (SELECT 1 AS one) x"
                 " LEFT JOIN login l ON l.name = $1 AND l.kind = 'contact'"
                 " LEFT JOIN account a ON a.id = l.owner_id AND a.verified = 1",
                 DB_ARGS(DB_TEXT(actor_fold_name(visit->arena, found->address)), DB_INT(found->contact_id)),
                 DB_TARGETS(TO(&contacts), TO(&blocked), TO(&found->has_account), TO(&language), TO(&off)), NULL, err))
        return false;
    found->off |= off;
    if (found->has_account)
        found->lang = lang_or_default(visit, language);
    if (contacts != 1 || blocked)
        found->address = STR_NONE;
    return true;
}

static bool find_primary(struct visit *visit, int64_t case_id, int64_t contact_id, struct recipient *found,
                         struct err *err)
{
    const struct actor actor = {.kind = ACTOR_CONTACT, .contact_id = contact_id};
    if (!notice_recipients_find_contact(visit, contact_id, found, err))
        return false;
    if (!found->address.n)
        return true;
    return ask_account(visit, found, err) && sees_case(visit, actor, case_id, &found->sees, err);
}

/* One person gets one mail. */
static void recipient_add(struct arena *arena, struct recipient *found, size_t *count, const struct recipient *one)
{
    struct str address = actor_fold_name(arena, one->address);
    bool known = !address.n;
    for (size_t i = 0; i < *count; i++)
        known = known || str_eq(actor_fold_name(arena, found[i].address), address);
    if (!known)
        found[(*count)++] = *one;
}

static bool find_followers(struct visit *visit, int64_t case_id, struct recipient **found, size_t *count,
                           struct err *err)
{
    int64_t *logins;
    size_t follower_count = 0, before = *count;
    if (!followers_find(visit, case_id, &logins, &follower_count, err))
        return false;
    struct recipient *all = ARENA_ARRAY(visit->arena, struct recipient, before + follower_count);
    for (size_t i = 0; i < before; i++)
        all[i] = (*found)[i];
    *found = all;
    for (size_t i = 0; i < follower_count; i++) {
        struct actor follower;
        struct recipient one = {.address = STR_NONE};
        if (!actor_load(visit->db, visit->arena, logins[i], &follower, err) ||
            !find_personal(visit, case_id, &follower, &one, err))
            return false;
        one.follows = true;
        recipient_add(visit->arena, all, count, &one);
    }
    return true;
}

bool recipients_find(struct visit *visit, int64_t case_id, struct recipient **found, size_t *count, struct err *err)
{
    int64_t created_by = 0, primary = 0;
    struct actor reporter = {.kind = ACTOR_NOBODY};
    struct recipient one = {.address = STR_NONE}, other = {.address = STR_NONE};
    *found = ARENA_ARRAY(visit->arena, struct recipient, 2);
    *count = 0;
    if (!db_find(visit->db, visit->arena, "SELECT created_by, primary_contact_id FROM cases WHERE id = $1",
                 DB_ARGS(DB_INT(case_id)), DB_TARGETS(TO(&created_by), TO(&primary)), NULL, err) ||
        (created_by && !actor_load(visit->db, visit->arena, created_by, &reporter, err)) ||
        !find_personal(visit, case_id, &reporter, &one, err))
        return false;
    recipient_add(visit->arena, *found, count, &one);
    /* A primary contact who reported the case is mailed at the address that they log in with. */
    if (primary && !(reporter.kind == ACTOR_CONTACT && reporter.contact_id == primary) &&
        !find_primary(visit, case_id, primary, &other, err))
        return false;
    recipient_add(visit->arena, *found, count, &other);
    return find_followers(visit, case_id, found, count, err);
}
