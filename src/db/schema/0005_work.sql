-- Master data is made inactive, never deleted: articles too.
ALTER TABLE article ADD COLUMN active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1));
