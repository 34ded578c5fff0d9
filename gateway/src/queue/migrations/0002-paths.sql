-- Lists of paths as JSON, each once: records that came by the same kind of document share them.
CREATE TABLE path_list (
  id INTEGER PRIMARY KEY,
  paths TEXT NOT NULL UNIQUE
) STRICT;

-- Order in which each path was last said, JSON: by facet (its order in `applied`) or by order, a list of paths or the number of one.
ALTER TABLE record ADD COLUMN applied_paths TEXT NOT NULL DEFAULT '{}';
