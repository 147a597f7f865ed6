/*
 * Arena: memory that lives as long as one request, job or command. Nothing is freed alone; arena_destroy runs the
 * clean-ups in reverse order and gives everything back. When memory runs out the process ends with a log line: limits
 * have made that unreachable by input. Under AddressSanitizer every allocation is its own malloc. One thread at a time.
 */
#ifndef KP_BASE_ARENA_H
#define KP_BASE_ARENA_H

#include "base/str.h"

#include <stdarg.h>

struct arena;

struct arena *arena_create(void);
void arena_destroy(struct arena *arena); /* NULL is allowed */
/* Runs clean-ups and forgets all allocations but keeps the first block, for loops that work row by row. */
void arena_reset(struct arena *arena);

/* Zeroed, aligned for any type. Never NULL. size 0 gives a unique pointer. */
void *arena_alloc(struct arena *arena, size_t size);
/* The same without clearing it, for bytes that are written before they are read. */
void *arena_raw(struct arena *arena, size_t size);
/* Makes the newest allocation larger or smaller where it stands. False, and nothing changed, when that cannot be. */
bool arena_resize(struct arena *arena, const void *p, size_t size, size_t wanted);
/* count * size with overflow checked. */
void *arena_array(struct arena *arena, size_t count, size_t size);
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))

struct str arena_str(struct arena *arena, struct str s); /* a copy, also NUL-terminated after n */
char *arena_z(struct arena *arena, struct str s);        /* the copy as a C string, for library edges */
struct str arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str arena_vprintf(struct arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Runs release(what) when the arena is reset or destroyed. */
void arena_on_release(struct arena *arena, void (*release)(void *what), void *what);

size_t arena_used(const struct arena *arena); /* bytes handed out, for limits and metrics */

#endif
