-- Staff who look at the portal as one of its logins. It ends with the session of staff it was begun in, and never later than `ends`.
CREATE TABLE view_as (
    token_hash TEXT NOT NULL PRIMARY KEY,
    staff_session TEXT NOT NULL UNIQUE,
    login_id BIGINT NOT NULL REFERENCES login (id),
    ends BIGINT NOT NULL
);
CREATE INDEX view_as_ends ON view_as (ends);
CREATE INDEX view_as_login ON view_as (login_id);
