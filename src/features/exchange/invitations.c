#include "base/clock.h"
#include "base/random.h"
#include "features/exchange/load.h"
#include "i18n/i18n.h"
#include "service/mail.h"

#include <sodium.h>

#define CHUNK 100
#define VALID_DAYS 14

struct invitation {
    int64_t line, login_id;
    struct str email;
    enum lang lang;
};

static struct str digest_of(struct arena *arena, struct str token)
{
    unsigned char digest[32];
    struct buf hex;
    (void)crypto_generichash(digest, sizeof digest, (const unsigned char *)token.p, token.n, NULL, 0);
    buf_init(&hex, arena);
    buf_hex(&hex, digest, sizeof digest);
    return buf_text(&hex);
}

static bool invite(struct load *load, struct arena *arena, const struct invitation *to, struct err *err)
{
    const struct config *config = load->options->config;
    struct str token = random_token(arena, 24);
    struct str url = arena_printf(arena, "%.*s/password/reset?token=%.*s", STR_FMT(config->base_url), STR_FMT(token));
    struct str subject =
        tr_fill(arena, to->lang, _("Choose a password for {1}"), (const struct str[]){config->name}, 1);
    struct str body = tr_fill(arena, to->lang,
                              _("You have an account at {1}. Choose your password here:\n\n{2}\n\n"
                                "The link can be used once and for two weeks. After that, ask for a new one under "
                                "\"Forgotten password\" on the login page.\n"),
                              (const struct str[]){config->name, url}, 2);
    return db_exec(load->conn,
                   "INSERT INTO mail_token (token_hash, purpose, login_id, expires) VALUES ($1, 'reset', $2, $3)",
                   DB_ARGS(DB_TEXT(digest_of(arena, token)), DB_INT(to->login_id),
                           DB_INT(load->now + VALID_DAYS * 24 * 3600 * US_PER_SECOND)),
                   err) &&
           mail_queue(load->conn, to->email, subject, body, err);
}

/* Accounts of the file with an empty password that have none yet. */
static bool read_next(struct load *load, struct arena *arena, int64_t after, struct invitation *next, size_t *count,
                      struct err *err)
{
    struct db_rows *rows =
        db_query(load->conn, arena,
                 "SELECT n.line, l.id, a.email, a.language FROM stage_login n"
                 " JOIN login l ON l.name = n.name AND l.kind = 'contact' JOIN account a ON a.id = l.owner_id"
                 " WHERE n.kind = 'contact' AND n.mail = 1 AND l.password_hash IS NULL AND n.line > $1"
                 " ORDER BY n.line LIMIT $2",
                 DB_ARGS(DB_INT(after), DB_INT(CHUNK)), err);
    *count = 0;
    while (rows && db_next(rows)) {
        struct invitation *one = &next[(*count)++];
        *one = (struct invitation){db_int(rows, 0), db_int(rows, 1), db_text_copy(rows, 2, arena), LANG_SV};
        (void)lang_parse(db_text(rows, 3), &one->lang); /* Swedish otherwise */
    }
    return db_done(rows, err);
}

bool invitations_queue(struct load *load, struct err *err)
{
    const struct input *input = load_input(load, FORMAT_ACCOUNTS);
    if (!input || !input_gives(input, "password"))
        return true;
    struct arena *arena = arena_create();
    struct invitation next[CHUNK];
    size_t count = 1;
    int64_t after = 0;
    bool ok = true;
    load->result->mails = 0;
    while (ok && count) {
        arena_reset(arena);
        ok = read_next(load, arena, after, next, &count, err);
        for (size_t i = 0; ok && i < count; i++) {
            ok = invite(load, arena, &next[i], err);
            after = next[i].line;
            load->result->mails++;
        }
    }
    arena_destroy(arena);
    return ok;
}
