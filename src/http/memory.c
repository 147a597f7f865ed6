#include "http/memory.h"

#include <malloc.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

#define CROWD 512

/* A connection that sends its next request so soon will need the stack again. */
#define BUSY_US 500000

static _Thread_local uintptr_t stack_low; /* 0: not looked up yet */
static _Thread_local int64_t last_us;

static bool find_stack(void)
{
    pthread_attr_t attributes;
    void *low = NULL;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return false;
    if (pthread_attr_getstack(&attributes, &low, &size) == 0)
        stack_low = (uintptr_t)low;
    (void)pthread_attr_destroy(&attributes);
    return stack_low != 0;
}

void memory_trim_stack(int64_t now_us)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    bool busy = now_us - last_us < BUSY_US;
    last_us = now_us;
    if (busy || (!stack_low && !find_stack()))
        return;
    /* One page below this frame is left for the next calls. */
    uintptr_t end = ((uintptr_t)__builtin_frame_address(0) - page) / page * page;
    if (end > stack_low)
        (void)madvise((void *)stack_low, end - stack_low, MADV_DONTNEED); /* a failure only wastes memory */
}

void memory_after_close(struct memory_peak *peak, int64_t connections)
{
    if (peak->connections < connections + 1)
        peak->connections = connections + 1;
    if (peak->connections < CROWD || connections > peak->connections / 8)
        return;
    (void)malloc_trim(0);
    peak->connections = connections;
}
