/* Gives memory back that many connections at once have left behind; a thread of its own each, it adds up. */
#ifndef KP_HTTP_MEMORY_H
#define KP_HTTP_MEMORY_H

#include <stdint.h>

/*
 * The part of the calling thread's stack that is not in use: an answered request went deep, waiting for the next does
 * not. Does nothing when the last call was a moment ago.
 */
void memory_trim_stack(int64_t now_us);

struct memory_peak {
    int64_t connections;
};
/* After each closed connection, by one thread. The heap is trimmed when a crowd has gone. */
void memory_after_close(struct memory_peak *peak, int64_t connections);

#endif
