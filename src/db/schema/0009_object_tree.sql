-- The objects that lie in one, in the order they are shown: a page of them is a range, however many there are.
CREATE INDEX object_children ON object (parent_id, number);
