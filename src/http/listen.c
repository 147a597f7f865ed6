#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    struct sockaddr_un local;
};

static bool listen_is_loopback(const union address *address)
{
    if (address->any.sa_family == AF_INET)
        return ntohl(address->four.sin_addr.s_addr) >> 24 == 127;
    return IN6_IS_ADDR_LOOPBACK(&address->six.sin6_addr);
}

/* Reads `ADDRESS:PORT`, `[ADDRESS]:PORT` or `localhost:PORT`. */
static bool parse_tcp(struct arena *arena, struct str text, union address *address, socklen_t *size)
{
    size_t colon = text.n;
    int64_t port = 0;
    while (colon > 0 && text.p[colon - 1] != ':')
        colon--;
    if (!colon || !str_to_int(str_slice(text, colon, text.n), &port) || port < 0 || port > 65535)
        return false;
    struct str host = str_slice(text, 0, colon - 1);
    *address = (union address){.six.sin6_family = AF_INET6};
    if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']') {
        address->six.sin6_port = htons((uint16_t)port);
        *size = sizeof address->six;
        return inet_pton(AF_INET6, arena_z(arena, str_slice(host, 1, host.n - 1)), &address->six.sin6_addr) == 1;
    }
    if (str_eqz(host, "localhost"))
        host = STR("127.0.0.1");
    address->four = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    *size = sizeof address->four;
    return inet_pton(AF_INET, arena_z(arena, host), &address->four.sin_addr) == 1;
}

static struct str tcp_text(struct arena *arena, const union address *address)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (address->any.sa_family == AF_INET) {
        (void)inet_ntop(AF_INET, &address->four.sin_addr, text, sizeof text);
        return arena_printf(arena, "%s:%d", text, ntohs(address->four.sin_port));
    }
    (void)inet_ntop(AF_INET6, &address->six.sin6_addr, text, sizeof text);
    return arena_printf(arena, "[%s]:%d", text, ntohs(address->six.sin6_port));
}

static bool open_tcp(struct arena *arena, const struct http_options *options, struct listener *listener,
                     struct err *err)
{
    union address address;
    socklen_t size = 0;
    int on = 1;
    if (!parse_tcp(arena, options->listen, &address, &size))
        return err_set(err, ERR_INVALID, NULL, "listen: \"%.*s\" is not ADDRESS:PORT", STR_FMT(options->listen));
    if (!listen_is_loopback(&address) && !options->allow_public)
        return err_set(err, ERR_INVALID, NULL, "listen: plain HTTP on %.*s, which is not loopback, needs allow_public",
                       STR_FMT(options->listen));
    listener->fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener->fd < 0 || setsockopt(listener->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(listener->fd, &address.any, size) != 0 || listen(listener->fd, SOMAXCONN) != 0 ||
        getsockname(listener->fd, &address.any, &size) != 0)
        return err_errno(err, arena_printf(arena, "listen at %.*s", STR_FMT(options->listen)).p);
    listener->address = tcp_text(arena, &address);
    return true;
}

/* Removes a socket file on which no server answers: a killed server left it. */
static bool remove_stale(const struct sockaddr_un *address, struct err *err)
{
    struct stat st;
    if (lstat(address->sun_path, &st) != 0)
        return errno == ENOENT || err_errno(err, address->sun_path);
    if (!S_ISSOCK(st.st_mode))
        return err_set(err, ERR_INVALID, NULL, "listen: %s exists and is no socket", address->sun_path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return err_errno(err, "socket");
    bool answered = connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 || errno != ECONNREFUSED;
    (void)close(fd);
    if (answered)
        return err_set(err, ERR_INVALID, NULL, "listen: another program listens at %s", address->sun_path);
    return unlink(address->sun_path) == 0 || err_errno(err, address->sun_path);
}

static bool open_local(struct arena *arena, struct str path, struct listener *listener, struct err *err)
{
    union address address = {.local.sun_family = AF_UNIX};
    if (!path.n || path.n >= sizeof address.local.sun_path)
        return err_set(err, ERR_INVALID, NULL, "listen: the path of the socket is empty or too long");
    memcpy(address.local.sun_path, path.p, path.n);
    if (!remove_stale(&address.local, err))
        return false;
    listener->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    /* Clients cannot connect before listen, so the mode is right for the first client, too. */
    if (listener->fd < 0 || bind(listener->fd, &address.any, sizeof address.local) != 0 ||
        chmod(address.local.sun_path, 0660) != 0 || listen(listener->fd, SOMAXCONN) != 0)
        return err_errno(err, arena_printf(arena, "listen at %.*s", STR_FMT(path)).p);
    listener->path = arena_z(arena, path);
    listener->address = arena_printf(arena, "unix:%.*s", STR_FMT(path));
    return true;
}

bool listener_open(struct arena *arena, const struct http_options *options, struct listener *listener, struct err *err)
{
    *listener = (struct listener){.fd = -1};
    struct str listen_at = options->listen;
    bool ok = str_starts(listen_at, STR("unix:"))
                  ? open_local(arena, str_slice(listen_at, 5, listen_at.n), listener, err)
                  : open_tcp(arena, options, listener, err);
    if (!ok)
        listener_close(listener);
    return ok;
}

void listener_refuse(const struct listener *listener)
{
    if (listener->path)
        (void)unlink(listener->path);
    (void)shutdown(listener->fd, SHUT_RDWR);
}

void listener_close(struct listener *listener)
{
    if (listener->fd >= 0)
        (void)close(listener->fd);
    listener->fd = -1;
}
