-- What administrators configured in the browser. A version is the text of all settings of the portal; the newest counts.

-- number goes up by one with each, so that of two who publish on top of the same version one is refused. staff_id is NULL when
-- the user is gone; who is as he was called.
CREATE TABLE config_version (
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    staff_id BIGINT REFERENCES staff (id),
    who TEXT NOT NULL,
    note TEXT NOT NULL,
    text TEXT NOT NULL
);

-- What one administrator is about to publish. base is the version it began from, 0: none.
CREATE TABLE config_draft (
    staff_id BIGINT NOT NULL PRIMARY KEY REFERENCES staff (id),
    base BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    text TEXT NOT NULL
);

-- Whether cases hold values of an extra field that is taken out of the form.
CREATE INDEX case_extra_key ON case_extra (key);
