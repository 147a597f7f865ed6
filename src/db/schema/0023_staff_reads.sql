-- Words that many names have fill a page of the search of staff early, the active ones first.
CREATE INDEX customer_listed ON customer (active DESC, number);
CREATE INDEX object_listed ON object (active DESC, number);
CREATE INDEX contact_listed ON contact (active DESC, number);
-- Drafts and what waits are few among all specifications.
CREATE INDEX invoice_specification_status ON invoice_specification (status, id);
CREATE INDEX invoice_specification_out ON invoice_specification (id)
WHERE status IN ('awaiting_approval', 'approved', 'rejected');
