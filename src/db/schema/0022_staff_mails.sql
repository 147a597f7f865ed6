-- Whether this user is mailed when a customer writes about a case where nothing waits yet.
ALTER TABLE staff ADD COLUMN mail_messages BIGINT NOT NULL DEFAULT 0 CHECK (mail_messages IN (0, 1));
