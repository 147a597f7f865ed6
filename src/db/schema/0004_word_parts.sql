-- Derived: where the words of cases begin again, so that a search finds them in the middle (db/dialect.c writes it). Each word of case_search
-- with three letters after its beginning stands here once with itself, and once with each of its endings that begins with three letters;
-- a letter is anything but 0 to 9. Rows stay when the last case with the word goes: they find nothing then.
-- only sqlite
CREATE TABLE search_part (
    part TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (part, word)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE indexed_word USING fts5vocab (case_search, row);
INSERT INTO search_part (part, word)
    WITH RECURSIVE cut (part, word) AS (
        SELECT term, term FROM indexed_word WHERE term GLOB '?*[^0-9][^0-9][^0-9]*' AND unicode(term) <> 57344
        UNION ALL SELECT substr(part, 2), word FROM cut WHERE length(part) > 3)
    SELECT part, word FROM cut WHERE part = word OR part GLOB '[^0-9][^0-9][^0-9]*';
DROP TABLE indexed_word;
-- only postgresql
-- Without a key, because a writer of the same word would wait for it; two that write it at once leave it twice.
CREATE TABLE search_part (
    part TEXT NOT NULL,
    word TEXT NOT NULL
);
INSERT INTO search_part (part, word)
    WITH RECURSIVE cut (part, word) AS (
        SELECT word COLLATE "C", word COLLATE "C" FROM ts_stat('SELECT words FROM case_search')
        WHERE word ~ '^.+[^0-9]{3}' AND ascii(word) <> 57344
        UNION ALL SELECT substr(part, 2), word FROM cut WHERE length(part) > 3)
    SELECT part, word FROM cut WHERE part = word OR part ~ '^[^0-9]{3}';
CREATE INDEX search_part_part ON search_part (part, word);
-- both
