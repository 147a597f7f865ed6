/*
 * The output functions that compiled templates call: one for each place in HTML, chosen by the type of the value. A
 * value of any other type does not compile. Only generated code uses this; see docs/templates.md.
 */
#pragma once

#include "view/view.h"

#include <string.h>

/* Writes a template's own text. It is inline because n is constant there and most of a page is written with it. */
static inline void view_static(struct buf *out, const char *text, size_t n)
{
    if (out->cap - out->n <= n) {
        buf_add(out, text, n);
        return;
    }
    memcpy(out->p + out->n, text, n);
    out->n += n;
    out->p[out->n] = '\0';
}

/* Between tags. */
#define view_out_text(out, value)                                                                                      \
    _Generic((value), struct html                                                                                      \
             : view_html, struct written                                                                               \
             : view_written, VIEW_TEXT_TYPES, VIEW_NUMBER_TYPES)((out), (value))
/* In a quoted attribute that is not an address. */
#define view_out_attr(out, value) _Generic((value), VIEW_TEXT_TYPES, VIEW_NUMBER_TYPES)((out), (value))
/* At the beginning of an attribute that is an address. */
#define view_out_url(out, value)                                                                                       \
    _Generic((value), struct str: view_url, const char *: view_url_z, char *: view_url_z,                              \
             struct view_path: view_url_path)((out), (value))
/* Within such an attribute, after a literal beginning. */
#define view_out_url_part(out, value)                                                                                  \
    _Generic((value), struct str: view_url_part, const char *: view_url_part_z, char *: view_url_part_z,               \
             struct view_path: view_url_rest, VIEW_NUMBER_TYPES)((out), (value))

#define VIEW_TEXT_TYPES struct str : buf_html, const char * : view_text_z, char * : view_text_z
#define VIEW_NUMBER_TYPES                                                                                              \
    signed char : buf_int,                                                                                             \
                  short : buf_int,                                                                                     \
                          unsigned short : buf_int,                                                                    \
                                           int : buf_int,                                                              \
                                                 unsigned : buf_int,                                                   \
                                                            long : buf_int,                                            \
                                                                   long long : buf_int,                                \
                                                                               unsigned long : view_unsigned,          \
                                                                                               unsigned long long      \
        : view_unsigned

void view_text_z(struct buf *out, const char *z);
void view_html(struct buf *out, struct html html);
void view_written(struct buf *out, struct written value);
void view_unsigned(struct buf *out, uint64_t value);
void view_url(struct buf *out, struct str url);
void view_url_z(struct buf *out, const char *url);
void view_url_path(struct buf *out, struct view_path path);
void view_url_rest(struct buf *out, struct view_path path);
void view_url_part_z(struct buf *out, const char *part);
void view_url_part(struct buf *out, struct str part);
