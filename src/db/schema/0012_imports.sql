-- Imports in the staff area. A run goes from `uploaded` by way of `checking` to `checked`, `refused` or, when somebody must say what a file
-- is, `choosing`; `queued` and `running` lead to `done` or `refused`, `undo` and `undoing` to `undone` or back to `done`. `failed`: it could not be
-- done, `message` says why; `discarded`: nobody wanted it. Only the worker leaves the states whose names end with -ing, and `uploaded`, `queued`, `undo`.
CREATE TABLE import_run (
    id {{id}},
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    who TEXT NOT NULL,
    created BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('uploaded', 'choosing', 'checking', 'checked', 'refused', 'queued', 'running', 'done', 'undo',
        'undoing', 'undone', 'failed', 'discarded')),
    message TEXT NOT NULL DEFAULT '',
    problem_total BIGINT NOT NULL DEFAULT 0,
    logins_removed BIGINT NOT NULL DEFAULT 0,
    mails BIGINT NOT NULL DEFAULT 0,
    checked BIGINT,
    started BIGINT,
    started_by TEXT NOT NULL DEFAULT '',
    finished BIGINT,
    undone BIGINT,
    undone_by TEXT NOT NULL DEFAULT ''
);
CREATE INDEX import_run_state ON import_run (state, id);
CREATE INDEX import_run_created ON import_run (created);

-- One table of rows each: a CSV file, or a sheet of a workbook. stored is its name in DATA/imports, empty when it is removed. file is which
-- of the files of an import it is, empty while nobody knows; `-`: it is left out.
CREATE TABLE import_file (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    sheet TEXT NOT NULL DEFAULT '',
    stored TEXT NOT NULL,
    size BIGINT NOT NULL,
    file TEXT NOT NULL DEFAULT '',
    added BIGINT NOT NULL DEFAULT 0,
    changed BIGINT NOT NULL DEFAULT 0,
    unchanged BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (run_id, position)
);
CREATE INDEX import_file_stored ON import_file (stored);

CREATE TABLE import_problem (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    position BIGINT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
);

-- What the dry run would do to the first rows. file is the position of an import_file; field is empty for a new row.
CREATE TABLE import_sample (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    position BIGINT NOT NULL,
    file BIGINT NOT NULL,
    line BIGINT NOT NULL,
    key TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
);
