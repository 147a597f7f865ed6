-- Derived: the words of customers, objects, contacts, articles, files and specifications, so that a search finds them
-- without reading the table (db/dialect.c writes it). row_id is the id of the row and says of which kind it is. A word
-- stands here with those of its endings that begin with three letters, which are marked. Words are folded in C, so
-- access/entity_words.c fills the table after a migration that sets this generation to 0.
-- only sqlite
CREATE TABLE entity_words (
    row_id INTEGER PRIMARY KEY,
    words TEXT NOT NULL
);
CREATE VIRTUAL TABLE entity_search USING fts5 (words, content='entity_words', content_rowid='row_id',
    tokenize="ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'", detail='none', prefix='1 2 3 4 5 6');
INSERT INTO entity_search (entity_search, rank) VALUES ('automerge', 0);
-- only postgresql
CREATE TABLE entity_search (
    row_id BIGINT NOT NULL PRIMARY KEY,
    words TSVECTOR NOT NULL
);
CREATE INDEX entity_search_words ON entity_search USING gin (words) WITH (gin_pending_list_limit = 256);
-- both
INSERT INTO generation (name, value) VALUES ('entity_words', 0);

-- Staff sort all cases by their number.
CREATE INDEX cases_number ON cases (number COLLATE "sv-natural", id);
