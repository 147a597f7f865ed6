-- What customers say about single cases and rows when they reject a specification: part of the decision seq, whose hash covers
-- it, in the order of place. Texts stand here as they were. article_row_id NULL: about the whole case.
CREATE TABLE decision_remark (
    seq BIGINT NOT NULL REFERENCES specification_decision (seq),
    place BIGINT NOT NULL,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    article_row_id BIGINT REFERENCES article_row (id),
    case_number TEXT NOT NULL,
    row_number TEXT NOT NULL,
    title TEXT NOT NULL,
    comment TEXT NOT NULL,
    PRIMARY KEY (seq, place)
);
CREATE INDEX decision_remark_case ON decision_remark (case_id, seq);
CREATE INDEX decision_remark_row ON decision_remark (article_row_id, seq);

-- only sqlite
CREATE TRIGGER decision_remark_kept BEFORE UPDATE ON decision_remark
BEGIN
    SELECT RAISE(ABORT, 'decisions are kept as they are');
END;
CREATE TRIGGER decision_remark_stays BEFORE DELETE ON decision_remark
BEGIN
    SELECT RAISE(ABORT, 'decisions are kept as they are');
END;
-- only postgresql
CREATE TRIGGER decision_remark_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON decision_remark
FOR EACH STATEMENT EXECUTE FUNCTION specification_decision_refuse();
-- both
