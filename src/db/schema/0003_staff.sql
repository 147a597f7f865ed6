-- People of the field-service company. Nothing of them is shared with the logins of customers (table login).

-- name is the e-mail address trimmed and case-folded, what they log in with. No password_hash: the one-time link was not used yet.
-- totp_secret is base32, NULL without a second factor; totp_step is the last time step whose code was used, so that none is used twice.
CREATE TABLE staff (
    id {{id}},
    email TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('handler', 'administrator')),
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    password_hash TEXT,
    password_set BIGINT,
    totp_secret TEXT,
    totp_step BIGINT NOT NULL DEFAULT 0,
    language TEXT CHECK (language IN ('sv', 'en')),
    created BIGINT NOT NULL,
    last_login BIGINT
);

-- second is 1 when the second factor was given, or is not asked of this user; proven is when the user last proved who he is.
CREATE TABLE staff_session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    created BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    proven BIGINT NOT NULL,
    second BIGINT NOT NULL CHECK (second IN (0, 1))
);
CREATE INDEX staff_session_staff ON staff_session (staff_id);
CREATE INDEX staff_session_last_seen ON staff_session (last_seen);

-- One-time links to choose a password.
CREATE TABLE staff_token (
    token_hash TEXT NOT NULL PRIMARY KEY,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    expires BIGINT NOT NULL
);
CREATE INDEX staff_token_staff ON staff_token (staff_id);
CREATE INDEX staff_token_expires ON staff_token (expires);

-- What stands in for a lost second factor, each once.
CREATE TABLE staff_recovery_code (
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    code_hash TEXT NOT NULL,
    PRIMARY KEY (staff_id, code_hash)
);

-- What people did, for ever. who is as they were called then; subject is what it was done to, such as a user or a number.
CREATE TABLE audit (
    id {{id}},
    at BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('staff', 'login', 'system')),
    who_id BIGINT,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    client TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at, id);

-- only sqlite
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is kept as it is');
END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is kept as it is');
END;
-- only postgresql
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE EXCEPTION ''the audit is kept as it is''; END';
CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
-- both

-- Work on cases. version moves with every change by staff: whoever changes what he saw an older version of is shown what changed.
ALTER TABLE cases ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
CREATE INDEX cases_open ON cases (created, id) WHERE status < 2;

-- Who changed what of a case; before and after as people read them in Swedish.
CREATE TABLE case_change (
    id {{id}},
    case_id BIGINT NOT NULL REFERENCES cases (id),
    at BIGINT NOT NULL,
    staff_id BIGINT REFERENCES staff (id),
    who TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
CREATE INDEX case_change_case ON case_change (case_id, id);

-- Notes among staff. No address of customers reads this table.
CREATE TABLE case_note (
    id {{id}},
    case_id BIGINT NOT NULL REFERENCES cases (id),
    at BIGINT NOT NULL,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    who TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX case_note_case ON case_note (case_id, id);

-- Who of the staff set the password of a customer's or an object's login; empty: an import, or its user.
ALTER TABLE login ADD COLUMN set_by TEXT NOT NULL DEFAULT '';
