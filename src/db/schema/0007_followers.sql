-- Cases that a login follows without having reported them. It gives no right: whether the login sees the case is decided
-- at each page and each mail, so a row without the right has no effect.
CREATE TABLE case_follower (
    login_id BIGINT NOT NULL REFERENCES login (id) ON DELETE CASCADE,
    case_id BIGINT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    created BIGINT NOT NULL,
    PRIMARY KEY (login_id, case_id)
);
CREATE INDEX case_follower_case ON case_follower (case_id);
