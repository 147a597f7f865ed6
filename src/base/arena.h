/*
 * Arena: memory that lives as long as one request, job or command. No allocation is freed by itself: arena_destroy runs
 * the clean-ups in reverse order and frees everything. When memory runs out, the process ends with a log line; limits
 * make sure that no input can cause this. Under AddressSanitizer every allocation is a malloc of its own. Only one
 * thread at a time may use an arena.
 */
#pragma once

#include "base/str.h"

#include <stdarg.h>

struct arena;

struct arena *arena_create(void);
void arena_destroy(struct arena *arena); /* NULL is allowed */
/* Runs the clean-ups and drops all allocations but keeps the first block, for loops that work row by row. */
void arena_reset(struct arena *arena);

/* Returns zeroed memory, aligned for any type; never NULL. size 0 gives a unique pointer. */
void *arena_alloc(struct arena *arena, size_t size);
/* Does the same without clearing the memory, for bytes that are written before they are read. */
void *arena_raw(struct arena *arena, size_t size);
/*
 * Makes the newest allocation larger or smaller in place. Returns false, and changes nothing, when that is impossible.
 */
bool arena_resize(struct arena *arena, const void *p, size_t size, size_t wanted);
/* Allocates count * size bytes; an overflow is checked. */
void *arena_array(struct arena *arena, size_t count, size_t size);
/*
 * Returns the array, whose elements have this size, with room for one element more than `count`. A full array moves to
 * a new place with room for twice as many. *cap is its room so far; it starts at 0, with `array` NULL.
 */
void *arena_grow(struct arena *arena, void *array, size_t count, size_t *cap, size_t size);
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))
#define COUNT_OF(array) (sizeof(array) / sizeof *(array)) /* the number of elements of an array */

struct str arena_str(struct arena *arena, struct str s); /* copy; a NUL follows after n bytes */
char *arena_z(struct arena *arena, struct str s);        /* copy as a C string, for library calls */
struct str arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str arena_vprintf(struct arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Calls release(what) when the arena is reset or destroyed. */
void arena_on_release(struct arena *arena, void (*release)(void *what), void *what);

size_t arena_used(const struct arena *arena); /* bytes allocated, for limits and metrics */
