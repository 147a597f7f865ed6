-- Items of a picklist are shown by position, and where that is the same by label.
ALTER TABLE picklist_item ADD COLUMN position BIGINT NOT NULL DEFAULT 0;
