-- Which process does what only one may do at a time. holder is a random name of one `serve`; ends is an instant of the database's own clock.
CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    ends BIGINT NOT NULL
);
