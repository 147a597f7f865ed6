/* The data for the templates of this folder. */
#pragma once

#include "view/view.h"

struct import_row_view {
    struct str number, url, created, who, files, added, changed, state;
    const char *tone; /* the TONE of the class status--TONE */
};

struct imports_view {
    struct field files;
    int64_t max_bytes;
    struct str kept; /* says how long files are kept */
    const struct import_row_view *rows;
    size_t row_count;
    struct str first_url, next_url;
};

struct import_file_view {
    struct str name, sheet, file, size, added, changed, unchanged;
    bool counted, left_out;
};

struct import_sample_view {
    struct str line, key, field, before, after;
    bool first; /* the first line of its row */
    bool added;
    int64_t span; /* number of table lines that the row takes */
};

struct import_samples_view {
    struct str file, summary;
    const struct import_sample_view *rows;
    size_t row_count;
};

struct import_choice_view {
    struct field field;
};

struct import_view {
    struct str number, path, state_url;
    struct str state, told; /* the state in one word, and a sentence that explains it */
    const char *kind;       /* the kind of the message */
    bool moves;             /* the state changes by itself, so the page asks again */
    bool shows_progress, can_run, can_discard, chooses, can_undo, was_imported;
    struct str undo_until;
    int64_t percent;
    struct str doing;
    struct str waits_number, waits_url;
    struct str created, who, checked, started, started_by, finished, undone, undone_by;
    struct str removed_logins, mails;
    const struct import_file_view *files;
    size_t file_count;
    const struct str *problems;
    size_t problem_count;
    struct str problem_title, problems_url;
    const struct import_samples_view *samples;
    size_t sample_count;
    const struct field *choices;
    size_t choice_count;
};
