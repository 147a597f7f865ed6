#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LINE_MAX_BYTES 4096
#define VALUE_MAX_CHARACTERS 256
#define REQUEST_MAX_BYTES 32
/* Reserved for the end of a line that is otherwise full. */
#define TAIL "}\n"

struct line {
    size_t n;
    char p[LINE_MAX_BYTES];
};

static _Atomic int level_at_least = LOG_INFO;
/* The descriptor to which lines are written. A file keeps its number when it is reopened, so writers need no lock. */
static _Atomic int log_fd = STDERR_FILENO;

static pthread_mutex_t file_lock = PTHREAD_MUTEX_INITIALIZER; /* guards the two variables below */
static int file_fd = -1;
static char file_path[4096];

static _Thread_local char request[REQUEST_MAX_BYTES];
static _Thread_local size_t request_n;

/* Returns false, and leaves the line as it was, when there is no room. */
static bool line_add(struct line *line, const char *p, size_t n)
{
    if (n > sizeof line->p - strlen(TAIL) - line->n)
        return false;
    if (n)
        memcpy(line->p + line->n, p, n);
    line->n += n;
    return true;
}

__attribute__((format(printf, 2, 3))) static bool line_printf(struct line *line, const char *format, ...)
{
    char text[64];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return n >= 0 && (size_t)n < sizeof text && line_add(line, text, (size_t)n);
}

static bool line_char(struct line *line, char c)
{
    if (c == '"' || c == '\\')
        return line_add(line, (const char[]){'\\', c}, 2);
    if ((unsigned char)c < 0x20 || c == 0x7f)
        return line_printf(line, "\\u%04x", (unsigned)c);
    return line_add(line, &c, 1);
}

static bool log_is_plain(char c)
{
    return c != '"' && c != '\\' && (unsigned char)c >= 0x20 && c != 0x7f;
}

/*
 * The text of a log field may come from anywhere: text that is not UTF-8 is written byte by byte, with `?` for each
 * foreign byte.
 */
static bool line_text(struct line *line, struct str s)
{
    bool valid = utf8_valid(s);
    s = valid ? utf8_prefix(s, VALUE_MAX_CHARACTERS) : str_slice(s, 0, VALUE_MAX_CHARACTERS);
    bool ok = line_add(line, "\"", 1);
    size_t plain = 0;
    while (valid && plain < s.n && log_is_plain(s.p[plain]))
        plain++;
    ok = ok && line_add(line, s.p, plain);
    for (size_t i = plain; ok && i < s.n; i++)
        ok = line_char(line, valid || !(s.p[i] & 0x80) ? s.p[i] : '?');
    return ok && line_add(line, "\"", 1);
}

static bool line_number(struct line *line, uint64_t value, size_t width)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value || sizeof digits - at < width);
    return line_add(line, digits + at, sizeof digits - at);
}

static bool line_int(struct line *line, int64_t value)
{
    return (value >= 0 || line_add(line, "-", 1)) &&
           line_number(line, value < 0 ? -(uint64_t)value : (uint64_t)value, 1);
}

static bool line_key(struct line *line, const char *key)
{
    return line_add(line, ",", 1) && line_text(line, str_of(key)) && line_add(line, ":", 1);
}

static void line_field(struct line *line, const struct log_field *field)
{
    size_t before = line->n;
    bool ok = line_key(line, field->key);
    if (field->type == LOG_FIELD_INT)
        ok = ok && line_int(line, field->i);
    else
        ok = ok && line_text(line, field->s);
    if (!ok)
        line->n = before;
}

static void line_begin(struct line *line, enum log_level level, const char *event)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    struct timespec now = {0};
    struct tm utc = {0};
    (void)clock_gettime(CLOCK_REALTIME, &now); /* fails only for an unknown clock */
    (void)gmtime_r(&now.tv_sec, &utc);
    const struct {
        int number;
        size_t width;
        const char *after;
    } parts[] = {{utc.tm_year + 1900, 4, "-"},
                 {utc.tm_mon + 1, 2, "-"},
                 {utc.tm_mday, 2, "T"},
                 {utc.tm_hour, 2, ":"},
                 {utc.tm_min, 2, ":"},
                 {utc.tm_sec, 2, "."},
                 {(int)(now.tv_nsec / 1000000), 3, "Z\",\"level\":\""}};
    line->n = 0;
    (void)line_add(line, "{\"time\":\"", strlen("{\"time\":\""));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        (void)line_number(line, (uint64_t)parts[i].number, parts[i].width);
        (void)line_add(line, parts[i].after, strlen(parts[i].after));
    }
    (void)line_add(line, names[level], strlen(names[level]));
    (void)line_add(line, "\"", 1);
    line_field(line, &LOG_Z("event", event));
    if (request_n)
        line_field(line, &LOG_S("request", log_request()));
}

void log_write(enum log_level level, const char *event, const struct log_field *fields, size_t count)
{
    if ((int)level < atomic_load_explicit(&level_at_least, memory_order_relaxed))
        return;
    int saved = errno;
    struct line line __attribute__((uninitialized)); /* 4 KiB; only the bytes written here are used */
    line_begin(&line, level, event);
    for (size_t i = 0; i < count; i++)
        line_field(&line, &fields[i]);
    memcpy(line.p + line.n, TAIL, strlen(TAIL));
    line.n += strlen(TAIL);
    ssize_t written;
    do
        written = write(atomic_load(&log_fd), line.p, line.n);
    while (written < 0 && errno == EINTR);
    errno = saved; /* an error of writing the log cannot be reported anywhere */
}

void log_set_level(enum log_level level)
{
    atomic_store(&level_at_least, (int)level);
}

static bool open_file_locked(const char *path)
{
    int opened = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
    if (opened < 0)
        return false;
    if (file_fd < 0) {
        file_fd = opened;
        return true;
    }
    bool ok = dup3(opened, file_fd, O_CLOEXEC) >= 0;
    return close(opened) == 0 && ok;
}

bool log_open(const char *path)
{
    if (!path) {
        atomic_store(&log_fd, STDERR_FILENO);
        return true;
    }
    if (strlen(path) >= sizeof file_path)
        return false;
    (void)pthread_mutex_lock(&file_lock);
    bool ok = open_file_locked(path);
    if (ok) {
        memcpy(file_path, path, strlen(path) + 1);
        atomic_store(&log_fd, file_fd);
    }
    (void)pthread_mutex_unlock(&file_lock);
    return ok;
}

bool log_reopen(void)
{
    (void)pthread_mutex_lock(&file_lock);
    bool to_stderr = atomic_load(&log_fd) == STDERR_FILENO;
    bool ok = to_stderr || open_file_locked(file_path);
    (void)pthread_mutex_unlock(&file_lock);
    return ok;
}

void log_set_request(struct str request_id)
{
    request_n = request_id.n < sizeof request ? request_id.n : sizeof request;
    if (request_n)
        memcpy(request, request_id.p, request_n);
}

struct str log_request(void)
{
    return (struct str){request, request_n};
}
