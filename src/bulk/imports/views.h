/* The data for the templates of this folder. */
#pragma once

#include "bulk/imports/runs.h"
#include "view/view.h"

struct import_sample_view {
    int64_t file, line;
    struct str key;
    struct str field; /* empty: the row is new */
    struct str before, after;
};

struct import_samples_view {
    struct str file, summary;
    const struct import_sample_view *rows;
    size_t row_count;
};

/* Where one column of an import comes from. */
struct columns_row {
    struct str name;
    struct field from, split, fixed;
};

struct columns_view {
    struct str run_path, path, title, file, text; /* text: the mapping as a file */
    bool csv, makes, makes_objects;
    struct field encoding, customers, objects;
    const struct columns_row *rows;
    size_t row_count;
};

struct import_view {
    struct run run;
    struct str number, path, state_url;
    struct str state, told; /* the state in one word, and a sentence that explains it */
    const char *kind;       /* the kind of the message */
    bool moves;             /* the state changes by itself, so the page asks again */
    bool counted;           /* the files have their counts */
    bool shows_progress, can_run, can_discard, chooses, can_undo, was_imported;
    struct str undo_until;
    int64_t percent;
    struct str doing;
    int64_t waits_for; /* the import that runs before this one; 0: does not wait */
    struct run_file *files;
    size_t file_count;
    const struct field *choices; /* one for each file */
    const struct str *problems;
    size_t problem_count;
    struct str problem_title, problems_url;
    const struct run_group *groups;
    size_t group_count;
    const struct field *questions; /* what words mean, in which order dates are */
    size_t question_count;
    const struct str *dates; /* how dates are read */
    size_t date_count;
    bool can_answer, can_map;
    const struct import_samples_view *samples;
    size_t sample_count;
};
