-- What lists of cases show of the work and the messages of a case, derived so that no list reads them for each row.
-- done_row: the text of the newest row of work, or else of another row, that is not cancelled; done_order: the title of
-- the work order that was finished last; both at most 250 characters. staff_message: the newest message, if it is by
-- staff. Only model/case_write.c writes them.
ALTER TABLE cases ADD COLUMN done_row TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN done_order TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN staff_message BIGINT;

UPDATE cases AS t SET
    done_row = COALESCE((SELECT substr(COALESCE(NULLIF(r.description, ''), r.title), 1, 250) FROM article_row r
        WHERE r.case_id = t.id AND r.status <> 'cancelled' AND (r.description <> '' OR r.title <> '')
        ORDER BY CASE WHEN r.article_type = 'time' THEN 0 ELSE 1 END, r.row_date DESC, r.id DESC LIMIT 1), ''),
    done_order = COALESCE((SELECT substr(w.title, 1, 250) FROM work_order w WHERE w.case_id = t.id AND w.title <> ''
        ORDER BY COALESCE(w.finished, 0) DESC, w.id DESC LIMIT 1), ''),
    staff_message = (SELECT CASE WHEN m.from_staff = 1 THEN m.id END FROM case_message m WHERE m.case_id = t.id
        ORDER BY m.id DESC LIMIT 1);

-- waiting: grows when messages, which of them are seen, specifications or saved searches change.
INSERT INTO generation (name, value) VALUES ('waiting', 1);
