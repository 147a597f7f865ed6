/*
 * The structured log: one JSON object per line on stderr (or in the log file), with the time, level, event and the
 * request id of the thread. No personal data and no secrets: log ids, counts and kinds, never names, addresses, titles
 * or passwords. Thread-safe; each line is one write(2).
 */
#pragma once

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
    const char *key;
    enum { LOG_FIELD_STR, LOG_FIELD_INT } type;
    struct str s;
    int64_t i;
};

#define LOG_S(key_, value_) ((struct log_field){.key = (key_), .type = LOG_FIELD_STR, .s = (value_)})
#define LOG_Z(key_, value_) ((struct log_field){.key = (key_), .type = LOG_FIELD_STR, .s = str_of(value_)})
#define LOG_I(key_, value_) ((struct log_field){.key = (key_), .type = LOG_FIELD_INT, .i = (int64_t)(value_)})

/* Example: log_event(LOG_INFO, "mail_sent", LOG_I("id", 7), LOG_Z("kind", "verify")); needs at least one field. */
#define log_event(level, event, ...)                                                                                   \
    log_write((level), (event), (const struct log_field[]){__VA_ARGS__},                                               \
              sizeof((const struct log_field[]){__VA_ARGS__}) / sizeof(struct log_field))
void log_write(enum log_level level, const char *event, const struct log_field *fields, size_t count);

void log_set_level(enum log_level level);
/*
 * log_open sends all further lines to a file, or to stderr for NULL. log_reopen opens the same path again (SIGHUP after
 * rotation).
 */
bool log_open(const char *path);
bool log_reopen(void);
/* Sets the request id that the lines of this thread carry; empty: no id. Copies at most 32 bytes. */
void log_set_request(struct str request_id);
struct str log_request(void);
