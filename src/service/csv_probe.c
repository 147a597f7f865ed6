#include "service/csv_probe.h"

#include "service/csv_guess.h"

#include <string.h>

#define CHUNK 65536
#define BYTE_ORDER_MARK STR("\xEF\xBB\xBF")
#define CTRL_Z 0x1A
/* The lines among which the delimiter is looked for. */
#define LINES 20

static const char DELIMITERS[] = {';', '\t', ','};
#define DELIMITER_COUNT sizeof DELIMITERS

struct scan {
    struct csv_probe *probe;
    struct csv_guess guess;
    int64_t at;     /* bytes read */
    int64_t ctrl_z; /* where the Ctrl-Z stands after which nothing comes; -1: nowhere */
    /* How often each delimiter stands outside quotation marks on the first lines that are not empty. */
    size_t counts[LINES][DELIMITER_COUNT], lines;
    bool begun, quoted;
    unsigned char last;
};

/* --- marks at the beginning --------------------------------------------------------------------------------------- */

/* Finds what `sep=;` says; returns the length of the line with its end, 0: there is no such line. */
static size_t probe_separator(struct str head, char *delimiter)
{
    bool quoted = str_starts(head, STR("\""));
    size_t at = quoted + sizeof "sep=" - 1;
    if (head.n < at + 2 || !str_eq_nocase(str_slice(head, quoted, at), STR("sep=")) || strchr("\"\r\n", head.p[at]))
        return 0;
    *delimiter = head.p[at];
    while (at < head.n && head.p[at] == *delimiter)
        at++;
    if (quoted && at < head.n && head.p[at] == '"')
        at++;
    size_t end = at;
    end += end < head.n && head.p[end] == '\r';
    end += end < head.n && head.p[end] == '\n';
    return end > at ? end : 0;
}

/* Returns where the text begins. */
static size_t probe_marks(struct scan *scan, struct str head)
{
    size_t at = 0;
    while (str_starts(str_slice(head, at, head.n), BYTE_ORDER_MARK))
        at += BYTE_ORDER_MARK.n;
    scan->guess.bom = at > 0;
    char delimiter = 0;
    size_t line = probe_separator(str_slice(head, at, head.n), &delimiter);
    if (line) {
        scan->probe->delimiter = delimiter;
        scan->guess.line++;
        at += line;
        if (str_starts(str_slice(head, at, head.n), BYTE_ORDER_MARK))
            at += BYTE_ORDER_MARK.n;
    }
    scan->probe->start = (int64_t)at;
    scan->probe->first_line = scan->guess.line;
    return at;
}

/* --- the delimiter ------------------------------------------------------------------------------------------------ */

static void scan_line(struct scan *scan, unsigned char c)
{
    if ((c == '\n' || c == '\r') && !scan->quoted) {
        scan->lines += scan->begun;
        scan->begun = false;
        return;
    }
    bool opens = !scan->begun || scan->last == '"' || memchr(DELIMITERS, scan->last, DELIMITER_COUNT);
    scan->begun = true;
    if (c == '"' && (scan->quoted || opens))
        scan->quoted = !scan->quoted;
    for (size_t i = 0; i < DELIMITER_COUNT && !scan->quoted; i++)
        scan->counts[scan->lines][i] += c == (unsigned char)DELIMITERS[i];
}

/* Returns which delimiter a line has most of, DELIMITER_COUNT when it has no delimiter. */
static size_t scan_most(const struct scan *scan, size_t line)
{
    size_t most = DELIMITER_COUNT, count = 0;
    for (size_t i = 0; i < DELIMITER_COUNT; i++) {
        if (scan->counts[line][i] > count) {
            most = i;
            count = scan->counts[line][i];
        }
    }
    return most;
}

/*
 * The delimiter is what the header has most of. A title above the header may have commas: it is passed over when the
 * next line has no delimiter of that kind, but another.
 */
static char scan_delimiter(const struct scan *scan)
{
    for (size_t i = 0; i < scan->lines; i++) {
        size_t most = scan_most(scan, i);
        bool last = i + 1 == scan->lines;
        if (most < DELIMITER_COUNT && (last || scan->counts[i + 1][most] || scan_most(scan, i + 1) == DELIMITER_COUNT))
            return DELIMITERS[most];
    }
    return ',';
}

/* --- the whole file ----------------------------------------------------------------------------------------------- */

static void scan_byte(struct scan *scan, unsigned char c)
{
    if (c == CTRL_Z && scan->ctrl_z < 0)
        scan->ctrl_z = scan->at;
    else if (c != CTRL_Z && c != '\r' && c != '\n')
        scan->ctrl_z = -1;
    csv_guess_byte(&scan->guess, c);
    if (scan->lines < LINES)
        scan_line(scan, c);
    scan->last = c;
    scan->at++;
}

static bool probe_conclude(struct scan *scan, struct csv_fault *fault)
{
    struct csv_probe *probe = scan->probe;
    probe->size = scan->at;
    probe->end = scan->ctrl_z < 0 ? scan->at : scan->ctrl_z;
    if (scan->lines < LINES)
        scan->lines += scan->begun;
    if (!probe->delimiter)
        probe->delimiter = scan_delimiter(scan);
    return csv_guess_conclude(&scan->guess, &probe->encoding, fault);
}

static bool is_utf16(struct str head)
{
    return str_starts(head, STR("\xFF\xFE")) || str_starts(head, STR("\xFE\xFF"));
}

bool csv_probe(FILE *file, const struct csv_options *options, struct csv_probe *probe, struct csv_fault *fault)
{
    char chunk[CHUNK];
    struct scan scan = {.probe = probe, .guess = {.said = options->encoding, .line = 1}, .ctrl_z = -1};
    *probe = (struct csv_probe){.first_line = 1};
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, file)) > 0;) {
        struct str head = {chunk, n};
        size_t from = 0;
        if (!scan.at && is_utf16(head) && options->encoding == CSV_ANY) {
            *fault = (struct csv_fault){1, "the file is UTF-16; save it as UTF-8"};
            return false;
        }
        if (!scan.at)
            scan.at = (int64_t)(from = probe_marks(&scan, head));
        for (; from < n; from++)
            scan_byte(&scan, (unsigned char)chunk[from]);
    }
    if (options->delimiter)
        probe->delimiter = options->delimiter;
    if (!ferror(file))
        return probe_conclude(&scan, fault);
    *fault = (struct csv_fault){scan.guess.line, "the file cannot be read"};
    return false;
}
