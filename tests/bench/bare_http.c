/*
 * The floor of HTTP: libmicrohttpd as the portal runs it, answering one page from memory.
 * bare_http PORT BYTES — serves until its standard input ends.
 */
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum MHD_Result answer(void *page, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *size, void **state)
{
    static int seen;
    (void)url, (void)method, (void)version, (void)data;
    if (!*state) {
        *state = &seen;
        return MHD_YES;
    }
    *size = 0;
    return MHD_queue_response(connection, MHD_HTTP_OK, page);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    size_t bytes = strtoul(argv[2], NULL, 10);
    char *body = malloc(bytes);
    if (!body || signal(SIGPIPE, SIG_IGN) == SIG_ERR)
        return 1;
    memset(body, 'x', bytes);
    struct MHD_Response *page = MHD_create_response_from_buffer(bytes, body, MHD_RESPMEM_PERSISTENT);
    if (!page || MHD_add_response_header(page, "Content-Type", "text/html; charset=utf-8") != MHD_YES)
        return 1;
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL,
                         (uint16_t)strtoul(argv[1], NULL, 10), NULL, NULL, answer, page, MHD_OPTION_THREAD_STACK_SIZE,
                         (size_t)256 * 1024, MHD_OPTION_END);
    if (!daemon)
        return 1;
    puts("ready");
    (void)fflush(stdout);
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0)
        continue;
    MHD_stop_daemon(daemon);
    return 0;
}
