/* Gives back memory after many simultaneous connections: each has a thread of its own, so it adds up. */
#pragma once

#include <stdint.h>

/*
 * Gives back the unused part of the calling thread's stack: answering a request needs much stack, waiting for the next
 * needs little. Does nothing when the last call was a moment ago.
 */
void memory_trim_stack(int64_t now_us);

struct memory_peak {
    int64_t connections;
};
/* Call this after each closed connection, always in the same thread. Trims the heap when many connections have gone. */
void memory_after_close(struct memory_peak *peak, int64_t connections);
