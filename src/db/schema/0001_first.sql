-- The first schema. Numbers are BIGINT, booleans 0 or 1, instants microseconds since 1970 in UTC, dates YYYY-MM-DD,
-- decimals millionths, money öre. `{{id}}` is the engine's generated key. Text sorts by bytes unless an index names
-- "sv-natural": that order has `Lgh 2` before `Lgh 10` and å ä ö last. SQLite gets the collation from the program.
-- only postgresql
CREATE COLLATION IF NOT EXISTS "sv-natural" (provider = icu, locale = 'sv-u-kn-true');
-- both

-- === The installation ================================================================================================

-- Values that the program makes once, such as its secret.
CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Moves with every committed change of cases, registers and links: a cached count is valid for one value of it.
CREATE TABLE generation (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO generation (name, value) VALUES ('cases', 1);

-- === Registers =======================================================================================================

-- Items are shown by position, and where that is the same by label. list is one of `picklists` in src/model/codes.c.
CREATE TABLE picklist_item (
    id {{id}},
    list TEXT NOT NULL,
    key TEXT NOT NULL,
    label_sv TEXT NOT NULL,
    label_en TEXT NOT NULL DEFAULT '',
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    position BIGINT NOT NULL DEFAULT 0,
    UNIQUE (list, key)
);

CREATE TABLE customer (
    id {{id}},
    number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    street TEXT NOT NULL DEFAULT '',
    postal_code TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
);
CREATE INDEX customer_number ON customer (number COLLATE "sv-natural");
CREATE INDEX customer_name ON customer (name COLLATE "sv-natural", id);
-- Words that many names have fill a page of the search of staff early, the active ones first. The same for objects and
-- contacts.
CREATE INDEX customer_listed ON customer (active DESC, number COLLATE "sv-natural");

CREATE TABLE object (
    id {{id}},
    number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    customer_id BIGINT REFERENCES customer (id),
    parent_id BIGINT REFERENCES object (id),
    group_id BIGINT REFERENCES picklist_item (id),
    street TEXT NOT NULL DEFAULT '',
    postal_code TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
);
CREATE INDEX object_parent ON object (parent_id);
CREATE INDEX object_number ON object (number COLLATE "sv-natural");
CREATE INDEX object_name ON object (name COLLATE "sv-natural", id);
CREATE INDEX object_listed ON object (active DESC, number COLLATE "sv-natural");
-- The objects of a customer, and those that lie in an object: a page of them is a range, however many there are.
CREATE INDEX object_customer ON object (customer_id, number COLLATE "sv-natural");
CREATE INDEX object_children ON object (parent_id, number COLLATE "sv-natural");

-- mails_off: the mails about cases that the contact does not get, as bits of `enum notice_kind`; the contact or staff
-- chose.
CREATE TABLE contact (
    id {{id}},
    number TEXT NOT NULL UNIQUE,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL DEFAULT '',
    email_2 TEXT NOT NULL DEFAULT '',
    email_3 TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    mobile TEXT NOT NULL DEFAULT '',
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    mails_off BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX contact_number ON contact (number COLLATE "sv-natural");
CREATE INDEX contact_name ON contact (last_name COLLATE "sv-natural", first_name COLLATE "sv-natural", id);
CREATE INDEX contact_listed ON contact (active DESC, number COLLATE "sv-natural");

-- Derived from contact.email*: trimmed and case-folded addresses. Accounts are matched nowhere else (domain 3.1).
CREATE TABLE contact_address (
    address TEXT NOT NULL,
    contact_id BIGINT NOT NULL REFERENCES contact (id),
    PRIMARY KEY (address, contact_id)
);
CREATE INDEX contact_address_contact ON contact_address (contact_id);

CREATE TABLE contact_customer (
    contact_id BIGINT NOT NULL REFERENCES contact (id),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    PRIMARY KEY (contact_id, customer_id)
);
CREATE INDEX contact_customer_customer ON contact_customer (customer_id);

CREATE TABLE contact_object (
    contact_id BIGINT NOT NULL REFERENCES contact (id),
    object_id BIGINT NOT NULL REFERENCES object (id),
    PRIMARY KEY (contact_id, object_id)
);
CREATE INDEX contact_object_object ON contact_object (object_id);

CREATE TABLE article (
    id {{id}},
    number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    article_type TEXT NOT NULL CHECK (article_type IN ('material', 'travel', 'time', 'purchase', 'other')),
    unit TEXT NOT NULL DEFAULT '',
    unit_price BIGINT,
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
);
CREATE INDEX article_number ON article (number COLLATE "sv-natural");
CREATE INDEX article_name ON article (name COLLATE "sv-natural", id);

-- === Logins of customers =============================================================================================

-- A user account of a contact login (domain 3.1). The address links only when it is verified. language is NULL until
-- somebody chooses: then the browser's counts. mails_off as of contacts.
CREATE TABLE account (
    id {{id}},
    email TEXT NOT NULL,
    verified BIGINT NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
    language TEXT CHECK (language IN ('sv', 'en')),
    created BIGINT NOT NULL,
    mails_off BIGINT NOT NULL DEFAULT 0
);

-- Everything that can log in through the one form: names are unique across the three kinds. owner_id is an account, a
-- customer or an object by kind. name is trimmed and case-folded. Without password_hash nobody can log in yet. set_by:
-- who of the staff set the password of a customer or object; empty: an import, or the user. A blocked login can neither
-- log in nor go on, and keeps everything it had.
CREATE TABLE login (
    id {{id}},
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('contact', 'customer', 'object')),
    owner_id BIGINT NOT NULL,
    password_hash TEXT,
    password_set BIGINT,
    last_login BIGINT,
    set_by TEXT NOT NULL DEFAULT '',
    blocked BIGINT NOT NULL DEFAULT 0 CHECK (blocked IN (0, 1)),
    UNIQUE (kind, owner_id)
);

-- token_hash is the digest of the cookie. A session that ran out stays for a while, so that a form sent with it can be
-- kept.
CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    login_id BIGINT NOT NULL REFERENCES login (id),
    created BIGINT NOT NULL,
    last_seen BIGINT NOT NULL
);
CREATE INDEX session_login ON session (login_id);
CREATE INDEX session_last_seen ON session (last_seen);

-- One-time links by mail. Only the digest is stored.
CREATE TABLE mail_token (
    token_hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('verify', 'reset')),
    login_id BIGINT NOT NULL REFERENCES login (id),
    pending_hash TEXT,
    expires BIGINT NOT NULL
);
CREATE INDEX mail_token_login ON mail_token (login_id);
CREATE INDEX mail_token_expires ON mail_token (expires);

-- Browsers that have logged in to a login before: guesses from elsewhere do not hold them up.
CREATE TABLE known_device (
    token_hash TEXT NOT NULL,
    login_id BIGINT NOT NULL REFERENCES login (id),
    seen BIGINT NOT NULL,
    PRIMARY KEY (token_hash, login_id)
);
CREATE INDEX known_device_login ON known_device (login_id, seen);

-- === Staff ===========================================================================================================

-- People of the field-service company; they share nothing with the logins of customers. name is the e-mail address
-- trimmed and case-folded, which they log in with. Without password_hash the one-time link was not used yet.
-- totp_secret is base32, NULL without a second factor; totp_step is the last time step whose code was used, so that
-- none is used twice. mail_messages: mailed when a customer writes about a case where nothing waits yet.
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
    last_login BIGINT,
    mail_new_cases BIGINT NOT NULL DEFAULT 0 CHECK (mail_new_cases IN (0, 1)),
    mail_messages BIGINT NOT NULL DEFAULT 0 CHECK (mail_messages IN (0, 1))
);

-- second is 1 when the second factor was given, or is not asked of this user; proven is when the user last gave
-- password and second factor.
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

-- Codes that stand in for a lost second factor, each once.
CREATE TABLE staff_recovery_code (
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    code_hash TEXT NOT NULL,
    PRIMARY KEY (staff_id, code_hash)
);

-- How a staff user wants a list: the chosen columns, and the last search. Empty: as it is for everybody.
CREATE TABLE staff_list (
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    list TEXT NOT NULL,
    columns TEXT NOT NULL,
    query TEXT NOT NULL,
    PRIMARY KEY (staff_id, list)
);

-- Staff who look at the portal as one of its logins. It ends with the session of staff in which it began, and never
-- later than `ends`.
CREATE TABLE view_as (
    token_hash TEXT NOT NULL PRIMARY KEY,
    staff_session TEXT NOT NULL UNIQUE,
    login_id BIGINT NOT NULL REFERENCES login (id),
    ends BIGINT NOT NULL
);
CREATE INDEX view_as_ends ON view_as (ends);
CREATE INDEX view_as_login ON view_as (login_id);

-- === Cases ===========================================================================================================

-- status: 0 not_started, 1 started, 2 finished. version moves with every change by staff, so that a form that shows an
-- older version is told what changed.
CREATE TABLE cases (
    id {{id}},
    number TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    type_id BIGINT REFERENCES picklist_item (id),
    priority_id BIGINT REFERENCES picklist_item (id),
    status BIGINT NOT NULL DEFAULT 0 CHECK (status IN (0, 1, 2)),
    customer_id BIGINT REFERENCES customer (id),
    object_id BIGINT REFERENCES object (id),
    primary_contact_id BIGINT REFERENCES contact (id),
    your_reference TEXT NOT NULL DEFAULT '',
    reporter TEXT NOT NULL DEFAULT '',
    reporter_phone TEXT NOT NULL DEFAULT '',
    site_street TEXT NOT NULL DEFAULT '',
    site_postal_code TEXT NOT NULL DEFAULT '',
    site_city TEXT NOT NULL DEFAULT '',
    created BIGINT NOT NULL,
    started BIGINT,
    finished BIGINT,
    created_by BIGINT REFERENCES login (id),
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX cases_object ON cases (object_id);
CREATE INDEX cases_customer ON cases (customer_id);
CREATE INDEX cases_created ON cases (created, id);
CREATE INDEX cases_open ON cases (created, id) WHERE status < 2;

-- The last number that was given on a local day.
CREATE TABLE case_counter (
    day TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

-- Every contact of a case; the primary one is among them.
CREATE TABLE case_contact (
    case_id BIGINT NOT NULL REFERENCES cases (id),
    contact_id BIGINT NOT NULL REFERENCES contact (id),
    PRIMARY KEY (case_id, contact_id)
);
CREATE INDEX case_contact_contact ON case_contact (contact_id);

-- Values of extra fields. The index tells whether cases hold values of a field that is taken out of the form.
CREATE TABLE case_extra (
    case_id BIGINT NOT NULL REFERENCES cases (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (case_id, key)
);
CREATE INDEX case_extra_key ON case_extra (key);

-- Derived: who can reach a case, in the order in which lists are read. scope = id * 4 + kind with kind 0 a contact of
-- the case, 1 its customer, 2 its object, 3 the customer of its object when that is another customer than the case's.
-- Only access/scope.c writes this and scope_event.
-- only sqlite
CREATE TABLE case_scope (
    scope BIGINT NOT NULL,
    created BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    PRIMARY KEY (scope, created, case_id)
) WITHOUT ROWID;
-- only postgresql
CREATE TABLE case_scope (
    scope BIGINT NOT NULL,
    created BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    PRIMARY KEY (scope, created, case_id)
);
-- both
CREATE INDEX case_scope_case ON case_scope (case_id);

-- Derived: when something happened to a case, for each way to reach it. kind 1: the case was finished; kind 2: a work
-- order was created, whose id stands in work_order_id. `at` is the instant.
-- only sqlite
CREATE TABLE scope_event (
    scope BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    at BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    work_order_id BIGINT NOT NULL,
    PRIMARY KEY (scope, kind, at, case_id, work_order_id)
) WITHOUT ROWID;
-- only postgresql
CREATE TABLE scope_event (
    scope BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    at BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    work_order_id BIGINT NOT NULL,
    PRIMARY KEY (scope, kind, at, case_id, work_order_id)
);
-- both
CREATE INDEX scope_event_case ON scope_event (case_id);

-- Derived: the words of a case (access/search_words.c makes them, db/dialect.c writes them). A word is the text between
-- blanks: the tokenizer splits at nothing else. db_maintain merges the segments; no request waits for it.
-- only sqlite
CREATE TABLE case_words (
    case_id INTEGER PRIMARY KEY,
    words TEXT NOT NULL
);
CREATE VIRTUAL TABLE case_search USING fts5 (words, content='case_words', content_rowid='case_id',
    tokenize="ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'", detail='none', prefix='1 2 3 4 5 6');
INSERT INTO case_search (case_search, rank) VALUES ('automerge', 0);
-- only postgresql
CREATE TABLE case_search (
    case_id BIGINT NOT NULL PRIMARY KEY,
    words TSVECTOR NOT NULL
);
CREATE INDEX case_search_words ON case_search USING gin (words) WITH (fastupdate = off);
-- both

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

-- Notes among staff. No page of customers reads this table.
CREATE TABLE case_note (
    id {{id}},
    case_id BIGINT NOT NULL REFERENCES cases (id),
    at BIGINT NOT NULL,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    who TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX case_note_case ON case_note (case_id, id);

-- Messages between customers and staff about a case. who is the writer's name at that time; of staff the address, which
-- customers do not see. waiting: a customer's message that staff have neither answered nor marked as read. submission
-- is a digest of who wrote, where, what, and from which state of the thread, so that a form sent twice makes one
-- message.
CREATE TABLE case_message (
    id {{id}},
    case_id BIGINT NOT NULL REFERENCES cases (id),
    at BIGINT NOT NULL,
    staff_id BIGINT REFERENCES staff (id),
    login_id BIGINT REFERENCES login (id),
    from_staff BIGINT NOT NULL CHECK (from_staff IN (0, 1)),
    who TEXT NOT NULL,
    body TEXT NOT NULL,
    waiting BIGINT NOT NULL CHECK (waiting IN (0, 1)),
    submission TEXT NOT NULL UNIQUE
);
CREATE INDEX case_message_case ON case_message (case_id, id);
CREATE INDEX case_message_login ON case_message (login_id);
CREATE INDEX case_message_waiting ON case_message (at, id) WHERE waiting = 1;

-- Up to which message a login has seen the thread of a case; written only when staff have had the last word.
CREATE TABLE message_seen (
    login_id BIGINT NOT NULL REFERENCES login (id) ON DELETE CASCADE,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    message_id BIGINT NOT NULL,
    PRIMARY KEY (login_id, case_id)
);

-- === Work ============================================================================================================

-- status as of cases. resource is the technician.
CREATE TABLE work_order (
    id {{id}},
    number TEXT NOT NULL UNIQUE,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    title TEXT NOT NULL DEFAULT '',
    type_id BIGINT REFERENCES picklist_item (id),
    status BIGINT NOT NULL DEFAULT 0 CHECK (status IN (0, 1, 2)),
    resource TEXT NOT NULL DEFAULT '',
    booked_from BIGINT,
    booked_to BIGINT,
    created BIGINT NOT NULL,
    started BIGINT,
    finished BIGINT
);
CREATE INDEX work_order_case ON work_order (case_id);
-- The bookings of a technician around a time.
CREATE INDEX work_order_booked ON work_order (resource, booked_from);

CREATE TABLE article_row (
    id {{id}},
    number TEXT NOT NULL UNIQUE,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    work_order_id BIGINT REFERENCES work_order (id),
    article_id BIGINT REFERENCES article (id),
    row_date TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    action_code_id BIGINT REFERENCES picklist_item (id),
    article_type TEXT NOT NULL CHECK (article_type IN ('material', 'travel', 'time', 'purchase', 'other')),
    quantity BIGINT NOT NULL,
    unit TEXT NOT NULL DEFAULT '',
    unit_price BIGINT NOT NULL DEFAULT 0,
    discount BIGINT NOT NULL DEFAULT 0,
    total BIGINT NOT NULL DEFAULT 0,
    status TEXT NOT NULL DEFAULT 'editable' CHECK (status IN ('editable', 'attested', 'invoiced', 'cancelled')),
    resource TEXT NOT NULL DEFAULT ''
);
CREATE INDEX article_row_case ON article_row (case_id);
CREATE INDEX article_row_work_order ON article_row (work_order_id);

-- === Invoice specifications ==========================================================================================

-- The columns from digest on are derived from the rows that are not cancelled: what a customer is shown. decided_digest
-- is the digest that was decided on: another digest means that the rows changed since.
CREATE TABLE invoice_specification (
    id {{id}},
    number TEXT NOT NULL UNIQUE,
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    title TEXT NOT NULL DEFAULT '',
    period_from TEXT,
    period_to TEXT,
    status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'awaiting_approval', 'approved', 'rejected', 'invoiced')),
    your_reference TEXT NOT NULL DEFAULT '',
    decided_by TEXT NOT NULL DEFAULT '',
    decided_at BIGINT,
    comment TEXT NOT NULL DEFAULT '',
    decided_digest TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    row_count BIGINT NOT NULL DEFAULT 0,
    case_count BIGINT NOT NULL DEFAULT 0,
    total BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX invoice_specification_customer ON invoice_specification (customer_id, status);
CREATE INDEX invoice_specification_status ON invoice_specification (status, id);
-- Specifications that are out, and decisions that staff have something to do about: few among all. The menu counts the
-- latter.
CREATE INDEX invoice_specification_out ON invoice_specification (id)
WHERE status IN ('awaiting_approval', 'approved', 'rejected');
CREATE INDEX invoice_specification_decided ON invoice_specification (id) WHERE status IN ('approved', 'rejected');

CREATE TABLE invoice_specification_row (
    specification_id BIGINT NOT NULL REFERENCES invoice_specification (id),
    article_row_id BIGINT NOT NULL REFERENCES article_row (id),
    PRIMARY KEY (specification_id, article_row_id)
);
CREATE INDEX invoice_specification_row_row ON invoice_specification_row (article_row_id);

-- What was decided in the portal, for ever. content is what was shown, digest its digest; hash is the digest of this
-- row with the hash of the row before, so that nobody can change or take out a row unseen. Texts stand here as they
-- were, not as references.
CREATE TABLE specification_decision (
    seq BIGINT NOT NULL PRIMARY KEY,
    specification_id BIGINT NOT NULL REFERENCES invoice_specification (id),
    number TEXT NOT NULL,
    customer TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('approved', 'rejected')),
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    total BIGINT NOT NULL,
    your_reference TEXT NOT NULL,
    comment TEXT NOT NULL,
    login TEXT NOT NULL,
    contact TEXT NOT NULL,
    name TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX specification_decision_specification ON specification_decision (specification_id, seq);

-- The end of the chain. A decision moves it before it is written, so that two never append at once and a cut-off end is
-- noticed.
CREATE TABLE decision_head (
    name TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO decision_head (name, seq, hash) VALUES ('specification', 0, '');

-- only sqlite
CREATE TRIGGER specification_decision_kept BEFORE UPDATE ON specification_decision
BEGIN
    SELECT RAISE(ABORT, 'decisions are kept as they are');
END;
CREATE TRIGGER specification_decision_stays BEFORE DELETE ON specification_decision
BEGIN
    SELECT RAISE(ABORT, 'decisions are kept as they are');
END;
-- only postgresql
CREATE FUNCTION specification_decision_refuse() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE EXCEPTION ''decisions are kept as they are''; END';
CREATE TRIGGER specification_decision_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON specification_decision
FOR EACH STATEMENT EXECUTE FUNCTION specification_decision_refuse();
-- both

-- === Files ===========================================================================================================

-- The content lies in the data folder by digest. key is the unguessable part of the address. path is the file's own
-- name in imports and exports (contract 4), NULL for what was sent through the portal.
CREATE TABLE file (
    id {{id}},
    key TEXT NOT NULL UNIQUE,
    customer_id BIGINT REFERENCES customer (id),
    object_id BIGINT REFERENCES object (id),
    case_id BIGINT REFERENCES cases (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest TEXT NOT NULL,
    category_id BIGINT REFERENCES picklist_item (id),
    visible BIGINT NOT NULL DEFAULT 1 CHECK (visible IN (0, 1)),
    created BIGINT NOT NULL,
    path TEXT
);
CREATE UNIQUE INDEX file_path ON file (path);
CREATE INDEX file_customer ON file (customer_id);
CREATE INDEX file_object ON file (object_id);
CREATE INDEX file_case ON file (case_id);
CREATE INDEX file_digest ON file (digest);
CREATE INDEX file_created ON file (created, id);

-- Attachments that were chosen but are not on a case yet.
CREATE TABLE upload (
    key TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest TEXT NOT NULL,
    created BIGINT NOT NULL
);
CREATE INDEX upload_owner ON upload (owner);
CREATE INDEX upload_created ON upload (created);
CREATE INDEX upload_digest ON upload (digest);

-- === Forms ===========================================================================================================

-- What is typed in a form that was not sent yet. owner is `login:ID` for a personal login, `session:HASH` for a shared
-- one. An owner has a draft for each form: about is empty for a new case, `case 17` for a message on the case with that
-- id.
CREATE TABLE draft (
    owner TEXT NOT NULL,
    about TEXT NOT NULL DEFAULT '',
    form TEXT NOT NULL,
    updated BIGINT NOT NULL,
    PRIMARY KEY (owner, about)
);
CREATE INDEX draft_updated ON draft (updated);

-- A form that is sent twice makes one case (domain 4.7). key is a digest of who sent, which form and what.
CREATE TABLE submission (
    key TEXT NOT NULL PRIMARY KEY,
    receipt TEXT NOT NULL UNIQUE,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    login_id BIGINT NOT NULL REFERENCES login (id),
    created BIGINT NOT NULL
);
CREATE INDEX submission_created ON submission (created);

-- The same for the form of staff.
CREATE TABLE staff_submission (
    key TEXT NOT NULL PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    created BIGINT NOT NULL
);
CREATE INDEX staff_submission_created ON staff_submission (created);

-- === Mail ============================================================================================================

-- topic: what the mail is about, so that a newer one takes the place of one that waits. contact_id: the contact it was
-- written to.
CREATE TABLE mail (
    id {{id}},
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_attempt BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed')),
    last_error TEXT NOT NULL DEFAULT '',
    topic TEXT NOT NULL DEFAULT '',
    contact_id BIGINT
);
CREATE INDEX mail_due ON mail (state, next_attempt);

-- === Audit ===========================================================================================================

-- What people did, for ever. who is their name at that time; subject is what it was done to, such as a user or a
-- number.
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
-- Who last did something to a thing.
CREATE INDEX audit_subject ON audit (subject, id);

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

-- === Configuration ===================================================================================================

-- What administrators configured in the browser. A version is the text of all settings of the portal; the newest
-- counts. number goes up by one with each, so that of two who publish on top of the same version one is refused.
-- staff_id is NULL when the user is gone; who is the name at that time.
CREATE TABLE config_version (
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    staff_id BIGINT REFERENCES staff (id),
    who TEXT NOT NULL,
    note TEXT NOT NULL,
    text TEXT NOT NULL
);

-- What an administrator is about to publish. base is the version it began from, 0 without one.
CREATE TABLE config_draft (
    staff_id BIGINT NOT NULL PRIMARY KEY REFERENCES staff (id),
    base BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    text TEXT NOT NULL
);

-- === Imports in the staff area =======================================================================================

-- A run goes from `uploaded` through `checking` to `checked`, `refused` or, when somebody must say what a file is,
-- `choosing`; `queued` and `running` lead to `done` or `refused`, `undo` and `undoing` to `undone` or back to `done`.
-- `failed`: it could not be done, `message` says why; `discarded`: nobody wanted it. Only the worker leaves the states
-- whose names end with -ing, and `uploaded`, `queued`, `undo`. Without layout the run cannot be undone (any more).
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
    undone_by TEXT NOT NULL DEFAULT '',
    layout TEXT NOT NULL DEFAULT ''
);
CREATE INDEX import_run_state ON import_run (state, id);
CREATE INDEX import_run_created ON import_run (created);

-- A table of rows each: a CSV file, or a sheet of a workbook. stored is its name in DATA/imports, empty when it is
-- removed. file is which of the files of an import it is, empty while nobody knows; `-`: it is left out.
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

-- What an import did, so that it can be undone: rows as they were (moment 0) and as the import left them (moment 1). A
-- row without moment 0 is new. touched: only what follows from other rows is the run's. number is the number of the
-- row. c0… are its values as text, in the order of the columns of its file that are stored in the row itself, then
-- those of exchange/undo.h; import_run.layout says which. Kept for a while, then removed.
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

-- Rows of the tables of links (part is the table, key the other end), extra fields of cases (key and value), and things
-- that lost their login (part is the table with the column, owner its row, value the login).
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
