#include "service/csv_probe.h"

#include <string.h>

#define CHUNK 65536

/* The code points of Windows-1252 from 0x80 to 0x9F; 0: undefined. From 0xA0 on a byte is its code point. */
static const unsigned short specials[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

void csv_windows_1252(struct buf *out, unsigned char byte)
{
    unsigned code = byte < 0xA0 ? specials[byte - 0x80] : byte;
    if (code >= 0x800)
        buf_char(out, (char)(0xE0 | code >> 12));
    if (code)
        buf_char(out, (char)(code >= 0x800 ? 0x80 | (code >> 6 & 0x3F) : 0xC0 | code >> 6));
    if (code)
        buf_char(out, (char)(0x80 | (code & 0x3F)));
}

struct scan {
    struct csv_probe *probe;
    int64_t line;
    unsigned char last;
    /* UTF-8: how many bytes must follow, and the bounds of the next */
    int following;
    unsigned char low, high;
    int64_t bad_utf8, bad_1252, nul; /* the first line with such a byte; 0: no line */
    /* The header: the text outside quotation marks on the first line that is not empty. */
    bool header_begun, header_ended, quoted;
    size_t commas, semicolons, tabs;
};

static void csv_probe_note(int64_t *where, int64_t line)
{
    if (!*where)
        *where = line;
}

static void scan_lead(struct scan *scan, unsigned char c)
{
    scan->low = 0x80;
    scan->high = 0xBF;
    if (c >= 0xC2 && c <= 0xDF)
        scan->following = 1;
    else if (c >= 0xE0 && c <= 0xEF)
        scan->following = 2;
    else if (c >= 0xF0 && c <= 0xF4)
        scan->following = 3;
    else if (c >= 0x80)
        csv_probe_note(&scan->bad_utf8, scan->line);
    if (c == 0xE0)
        scan->low = 0xA0;
    if (c == 0xED)
        scan->high = 0x9F;
    if (c == 0xF0)
        scan->low = 0x90;
    if (c == 0xF4)
        scan->high = 0x8F;
}

static void scan_encoding(struct scan *scan, unsigned char c)
{
    if (c >= 0x80 && c < 0xA0 && !specials[c - 0x80])
        csv_probe_note(&scan->bad_1252, scan->line);
    if (!scan->following) {
        scan_lead(scan, c);
        return;
    }
    if (c < scan->low || c > scan->high) {
        csv_probe_note(&scan->bad_utf8, scan->line);
        scan->following = 0;
        return;
    }
    scan->following--;
    scan->low = 0x80;
    scan->high = 0xBF;
}

static void scan_header(struct scan *scan, unsigned char c)
{
    bool line_end = (c == '\n' || c == '\r') && !scan->quoted;
    if (line_end) {
        scan->header_ended = scan->header_begun;
        return;
    }
    scan->header_begun = true;
    if (c == '"')
        scan->quoted = !scan->quoted;
    if (scan->quoted)
        return;
    scan->commas += c == ',';
    scan->semicolons += c == ';';
    scan->tabs += c == '\t';
}

static void scan_byte(struct scan *scan, unsigned char c)
{
    if (c == '\n' ? scan->last != '\r' : c == '\r')
        scan->line++;
    if (!c)
        csv_probe_note(&scan->nul, scan->line);
    scan_encoding(scan, c);
    if (!scan->header_ended)
        scan_header(scan, c);
    scan->last = c;
}

static bool csv_probe_conclude(struct scan *scan, struct csv_fault *fault)
{
    struct csv_probe *probe = scan->probe;
    probe->delimiter = ',';
    if (scan->semicolons > scan->commas && scan->semicolons >= scan->tabs)
        probe->delimiter = ';';
    else if (scan->tabs > scan->commas)
        probe->delimiter = '\t';
    if (scan->following)
        csv_probe_note(&scan->bad_utf8, scan->line);
    probe->windows_1252 = scan->bad_utf8 != 0;
    if (scan->nul) {
        *fault = (struct csv_fault){scan->nul, "a NUL byte: this is not a text file in UTF-8 or Windows-1252"};
        return false;
    }
    if (scan->bad_utf8 && probe->bom) {
        *fault = (struct csv_fault){scan->bad_utf8, "the file says that it is UTF-8, but this line is not"};
        return false;
    }
    if (scan->bad_utf8 && scan->bad_1252) {
        *fault = (struct csv_fault){scan->bad_1252, "this line is neither UTF-8 nor Windows-1252"};
        return false;
    }
    return true;
}

static bool is_utf16(const unsigned char *head, size_t n)
{
    return n >= 2 && ((head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF));
}

bool csv_probe(FILE *file, struct csv_probe *probe, struct csv_fault *fault)
{
    unsigned char chunk[CHUNK];
    struct scan scan = {.probe = probe, .line = 1};
    *probe = (struct csv_probe){0};
    size_t n;
    while ((n = fread(chunk, 1, sizeof chunk, file)) > 0) {
        size_t i = 0;
        if (!probe->size && is_utf16(chunk, n)) {
            *fault = (struct csv_fault){1, "the file is UTF-16; save it as UTF-8"};
            return false;
        }
        if (!probe->size && n >= 3 && memcmp(chunk, "\xEF\xBB\xBF", 3) == 0) {
            probe->bom = true;
            i = 3;
        }
        probe->size += (int64_t)n;
        for (; i < n; i++)
            scan_byte(&scan, chunk[i]);
    }
    if (ferror(file)) {
        *fault = (struct csv_fault){scan.line, "the file cannot be read"};
        return false;
    }
    return csv_probe_conclude(&scan, fault);
}
