-- Who changed what of a row of a register, or of a specification, like case_change of cases; before and after as people
-- read them in Swedish, references as numbers. kind is the table of the row.
CREATE TABLE register_change (
    id {{id}},
    kind TEXT NOT NULL CHECK (kind IN ('customer', 'object', 'contact', 'article', 'invoice_specification')),
    row_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    staff_id BIGINT REFERENCES staff (id),
    who TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
CREATE INDEX register_change_row ON register_change (kind, row_id, id);
