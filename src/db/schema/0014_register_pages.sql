-- The first objects of a customer are a range, however many it has.
DROP INDEX object_customer;
CREATE INDEX object_customer ON object (customer_id, number);
-- Who did something to one thing last.
CREATE INDEX audit_subject ON audit (subject, id);
