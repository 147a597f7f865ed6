-- status of cases and work orders: 3 cancelled. cancel_reason says why. An open work order of a cancelled case counts as
-- cancelled and keeps its own state, so that it goes on when the case is opened again. duplicate_of: the case that this
-- one, which is cancelled, says the same as.
-- only sqlite
-- SQLite cannot change a constraint, so each column is made again.
DROP INDEX cases_open;
ALTER TABLE cases ADD COLUMN state BIGINT NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2, 3));
UPDATE cases SET state = status WHERE status > 0;
ALTER TABLE cases DROP COLUMN status;
ALTER TABLE cases RENAME COLUMN state TO status;
CREATE INDEX cases_open ON cases (created, id) WHERE status < 2;
ALTER TABLE work_order ADD COLUMN state BIGINT NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2, 3));
UPDATE work_order SET state = status WHERE status > 0;
ALTER TABLE work_order DROP COLUMN status;
ALTER TABLE work_order RENAME COLUMN state TO status;
-- only postgresql
ALTER TABLE cases DROP CONSTRAINT cases_status_check, ADD CONSTRAINT cases_status_check CHECK (status IN (0, 1, 2, 3));
ALTER TABLE work_order DROP CONSTRAINT work_order_status_check,
    ADD CONSTRAINT work_order_status_check CHECK (status IN (0, 1, 2, 3));
-- both
ALTER TABLE cases ADD COLUMN cancel_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN duplicate_of BIGINT REFERENCES cases (id);
ALTER TABLE work_order ADD COLUMN cancel_reason TEXT NOT NULL DEFAULT '';
CREATE INDEX cases_cancelled ON cases (created, id) WHERE status = 3;
CREATE INDEX cases_duplicate ON cases (duplicate_of) WHERE duplicate_of IS NOT NULL;
-- The open bookings around a time. The names of technicians are compared in whatever spelling.
CREATE INDEX work_order_time ON work_order (booked_from) WHERE booked_from IS NOT NULL AND status < 2;
