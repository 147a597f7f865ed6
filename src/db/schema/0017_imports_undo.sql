-- What an import in the staff area did, so that it can be undone: rows as they were (moment 0) and as it left them (moment 1). A row that has no
-- moment 0 is new; touched: only what follows from other rows is the run's. number is what the row is called. c0… are its values as text, in the order of the columns of its file that are stored in
-- the row itself, then those of exchange/undo.h; import_run.layout says which that was. Kept for a while, then removed.
CREATE TABLE import_image (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    file TEXT NOT NULL,
    moment BIGINT NOT NULL CHECK (moment IN (0, 1)),
    row_id BIGINT NOT NULL,
    touched BIGINT NOT NULL CHECK (touched IN (0, 1)),
    number TEXT NOT NULL,
    c0 TEXT, c1 TEXT, c2 TEXT, c3 TEXT, c4 TEXT, c5 TEXT, c6 TEXT, c7 TEXT, c8 TEXT, c9 TEXT, c10 TEXT, c11 TEXT,
    c12 TEXT, c13 TEXT, c14 TEXT, c15 TEXT, c16 TEXT, c17 TEXT, c18 TEXT, c19 TEXT, c20 TEXT, c21 TEXT, c22 TEXT, c23 TEXT,
    PRIMARY KEY (run_id, file, moment, row_id)
);

-- Rows of the tables of links (part is the table, key the other end) and extra fields of cases (key and value), and what lost its login (part
-- is the table with the column, owner its row, value the login).
CREATE TABLE import_part (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    part TEXT NOT NULL,
    moment BIGINT NOT NULL CHECK (moment IN (0, 1)),
    owner BIGINT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run_id, part, moment, owner, key)
);

CREATE TABLE import_login (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    kind TEXT NOT NULL,
    moment BIGINT NOT NULL CHECK (moment IN (0, 1)),
    owner_id BIGINT NOT NULL,
    login_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT,
    password_set BIGINT,
    last_login BIGINT,
    set_by TEXT NOT NULL,
    blocked BIGINT NOT NULL,
    PRIMARY KEY (run_id, kind, moment, owner_id)
);

-- Empty: the run cannot be undone (any more).
ALTER TABLE import_run ADD COLUMN layout TEXT NOT NULL DEFAULT '';
