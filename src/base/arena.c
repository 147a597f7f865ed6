#include "base/arena.h"

#include "base/log.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define BLOCK_PER_ALLOCATION true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BLOCK_PER_ALLOCATION true
#endif
#endif
#ifndef BLOCK_PER_ALLOCATION
#define BLOCK_PER_ALLOCATION false
#endif

#define ARENA_MAGIC UINT32_C(0x41524e41)
#define BLOCK_FIRST ((size_t)16 * 1024)
#define BLOCK_NEXT ((size_t)64 * 1024)
/* How many freed blocks of each size are kept for later arenas: 4 MiB together. */
#define SPARE_FIRST 64
#define SPARE_NEXT 48

struct block {
    struct block *previous;
    size_t used, cap;
    _Alignas(max_align_t) char bytes[];
};

/* Freed blocks of one size. They are already mapped, and warm in the cache of the processor. */
struct spare {
    const size_t cap, most;
    struct block *first;
    size_t count;
};
static pthread_mutex_t spare_lock = PTHREAD_MUTEX_INITIALIZER; /* guards the two lists */
static struct spare spares[] = {{BLOCK_FIRST, SPARE_FIRST, NULL, 0}, {BLOCK_NEXT, SPARE_NEXT, NULL, 0}};

struct release {
    struct release *previous;
    void (*run)(void *what);
    void *what;
};

struct arena {
    uint32_t magic;
    struct block *block; /* the newest block */
    struct release *releases;
    size_t used;
};

static _Noreturn void die_of_memory(size_t size)
{
    log_event(LOG_ERROR, "out_of_memory", LOG_I("bytes", size));
    abort();
}

static void arena_check(const struct arena *arena)
{
    if (!arena || arena->magic != ARENA_MAGIC) {
        log_event(LOG_ERROR, "not_an_arena", LOG_I("null", !arena));
        abort();
    }
}

struct arena *arena_create(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        die_of_memory(sizeof *arena);
    arena->magic = ARENA_MAGIC;
    return arena;
}

static struct spare *spare_of(size_t cap)
{
    if (BLOCK_PER_ALLOCATION)
        return NULL;
    return cap == BLOCK_FIRST ? &spares[0] : cap == BLOCK_NEXT ? &spares[1] : NULL;
}

static struct block *block_create(size_t cap)
{
    struct spare *spare = spare_of(cap);
    struct block *block = NULL;
    if (spare) {
        (void)pthread_mutex_lock(&spare_lock);
        block = spare->first;
        if (block) {
            spare->first = block->previous;
            spare->count--;
        }
        (void)pthread_mutex_unlock(&spare_lock);
    }
    if (!block)
        block = malloc(sizeof *block + cap);
    if (!block)
        die_of_memory(cap);
    block->cap = cap;
    block->used = 0;
    return block;
}

static void block_destroy(struct block *block)
{
    struct spare *spare = spare_of(block->cap);
    if (spare) {
        (void)pthread_mutex_lock(&spare_lock);
        bool kept = spare->count < spare->most;
        if (kept) {
            block->previous = spare->first;
            spare->first = block;
            spare->count++;
        }
        (void)pthread_mutex_unlock(&spare_lock);
        if (kept)
            return;
    }
    free(block);
}

static void run_releases(struct arena *arena)
{
    while (arena->releases) {
        struct release *release = arena->releases;
        arena->releases = release->previous;
        release->run(release->what);
    }
}

void arena_destroy(struct arena *arena)
{
    if (!arena)
        return;
    arena_check(arena);
    run_releases(arena);
    for (struct block *block = arena->block; block;) {
        struct block *previous = block->previous;
        block_destroy(block);
        block = previous;
    }
    arena->magic = 0;
    free(arena);
}

void arena_reset(struct arena *arena)
{
    arena_check(arena);
    run_releases(arena);
    while (arena->block && (arena->block->previous || BLOCK_PER_ALLOCATION)) {
        struct block *block = arena->block;
        arena->block = block->previous;
        block_destroy(block);
    }
    if (arena->block)
        arena->block->used = 0;
    arena->used = 0;
}

/* The first block is small because most requests need little memory. */
static void add_block(struct arena *arena, size_t size)
{
    size_t cap = arena->block ? BLOCK_NEXT : BLOCK_FIRST;
    if (cap < size)
        cap = size <= BLOCK_NEXT ? BLOCK_NEXT : size;
    struct block *block = block_create(BLOCK_PER_ALLOCATION ? size : cap);
    block->previous = arena->block;
    arena->block = block;
}

static size_t padded(size_t size)
{
    size_t align = _Alignof(max_align_t);
    return BLOCK_PER_ALLOCATION ? size : (size + align - 1) / align * align;
}

void *arena_raw(struct arena *arena, size_t size)
{
    arena_check(arena);
    if (size > PTRDIFF_MAX - sizeof(struct block) - sizeof(max_align_t))
        die_of_memory(size);
    if (size == 0)
        size = 1;
    size_t room = padded(size);
    if (!arena->block || arena->block->cap - arena->block->used < room)
        add_block(arena, room);
    char *p = arena->block->bytes + arena->block->used;
    arena->block->used += room;
    arena->used += size;
    return p;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(arena_raw(arena, size), 0, size ? size : 1);
}

bool arena_resize(struct arena *arena, const void *p, size_t size, size_t wanted)
{
    struct block *block = arena->block;
    if (BLOCK_PER_ALLOCATION || !p || !block || !size || !wanted)
        return false;
    char *end = block->bytes + block->used;
    if ((const char *)p + padded(size) != end || wanted > block->cap ||
        padded(wanted) > padded(size) + (block->cap - block->used))
        return false;
    block->used = block->used - padded(size) + padded(wanted);
    arena->used = arena->used - size + wanted;
    return true;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        die_of_memory(SIZE_MAX);
    return arena_alloc(arena, total);
}

void *arena_grow(struct arena *arena, void *array, size_t count, size_t *cap, size_t size)
{
    enum { FIRST = 8 };
    if (count < *cap)
        return array;
    *cap = *cap ? *cap * 2 : FIRST;
    void *grown = arena_array(arena, *cap, size);
    if (count)
        memcpy(grown, array, count * size);
    return grown;
}

struct str arena_str(struct arena *arena, struct str s)
{
    return (struct str){arena_z(arena, s), s.n};
}

char *arena_z(struct arena *arena, struct str s)
{
    char *copy = arena_raw(arena, s.n + 1);
    if (s.n)
        memcpy(copy, s.p, s.n);
    copy[s.n] = '\0';
    return copy;
}

void arena_on_release(struct arena *arena, void (*release)(void *what), void *what)
{
    struct release *entry = ARENA_NEW(arena, struct release);
    *entry = (struct release){arena->releases, release, what};
    arena->releases = entry;
}

size_t arena_used(const struct arena *arena)
{
    arena_check(arena);
    return arena->used;
}
