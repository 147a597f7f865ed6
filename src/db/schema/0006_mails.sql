-- calendar: the bookings that the mail tells of, as iCalendar objects one after the other; empty: it tells of no booking.
ALTER TABLE mail ADD COLUMN calendar TEXT NOT NULL DEFAULT '';
-- invited: a mail has put a booking of this work order into calendars, so that a removed booking is cancelled there.
ALTER TABLE work_order ADD COLUMN invited BIGINT NOT NULL DEFAULT 0 CHECK (invited IN (0, 1));
-- asks_time: the customer says with the message that the booked time does not suit them.
ALTER TABLE case_message ADD COLUMN asks_time BIGINT NOT NULL DEFAULT 0 CHECK (asks_time IN (0, 1));
-- full_name: what customers read as the sender of a message, where a setting shows it. mail_decisions: mailed when a
-- customer decides on a specification.
ALTER TABLE staff ADD COLUMN full_name TEXT NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN mail_decisions BIGINT NOT NULL DEFAULT 0 CHECK (mail_decisions IN (0, 1));
-- told: when a mail last said that the specification waits; 0: one is due once it waits; NULL: none will be sent.
ALTER TABLE invoice_specification ADD COLUMN told BIGINT;
CREATE INDEX invoice_specification_told ON invoice_specification (told)
WHERE told IS NOT NULL AND (status = 'awaiting_approval' OR decided_digest <> digest);
