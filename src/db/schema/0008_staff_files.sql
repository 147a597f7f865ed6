-- Staff page through the files of everybody, the newest first.
CREATE INDEX file_created ON file (created, id);
