#include "http/engine.h"

#include <pthread.h>
#include <stdlib.h>
#define ZLIB_CONST /* the input is only read */
#include <zlib.h>

/* A smaller page fits into one packet anyway. */
#define COMPRESS_FROM 1024
/* Level 1 takes a fifth of the time that a page of 20 rows costs; level 6 takes three times as long for 14 % less. */
#define COMPRESS_LEVEL 1
#define WINDOW_BITS_GZIP (15 + 16)
#define MEMORY_LEVEL 8

/* A stream is 268 kB. A thread uses one for some microseconds, so a few serve all connections. */
#define IDLE_STREAMS 8
static pthread_mutex_t idle_lock = PTHREAD_MUTEX_INITIALIZER; /* guards the two below */
static z_stream *idle[IDLE_STREAMS];
static size_t idle_count;

static z_stream *stream_take(void)
{
    (void)pthread_mutex_lock(&idle_lock);
    z_stream *stream = idle_count ? idle[--idle_count] : NULL;
    (void)pthread_mutex_unlock(&idle_lock);
    if (stream)
        return stream;
    stream = calloc(1, sizeof *stream);
    if (stream &&
        deflateInit2(stream, COMPRESS_LEVEL, Z_DEFLATED, WINDOW_BITS_GZIP, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) == Z_OK)
        return stream;
    free(stream);
    return NULL;
}

static void stream_give_back(z_stream *stream)
{
    bool kept = false;
    if (deflateReset(stream) == Z_OK) {
        (void)pthread_mutex_lock(&idle_lock);
        kept = idle_count < IDLE_STREAMS;
        if (kept)
            idle[idle_count++] = stream;
        (void)pthread_mutex_unlock(&idle_lock);
    }
    if (!kept) {
        (void)deflateEnd(stream);
        free(stream);
    }
}

/* Returns the text compressed as gzip; the empty str if it could not be. */
static struct str gzip_of(struct arena *arena, struct str text)
{
    z_stream *stream = stream_take();
    if (!stream)
        return STR_NONE;
    uLong room = deflateBound(stream, (uLong)text.n);
    unsigned char *packed = arena_raw(arena, room);
    stream->next_in = (const unsigned char *)text.p;
    stream->avail_in = (uInt)text.n;
    stream->next_out = packed;
    stream->avail_out = (uInt)room;
    struct str made = STR_NONE;
    if (deflate(stream, Z_FINISH) == Z_STREAM_END)
        made = (struct str){(const char *)packed, (size_t)stream->total_out};
    stream_give_back(stream);
    (void)arena_resize(arena, packed, room, made.n ? made.n : 1);
    return made;
}

bool http_accepts_coding(struct str header, struct str coding)
{
    struct str rest = header, item;
    while (str_cut(&rest, ',', &item)) {
        struct str name, parameters = item;
        if (!str_cut(&parameters, ';', &name) || !str_eq_nocase(str_trim(name), coding))
            continue;
        struct str weight = str_trim(parameters);
        return !(str_eqz(weight, "q=0") || str_eqz(weight, "q=0.0") || str_eqz(weight, "q=0.00") ||
                 str_eqz(weight, "q=0.000"));
    }
    return false;
}

void response_compress(const struct http_request *request, struct http_response *response)
{
    struct str page = buf_text(&response->body);
    bool written = response->fd < 0 && !response->stream.read && !response->static_body;
    if (!written || !response->content_type || !str_starts(str_of(response->content_type), STR("text/html")))
        return;
    http_set(response, "Vary", STR("Accept-Encoding"));
    if (page.n < COMPRESS_FROM || page.n > UINT32_MAX / 2 ||
        !http_accepts_coding(http_header(request, "accept-encoding"), STR("gzip")) ||
        str_eqz(http_header(request, "sec-fetch-site"), "cross-site"))
        return;
    struct str packed = gzip_of(request->arena, page);
    if (!packed.n)
        return;
    http_set(response, "Content-Encoding", STR("gzip"));
    response->static_body = packed.p;
    response->static_size = packed.n;
}
