#include "base/clock.h"
#include "bulk/demo/rows.h"
#include "model/message.h"

enum { THREADS = 12 };

#define MINUTES(n) ((n)*60 * US_PER_SECOND)

struct letter {
    const char *question, *answer; /* answer NULL: the question waits for an answer */
};

static const struct letter LETTERS[] = {
    {"Hej! Går det att få veta ungefär när ni kommer? Någon måste vara på plats och öppna.",
     "Hej! Vi ringer dagen innan. Räkna med att vi kommer mellan klockan 8 och 12."},
    {"Felet har blivit värre sedan jag anmälde det. Kan ni komma tidigare?", NULL},
    {"Porttelefonen fungerar inte, så ring gärna när ni är framme.", "Tack, teknikern har fått ditt nummer."},
};
#define LETTER_COUNT (sizeof LETTERS / sizeof *LETTERS)

struct thread {
    int64_t case_id, created;
    struct str who;
};

static bool letters_choose_cases(struct db_conn *conn, struct arena *arena, struct thread *all, size_t *count,
                                 struct err *err)
{
    struct db_rows *rows = db_query(conn, arena,
                                    "SELECT c.id, c.created, k.first_name || ' ' || k.last_name FROM cases c"
                                    " JOIN contact k ON k.id = c.primary_contact_id WHERE c.status < " CASE_FINISHED_SQL
                                    " ORDER BY c.created DESC, c.id DESC LIMIT $1",
                                    DB_ARGS(DB_INT(THREADS)), err);
    for (; db_next(rows); (*count)++)
        db_read(rows, TO(&all[*count].case_id), TO(&all[*count].created), TO(&all[*count].who));
    return db_done(rows, err);
}

static bool letter_write(struct db_conn *conn, struct arena *arena, const struct thread *thread, bool staff,
                         bool waiting, const char *body, struct err *err)
{
    struct str key = arena_printf(arena, "demo %lld %d", (long long)thread->case_id, staff);
    const struct message_row row = {.case_id = thread->case_id,
                                    .at = thread->created + (staff ? MINUTES(50) : MINUTES(25)),
                                    .from_staff = staff,
                                    .waiting = waiting,
                                    .who = staff ? str_of(DEMO_HANDLER) : thread->who,
                                    .body = str_of(body),
                                    .submission = key};
    bool added;
    return message_insert(conn, &row, &added, err);
}

bool letters_add(struct db_conn *conn, struct arena *arena, struct err *err)
{
    struct thread *all = ARENA_ARRAY(arena, struct thread, THREADS);
    size_t count = 0;
    bool ok = letters_choose_cases(conn, arena, all, &count, err);
    for (size_t i = 0; ok && i < count; i++) {
        const struct letter *letter = &LETTERS[i % LETTER_COUNT];
        ok = letter_write(conn, arena, &all[i], false, !letter->answer, letter->question, err) &&
             (!letter->answer || letter_write(conn, arena, &all[i], true, false, letter->answer, err));
    }
    return ok;
}
