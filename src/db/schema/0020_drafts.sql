-- An owner has a draft for each form: about is empty for a new case, `case 17` for a message on the case with that id.
CREATE TABLE draft_new (
    owner TEXT NOT NULL,
    about TEXT NOT NULL DEFAULT '',
    form TEXT NOT NULL,
    updated BIGINT NOT NULL,
    PRIMARY KEY (owner, about)
);
INSERT INTO draft_new (owner, form, updated) SELECT owner, form, updated FROM draft;
DROP TABLE draft;
ALTER TABLE draft_new RENAME TO draft;
CREATE INDEX draft_updated ON draft (updated);
