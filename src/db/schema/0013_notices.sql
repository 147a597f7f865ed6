-- Which mails about cases somebody does not want: bits of `enum notice_kind`. Of the account its owner's choice, of the contact that and staff's.
ALTER TABLE account ADD COLUMN mails_off BIGINT NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN mails_off BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN mail_new_cases BIGINT NOT NULL DEFAULT 0 CHECK (mail_new_cases IN (0, 1));
-- topic: what the mail is about, so that a newer one takes the place of one that waits; contact_id: whom it was written to as a contact.
ALTER TABLE mail ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE mail ADD COLUMN contact_id BIGINT;
