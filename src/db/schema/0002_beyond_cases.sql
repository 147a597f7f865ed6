-- Invoice specifications with their decisions, files of customers and objects, and what dashboards count by.

-- period_* are dates. The columns from digest on are derived by customer/invoices/content.c from the rows that are not cancelled: what a
-- customer is shown. decided_digest is the digest that was decided on: another one means that the rows changed since.
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

CREATE TABLE invoice_specification_row (
    specification_id BIGINT NOT NULL REFERENCES invoice_specification (id),
    article_row_id BIGINT NOT NULL REFERENCES article_row (id),
    PRIMARY KEY (specification_id, article_row_id)
);
CREATE INDEX invoice_specification_row_row ON invoice_specification_row (article_row_id);

-- What was decided in the portal, for ever. content is what was shown, digest its digest; hash is the digest of this row with the
-- hash of the row before, so that none can be changed or taken out unseen. Texts stand here as they were, not as references.
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

-- The end of the chain: whoever appends moves it first, so that two never append at once and a cut-off end is noticed.
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

-- path is the file's own name in imports and exports (contract 4); NULL for what was sent through the portal.
ALTER TABLE file ADD COLUMN path TEXT;
CREATE UNIQUE INDEX file_path ON file (path);
CREATE INDEX file_customer ON file (customer_id);
CREATE INDEX file_object ON file (object_id);

-- Derived, with case_scope and by the same module: when something happened to a case, for each way to reach it. kind 1: the case was
-- finished; kind 2: a work order was created, whose id stands beside. at is the instant.
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
INSERT INTO scope_event (scope, kind, at, case_id, work_order_id)
SELECT s.scope, 1, c.finished, c.id, 0 FROM case_scope s JOIN cases c ON c.id = s.case_id
WHERE c.status = 2 AND c.finished IS NOT NULL
UNION ALL
SELECT s.scope, 2, w.created, w.case_id, w.id FROM work_order w JOIN case_scope s ON s.case_id = w.case_id;

-- Who has not chosen a language is shown what his browser asks for.
-- only sqlite
CREATE TABLE account_new (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    verified BIGINT NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
    language TEXT CHECK (language IN ('sv', 'en')),
    created BIGINT NOT NULL
);
INSERT INTO account_new (id, email, verified, language, created) SELECT id, email, verified, language, created FROM account;
DROP TABLE account;
ALTER TABLE account_new RENAME TO account;
-- only postgresql
ALTER TABLE account ALTER COLUMN language DROP NOT NULL, ALTER COLUMN language DROP DEFAULT;
-- both
