-- How each of the staff wants a list: the columns he chose, and what he searched it by last. Empty: as it is for everybody.
CREATE TABLE staff_list (
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    list TEXT NOT NULL,
    columns TEXT NOT NULL,
    query TEXT NOT NULL,
    PRIMARY KEY (staff_id, list)
);
