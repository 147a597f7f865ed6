-- Pages of specifications by number, and of files by name, are ranges of these.
CREATE INDEX invoice_specification_number ON invoice_specification (number COLLATE "sv-natural");
CREATE INDEX file_name ON file (name COLLATE "sv-natural", id);
