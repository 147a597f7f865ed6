#include "portal/setup.h"

#include "base/digest.h"
#include "base/log.h"
#include "portal/portal.h"
#include "service/config_versions.h"
#include "view/theme.h"

static struct str short_digest(struct arena *arena, struct str bytes)
{
    return str_slice(digest_hex(arena, bytes), 0, 16);
}

void setup_dress(struct setup *setup)
{
    struct arena *arena = setup->arena;
    const struct config *config = &setup->config;
    setup->theme_css = theme_css(arena, config->colour);
    setup->theme_path = arena_printf(arena, "/theme/%.*s.css", STR_FMT(short_digest(arena, setup->theme_css)));
    if (!config->logo_bytes.n)
        return;
    setup->logo =
        (struct logo){.path = arena_printf(arena, "/logo/%.*s", STR_FMT(short_digest(arena, config->logo_bytes))),
                      .bytes = config->logo_bytes};
}

static bool setup_make(const struct config *base, struct db_conn *conn, struct setup **made, struct err *err)
{
    struct arena *arena = arena_create();
    struct setup *setup = ARENA_NEW(arena, struct setup);
    setup->arena = arena;
    setup->uses = 1;
    if (!config_version_apply(conn, arena, base, true, &setup->config, &setup->number, NULL, err)) {
        arena_destroy(arena);
        return false;
    }
    setup_dress(setup);
    *made = setup;
    return true;
}

bool visit_settings_changed(struct visit *visit, struct err *err)
{
    return setups_renew(&portal_of(visit)->portal->setups, visit->db, err);
}

struct held {
    struct setups *setups;
    struct setup *setup;
};

static void let_go(struct setups *setups, struct setup *setup)
{
    (void)pthread_mutex_lock(&setups->lock);
    bool last = --setup->uses == 0;
    (void)pthread_mutex_unlock(&setups->lock);
    if (last)
        arena_destroy(setup->arena);
}

static void setup_release(void *what)
{
    const struct held *held = what;
    let_go(held->setups, held->setup);
}

const struct setup *setups_hold(struct setups *setups, struct arena *arena)
{
    struct held *held = ARENA_NEW(arena, struct held);
    (void)pthread_mutex_lock(&setups->lock);
    *held = (struct held){setups, setups->current};
    held->setup->uses++;
    (void)pthread_mutex_unlock(&setups->lock);
    arena_on_release(arena, setup_release, held);
    return held->setup;
}

bool setups_open(struct setups *setups, const struct config *base, struct db_conn *conn, struct err *err)
{
    (void)pthread_mutex_init(&setups->lock, NULL);
    setups->base = base;
    return setup_make(base, conn, &setups->current, err);
}

static int64_t current_number(struct setups *setups)
{
    (void)pthread_mutex_lock(&setups->lock);
    int64_t number = setups->current->number;
    (void)pthread_mutex_unlock(&setups->lock);
    return number;
}

/* Two threads may make the same setup; the second one is thrown away. */
static void take_over(struct setups *setups, struct setup *made)
{
    (void)pthread_mutex_lock(&setups->lock);
    struct setup *before = made;
    if (made->number > setups->current->number) {
        before = setups->current;
        setups->current = made;
    }
    (void)pthread_mutex_unlock(&setups->lock);
    let_go(setups, before);
    if (before != made)
        log_event(LOG_INFO, "configuration_taken", LOG_I("number", current_number(setups)));
}

bool setups_renew(struct setups *setups, struct db_conn *conn, struct err *err)
{
    struct setup *made;
    int64_t newest = 0;
    if (!config_version_newest(conn, &newest, err))
        return false;
    if (newest <= current_number(setups))
        return true;
    if (!setup_make(setups->base, conn, &made, err))
        return false;
    take_over(setups, made);
    return true;
}
