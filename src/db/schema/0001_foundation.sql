-- Registers, cases, logins. Numbers are BIGINT, booleans 0/1, instants microseconds since 1970 UTC, dates YYYY-MM-DD.
-- Decimals are BIGINT millionths, money BIGINT öre. `{{id}}` is the engine's generated key.

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE picklist_item (
    id {{id}},
    list TEXT NOT NULL CHECK (list IN ('case_type', 'priority', 'work_order_type', 'action_code', 'file_category', 'object_group')),
    key TEXT NOT NULL,
    label_sv TEXT NOT NULL,
    label_en TEXT NOT NULL DEFAULT '',
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
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
CREATE INDEX object_customer ON object (customer_id);
CREATE INDEX object_parent ON object (parent_id);

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
    active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
);

-- Derived from contact.email*: trimmed and case-folded addresses, the only place where accounts are matched (domain 3).
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

-- A user account of a contact login (domain 3.1). The address counts for linking only when verified.
CREATE TABLE account (
    id {{id}},
    email TEXT NOT NULL,
    verified BIGINT NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
    language TEXT NOT NULL DEFAULT 'sv' CHECK (language IN ('sv', 'en')),
    created BIGINT NOT NULL
);

-- Everything that can log in through the one form: names are unique across the three kinds. owner_id is an account, a
-- customer or an object by kind. name is trimmed and case-folded. No password_hash: cannot log in yet.
CREATE TABLE login (
    id {{id}},
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('contact', 'customer', 'object')),
    owner_id BIGINT NOT NULL,
    password_hash TEXT,
    password_set BIGINT,
    last_login BIGINT,
    UNIQUE (kind, owner_id)
);

-- token_hash is the digest of the cookie. A session that ran out stays a while so that an unsent form can be kept.
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

-- Devices that have logged in to a login before: exempt from the limit of guesses over all addresses.
CREATE TABLE known_device (
    token_hash TEXT NOT NULL,
    login_id BIGINT NOT NULL REFERENCES login (id),
    seen BIGINT NOT NULL,
    PRIMARY KEY (token_hash, login_id)
);
CREATE INDEX known_device_login ON known_device (login_id, seen);

CREATE TABLE mail (
    id {{id}},
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_attempt BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed')),
    last_error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX mail_due ON mail (state, next_attempt);

CREATE TABLE article (
    id {{id}},
    number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    article_type TEXT NOT NULL CHECK (article_type IN ('material', 'travel', 'time', 'purchase', 'other')),
    unit TEXT NOT NULL DEFAULT '',
    unit_price BIGINT
);

-- status: 0 not_started, 1 started, 2 finished.
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
    created_by BIGINT REFERENCES login (id)
);
CREATE INDEX cases_object ON cases (object_id);
CREATE INDEX cases_customer ON cases (customer_id);
CREATE INDEX cases_created ON cases (created, id);

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

CREATE TABLE case_extra (
    case_id BIGINT NOT NULL REFERENCES cases (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (case_id, key)
);

-- Derived: who can reach a case, in the order the lists are read. scope = id * 4 + kind with kind 0 a contact of the case,
-- 1 its customer, 2 its object, 3 the customer of its object when that is another than the case's customer.
-- Written only by access/scope.c.
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

-- Moves with every committed change of cases, registers and links: cached counts are valid for one value of it.
CREATE TABLE generation (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO generation (name, value) VALUES ('cases', 1);

-- Derived: the words of a case (access/search_words.c makes them, db/dialect.c writes them). A word is what stands between
-- blanks: the tokenizer splits at nothing else. Segments are merged by db_maintain, not while a request waits.
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

-- Content lies under the data folder by digest. key is the unguessable part of the address.
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
    created BIGINT NOT NULL
);
CREATE INDEX file_case ON file (case_id);
CREATE INDEX file_digest ON file (digest);

-- What is typed in a form that was not sent yet. owner is `login:ID` for a personal login, `session:HASH` for a shared one.
CREATE TABLE draft (
    owner TEXT NOT NULL PRIMARY KEY,
    form TEXT NOT NULL,
    updated BIGINT NOT NULL
);
CREATE INDEX draft_updated ON draft (updated);

-- Attachments chosen but not yet on a case.
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

-- Makes a form that is sent twice one case. key is a digest of who, which form and what was sent.
CREATE TABLE submission (
    key TEXT NOT NULL PRIMARY KEY,
    receipt TEXT NOT NULL UNIQUE,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    login_id BIGINT NOT NULL REFERENCES login (id),
    created BIGINT NOT NULL
);
CREATE INDEX submission_created ON submission (created);
