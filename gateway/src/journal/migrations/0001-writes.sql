-- One row per write: the intent before SAP is called, the outcome after.
CREATE TABLE write (
  org TEXT NOT NULL,
  system TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  -- Empty once the write has ended: nothing needs it any more, and it is customer data.
  content TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'verifying', 'held', 'done', 'refused')),
  -- The operation as it is answered, JSON.
  operation TEXT NOT NULL CHECK (json_valid(operation)),
  created_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL,
  PRIMARY KEY (org, system, id)
) STRICT, WITHOUT ROWID;

-- What a restart looks up in SAP.
CREATE INDEX write_unfinished ON write (created_at_ms) WHERE state IN ('running', 'verifying');

-- What retention removes, oldest first.
CREATE INDEX write_ended ON write (state, changed_at_ms) WHERE state IN ('held', 'done', 'refused');
