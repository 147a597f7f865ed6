#include "base/arena.h"

#include "base/log.h"

#include <stdio.h>
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
#define BLOCK_MIN ((size_t)16 * 1024)
#define BLOCK_MAX ((size_t)256 * 1024)

struct block {
    struct block *previous;
    size_t used, cap;
    _Alignas(max_align_t) char bytes[];
};

struct release {
    struct release *previous;
    void (*run)(void *what);
    void *what;
};

struct arena {
    uint32_t magic;
    struct block *block; /* the newest */
    struct release *releases;
    size_t used;
};

static _Noreturn void die_of_memory(size_t size)
{
    log_event(LOG_ERROR, "out_of_memory", LOG_I("bytes", size));
    abort();
}

static void check(const struct arena *arena)
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
    check(arena);
    run_releases(arena);
    for (struct block *block = arena->block; block;) {
        struct block *previous = block->previous;
        free(block);
        block = previous;
    }
    arena->magic = 0;
    free(arena);
}

void arena_reset(struct arena *arena)
{
    check(arena);
    run_releases(arena);
    while (arena->block && (arena->block->previous || BLOCK_PER_ALLOCATION)) {
        struct block *block = arena->block;
        arena->block = block->previous;
        free(block);
    }
    if (arena->block)
        arena->block->used = 0;
    arena->used = 0;
}

/* Blocks double, so that a small request stays small and a large one asks rarely. */
static size_t block_size(const struct arena *arena, size_t size)
{
    if (BLOCK_PER_ALLOCATION)
        return size;
    size_t cap = arena->block ? arena->block->cap * 2 : BLOCK_MIN;
    if (cap > BLOCK_MAX)
        cap = BLOCK_MAX;
    return cap < size ? size : cap;
}

static void add_block(struct arena *arena, size_t size)
{
    size_t cap = block_size(arena, size);
    struct block *block = malloc(sizeof *block + cap);
    if (!block)
        die_of_memory(cap);
    block->previous = arena->block;
    block->used = 0;
    block->cap = cap;
    arena->block = block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    check(arena);
    if (size > PTRDIFF_MAX - sizeof(struct block) - sizeof(max_align_t))
        die_of_memory(size);
    if (size == 0)
        size = 1;
    size_t align = _Alignof(max_align_t);
    size_t padded = BLOCK_PER_ALLOCATION ? size : (size + align - 1) / align * align;
    if (!arena->block || arena->block->cap - arena->block->used < padded)
        add_block(arena, padded);
    char *p = arena->block->bytes + arena->block->used;
    arena->block->used += padded;
    arena->used += size;
    return memset(p, 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        die_of_memory(SIZE_MAX);
    return arena_alloc(arena, total);
}

struct str arena_str(struct arena *arena, struct str s)
{
    return (struct str){arena_z(arena, s), s.n};
}

char *arena_z(struct arena *arena, struct str s)
{
    char *copy = arena_alloc(arena, s.n + 1);
    if (s.n)
        memcpy(copy, s.p, s.n);
    return copy;
}

struct str arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct str s = arena_vprintf(arena, format, args);
    va_end(args);
    return s;
}

struct str arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n < 0)
        die_of_memory(0); /* a format of ours that cannot be printed: longer than INT_MAX */
    char *p = arena_alloc(arena, (size_t)n + 1);
    (void)vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return (struct str){p, (size_t)n};
}

void arena_on_release(struct arena *arena, void (*release)(void *what), void *what)
{
    struct release *entry = ARENA_NEW(arena, struct release);
    *entry = (struct release){arena->releases, release, what};
    arena->releases = entry;
}

size_t arena_used(const struct arena *arena)
{
    check(arena);
    return arena->used;
}
