-- What staff keep of their own work: forms that made a case, so that one sent twice makes one case, and how each wants his lists.
CREATE TABLE staff_submission (
    key TEXT NOT NULL PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    created BIGINT NOT NULL
);
CREATE INDEX staff_submission_created ON staff_submission (created);
