#include "bulk/exchange/load.h"
#include "i18n/i18n.h"
#include "model/invitation.h"

#define CHUNK 100

/* An account to invite, and the line it came from. */
struct invited {
    int64_t line;
    struct invitation to;
};

/* Reads accounts of the file that have an empty password in the file and no password yet. */
static bool invitations_read_next(struct load *load, struct arena *arena, int64_t after, struct invited *next,
                                  size_t *count, struct err *err)
{
    struct db_rows *rows =
        db_query(load->conn, arena,
                 "SELECT n.line, l.id, a.email, a.language FROM stage_login n"
                 " JOIN login l ON l.name = n.name AND l.kind = 'contact' JOIN account a ON a.id = l.owner_id"
                 " WHERE n.kind = 'contact' AND n.mail = 1 AND l.password_hash IS NULL AND n.line > $1"
                 " ORDER BY n.line LIMIT $2",
                 DB_ARGS(DB_INT(after), DB_INT(CHUNK)), err);
    *count = 0;
    struct str language;
    while (db_next(rows)) {
        struct invited *one = &next[(*count)++];
        *one = (struct invited){.to = {.lang = LANG_SV}};
        db_read(rows, TO(&one->line), TO(&one->to.login_id), TO(&one->to.email), TO_LENT(&language));
        (void)lang_parse(language, &one->to.lang);
    }
    return db_done(rows, err);
}

bool invitations_queue(struct load *load, struct err *err)
{
    const struct input *input = load_input(load, FORMAT_ACCOUNTS);
    if (!input || !input_gives(input, "password"))
        return true;
    struct arena *arena = arena_create();
    struct invited next[CHUNK];
    size_t count = 1;
    int64_t after = 0;
    bool ok = true;
    load->result->mails = 0;
    while (ok && count) {
        arena_reset(arena);
        ok = invitations_read_next(load, arena, after, next, &count, err);
        for (size_t i = 0; ok && i < count; i++) {
            ok = login_invite(load->conn, arena, load->options->config, &next[i].to, load->now, err);
            after = next[i].line;
            load->result->mails++;
        }
    }
    arena_destroy(arena);
    return ok;
}
