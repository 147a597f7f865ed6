-- What a case waits for, derived from its work orders. booked, booked_to: the next booking of those that are not
-- finished; equal when only the time to be done by is known. technician: of that work order, of a finished case the
-- last one there. Only model/case_write.c writes them.
ALTER TABLE cases ADD COLUMN booked BIGINT;
ALTER TABLE cases ADD COLUMN booked_to BIGINT;
ALTER TABLE cases ADD COLUMN technician TEXT NOT NULL DEFAULT '';

UPDATE cases AS t SET booked = CASE WHEN o.status < 2 THEN COALESCE(o.booked_from, o.booked_to) END,
    booked_to = CASE WHEN o.status < 2 THEN o.booked_to END, technician = o.resource
FROM work_order o WHERE o.id = (SELECT x.id FROM work_order x WHERE x.case_id = t.id
    ORDER BY CASE WHEN x.status = 2 THEN 2 WHEN COALESCE(x.booked_from, x.booked_to) IS NULL THEN 1 ELSE 0 END,
        CASE WHEN x.status = 2 THEN -COALESCE(x.finished, 0) ELSE COALESCE(x.booked_from, x.booked_to, 0) END, x.id LIMIT 1);

-- Staff sort all cases by these: those without a booking come after all bookings.
CREATE INDEX cases_booked ON cases (COALESCE(booked, 9223372036854775807), id);
CREATE INDEX cases_technician ON cases (technician COLLATE "sv-natural", id);
CREATE INDEX cases_finished ON cases (COALESCE(finished, 0), id);

-- More kinds of scope_event. 3: the case is not finished; `at` is when it was created. 4: a work order that is not
-- finished has a booking; `at` is its beginning, or its end alone. 5: staff wrote the newest message of the case; `at` is
-- when.
INSERT INTO scope_event (scope, kind, at, case_id, work_order_id)
SELECT s.scope, 3, s.created, s.case_id, 0 FROM case_scope s JOIN cases c ON c.id = s.case_id WHERE c.status < 2
UNION ALL SELECT s.scope, 4, COALESCE(w.booked_from, w.booked_to), w.case_id, w.id FROM work_order w
JOIN case_scope s ON s.case_id = w.case_id WHERE w.status < 2 AND COALESCE(w.booked_from, w.booked_to) IS NOT NULL
UNION ALL SELECT s.scope, 5, m.at, m.case_id, 0 FROM case_message m JOIN case_scope s ON s.case_id = m.case_id
WHERE m.from_staff = 1 AND m.id = (SELECT MAX(x.id) FROM case_message x WHERE x.case_id = m.case_id);

-- Searches of cases that a login keeps by name. query is the part of the address after `?`.
CREATE TABLE saved_search (
    id {{id}},
    login_id BIGINT NOT NULL REFERENCES login (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    created BIGINT NOT NULL,
    UNIQUE (login_id, name)
);
