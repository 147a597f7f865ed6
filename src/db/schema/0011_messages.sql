-- What customers and staff write to each other about a case. who is what the writer was called then; of staff the address, which customers are
-- not shown. waiting: a customer's message that staff have neither answered nor marked as read. submission is a digest of who, where and what
-- was sent from which state of the thread, so that a form sent twice makes one message.
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
