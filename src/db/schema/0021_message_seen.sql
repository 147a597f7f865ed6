-- Up to which message a login has seen the thread of a case; written only when staff have had the last word.
CREATE TABLE message_seen (
    login_id BIGINT NOT NULL REFERENCES login (id) ON DELETE CASCADE,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    message_id BIGINT NOT NULL,
    PRIMARY KEY (login_id, case_id)
);
