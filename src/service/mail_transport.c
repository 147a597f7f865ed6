#include "service/mail_transport.h"

#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <curl/curl.h>

enum { CONNECT_SECONDS = 15, SEND_SECONDS = 60 };

struct mail_smtp {
    struct arena *arena;
    CURL *curl;
    char error[CURL_ERROR_SIZE];
    struct str left; /* the part of the message that is not sent yet */
};

static pthread_once_t library_once = PTHREAD_ONCE_INIT;
static bool library_ready;

static void library_start(void)
{
    library_ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

static size_t mail_transport_read_message(char *out, size_t size, size_t count, void *context)
{
    struct mail_smtp *smtp = context;
    size_t n = size * count < smtp->left.n ? size * count : smtp->left.n;
    memcpy(out, smtp->left.p, n);
    smtp->left = str_slice(smtp->left, n, smtp->left.n);
    return n;
}

/* Says whether the server of smtp://HOST:PORT is this machine. */
static bool mail_transport_is_loopback(struct str url)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    struct str host = str_slice(url, sizeof "smtp://" - 1, url.n);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str name = str_of(names[i]);
        if (str_starts(host, name) && (host.n == name.n || host.p[name.n] == ':' || host.p[name.n] == '/'))
            return true;
    }
    return false;
}

static bool mail_transport_set_text(CURL *curl, CURLoption option, struct arena *arena, struct str value)
{
    return !value.n || curl_easy_setopt(curl, option, arena_z(arena, value)) == CURLE_OK;
}

static bool smtp_set(struct mail_smtp *smtp, const struct config *config)
{
    CURL *curl = smtp->curl;
    bool plain = str_starts(config->smtp_url, STR("smtp://")) && mail_transport_is_loopback(config->smtp_url);
    return mail_transport_set_text(curl, CURLOPT_URL, smtp->arena, config->smtp_url) &&
           mail_transport_set_text(curl, CURLOPT_USERNAME, smtp->arena, config->smtp_user) &&
           mail_transport_set_text(curl, CURLOPT_PASSWORD, smtp->arena, config->smtp_password) &&
           curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(plain ? CURLUSESSL_NONE : CURLUSESSL_ALL)) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SEND_SECONDS) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, smtp->error) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_READFUNCTION, mail_transport_read_message) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_READDATA, smtp) == CURLE_OK;
}

struct mail_smtp *mail_smtp_open(const struct config *config, struct err *err)
{
    struct arena *arena = arena_create();
    struct mail_smtp *smtp = ARENA_NEW(arena, struct mail_smtp);
    smtp->arena = arena;
    (void)pthread_once(&library_once, library_start);
    smtp->curl = library_ready ? curl_easy_init() : NULL;
    if (smtp->curl && smtp_set(smtp, config))
        return smtp;
    mail_smtp_close(smtp);
    (void)err_set(err, ERR_INTERNAL, NULL, "libcurl does not start");
    return NULL;
}

void mail_smtp_close(struct mail_smtp *smtp)
{
    if (!smtp)
        return;
    curl_easy_cleanup(smtp->curl);
    arena_destroy(smtp->arena);
}

/* Says whether the cause is the server or the network, not this mail. */
static bool is_unreachable(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_LOGIN_DENIED:
        return true;
    default:
        return false;
    }
}

bool mail_smtp_send(struct mail_smtp *smtp, struct str from, struct str to, struct str message, bool *unreachable,
                    struct err *err)
{
    struct arena *arena = arena_create();
    struct curl_slist *recipients = curl_slist_append(NULL, arena_z(arena, to));
    CURLcode code = CURLE_OUT_OF_MEMORY;
    smtp->left = message;
    smtp->error[0] = '\0';
    if (recipients && mail_transport_set_text(smtp->curl, CURLOPT_MAIL_FROM, arena, from) &&
        curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, recipients) == CURLE_OK)
        code = curl_easy_perform(smtp->curl);
    curl_slist_free_all(recipients);
    arena_destroy(arena);
    *unreachable = is_unreachable(code);
    return code == CURLE_OK ||
           err_set(err, ERR_INTERNAL, NULL, "%s", smtp->error[0] ? smtp->error : curl_easy_strerror(code));
}

/* --- files -------------------------------------------------------------------------------------------------------- */

static bool write_new(int folder, const char *name, struct str text)
{
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    bool ok = io_write(fd, text.p, text.n) && fsync(fd) == 0;
    return close(fd) == 0 && ok;
}

bool mail_file_write(struct arena *arena, struct str data, int64_t id, struct str message, struct err *err)
{
    char *path = arena_z(arena, arena_printf(arena, "%.*s/mail", STR_FMT(data)));
    char *name = arena_z(arena, arena_printf(arena, "%06lld.eml", (long long)id));
    char *unfinished = arena_z(arena, arena_printf(arena, "%s.new", name));
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return err_errno(err, "the folder of mails");
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0)
        return err_errno(err, "the folder of mails");
    bool ok =
        write_new(folder, unfinished, message) && renameat(folder, unfinished, folder, name) == 0 && fsync(folder) == 0;
    if (!ok)
        (void)err_errno(err, "a mail as a file");
    (void)close(folder);
    return ok;
}
