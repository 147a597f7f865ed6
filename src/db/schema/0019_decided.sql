-- Decisions that staff have something to do about: the menu tells how many.
CREATE INDEX invoice_specification_decided ON invoice_specification (id) WHERE status IN ('approved', 'rejected');
