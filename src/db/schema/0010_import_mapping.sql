-- How the columns of a file of another system become those of a file of an import, as the text of a mapping
-- (docs/import.md).
ALTER TABLE import_file ADD COLUMN mapping TEXT NOT NULL DEFAULT '';
-- 1: contents of a kind that is not stored are left out, with their rows.
ALTER TABLE import_run ADD COLUMN leave_out BIGINT NOT NULL DEFAULT 0;

-- Mistakes of one column and kind: how many, the first wrong value, and the first lines, separated by blanks.
CREATE TABLE import_group (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    position BIGINT NOT NULL,
    file BIGINT NOT NULL,
    field TEXT NOT NULL,
    what TEXT NOT NULL,
    found TEXT NOT NULL,
    count BIGINT NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
);

-- What a check found out or asks. kind: word (text is one that means nothing in field; options is where its meaning
-- would be kept), dates (text is a date of a column, options the orders in which the column can be read, answer what
-- the first is read as), contents (files of a kind that is not stored).
CREATE TABLE import_question (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('word', 'dates', 'contents')),
    file BIGINT NOT NULL,
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    options TEXT NOT NULL,
    answer TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (run_id, position)
);

-- What words of other systems mean: in field, a picklist or `cases.status`, a folded word is a key or code.
CREATE TABLE import_word (
    field TEXT NOT NULL,
    word TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (field, word)
);

-- The last mapping for a file with these headings (a digest), to be proposed again.
CREATE TABLE import_mapping (
    headings TEXT NOT NULL PRIMARY KEY,
    file TEXT NOT NULL,
    mapping TEXT NOT NULL,
    used BIGINT NOT NULL
);
