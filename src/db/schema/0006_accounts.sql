-- Staff may block an account: it can neither log in nor go on, and everything it had stays.
ALTER TABLE login ADD COLUMN blocked BIGINT NOT NULL DEFAULT 0 CHECK (blocked IN (0, 1));
