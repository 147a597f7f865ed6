-- Numbers and names are listed naturally: `Lgh 2` before `Lgh 10`, å ä ö last. SQLite gets the collation from the program.
-- only postgresql
CREATE COLLATION IF NOT EXISTS "sv-natural" (provider = icu, locale = 'sv-u-kn-true');
-- both
DROP INDEX customer_listed;
DROP INDEX object_listed;
DROP INDEX contact_listed;
DROP INDEX object_customer;
DROP INDEX object_children;
CREATE INDEX customer_listed ON customer (active DESC, number COLLATE "sv-natural");
CREATE INDEX object_listed ON object (active DESC, number COLLATE "sv-natural");
CREATE INDEX contact_listed ON contact (active DESC, number COLLATE "sv-natural");
CREATE INDEX customer_number ON customer (number COLLATE "sv-natural");
CREATE INDEX object_number ON object (number COLLATE "sv-natural");
CREATE INDEX contact_number ON contact (number COLLATE "sv-natural");
CREATE INDEX article_number ON article (number COLLATE "sv-natural");
CREATE INDEX customer_name ON customer (name COLLATE "sv-natural", id);
CREATE INDEX object_name ON object (name COLLATE "sv-natural", id);
CREATE INDEX contact_name ON contact (last_name COLLATE "sv-natural", first_name COLLATE "sv-natural", id);
CREATE INDEX article_name ON article (name COLLATE "sv-natural", id);
CREATE INDEX object_customer ON object (customer_id, number COLLATE "sv-natural");
CREATE INDEX object_children ON object (parent_id, number COLLATE "sv-natural");
