-- The next position: documents and their changes share one numbering, which only grows. Changes below `unsorted` are known to their records.
CREATE TABLE position (next INTEGER NOT NULL, unsorted INTEGER NOT NULL) STRICT;
INSERT INTO position VALUES (1, 1);

-- One SAP system as one org sees it, with how many of its records wait by themselves and how many are held (kept by triggers).
CREATE TABLE target (
  id INTEGER PRIMARY KEY,
  org TEXT NOT NULL,
  system TEXT NOT NULL,
  waiting INTEGER NOT NULL DEFAULT 0,
  held INTEGER NOT NULL DEFAULT 0,
  UNIQUE (org, system)
) STRICT;

-- What arrived and was understood. Its changes have the positions from its own to its last.
CREATE TABLE document (
  position INTEGER PRIMARY KEY,
  last_position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  sender TEXT NOT NULL,
  number TEXT NOT NULL,
  type TEXT NOT NULL,
  created_at TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  arrived_at_ms INTEGER NOT NULL
) STRICT;

-- Knows a document again, and finds it by a number without its leading zeros.
CREATE UNIQUE INDEX document_number ON document (ltrim(number, '0'), sender, number);

-- What arrived and could not be understood, or came under a number that was used for something else.
CREATE TABLE refused (
  position INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  sender TEXT NOT NULL,
  number TEXT NOT NULL,
  type TEXT NOT NULL,
  created_at TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  arrived_at_ms INTEGER NOT NULL,
  -- Code, facts and messages, JSON.
  failure TEXT NOT NULL CHECK (json_valid(failure)),
  ended_at_ms INTEGER,
  reason TEXT
) STRICT;
CREATE UNIQUE INDEX refused_open ON refused (sender, number, content_hash) WHERE ended_at_ms IS NULL;
CREATE INDEX refused_ended ON refused (ended_at_ms) WHERE ended_at_ms IS NOT NULL;

-- One record of one org. `ready`: its turn may come. `later`: once it is due. `held`: for its parent, or for a person. `idle`: nothing waits.
CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  target INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ready', 'later', 'held', 'idle')),
  -- The oldest change that waits.
  first_position INTEGER NOT NULL,
  due_at_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- Of the last try that failed, JSON; null after a success.
  problem TEXT,
  waits_for TEXT,
  held_at_ms INTEGER NOT NULL DEFAULT 0,
  -- Order of what Salesforce has, by facet, JSON.
  applied TEXT NOT NULL DEFAULT '{}',
  written TEXT,
  UNIQUE (target, kind, key_id)
) STRICT;
CREATE INDEX record_ready ON record (target, first_position) WHERE state = 'ready';
CREATE INDEX record_later ON record (target, due_at_ms) WHERE state = 'later';
CREATE INDEX record_later_first ON record (target, first_position) WHERE state = 'later';
CREATE INDEX record_held ON record (first_position) WHERE state = 'held';
CREATE INDEX record_waits_for ON record (waits_for) WHERE state = 'held' AND waits_for IS NOT NULL;

CREATE TRIGGER record_new AFTER INSERT ON record BEGIN
  UPDATE target SET waiting = waiting + (new.state IN ('ready', 'later')), held = held + (new.state = 'held')
  WHERE id = new.target;
END;
CREATE TRIGGER record_moved AFTER UPDATE OF state ON record WHEN old.state <> new.state BEGIN
  UPDATE target SET
    waiting = waiting + (new.state IN ('ready', 'later')) - (old.state IN ('ready', 'later')),
    held = held + (new.state = 'held') - (old.state = 'held')
  WHERE id = new.target;
END;

-- Finds records by any part of their id, without leading zeros.
CREATE TABLE record_part (
  part TEXT NOT NULL,
  record INTEGER NOT NULL,
  PRIMARY KEY (part, record)
) STRICT, WITHOUT ROWID;

-- One change of one record: what waits, and afterwards its receipt. Keeping one only appends here.
CREATE TABLE change (
  position INTEGER PRIMARY KEY,
  document INTEGER NOT NULL,
  target INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key_id TEXT NOT NULL,
  facet TEXT NOT NULL,
  change_order TEXT NOT NULL,
  -- JSON; null once it was wiped: it is customer data, and the receipt does without it.
  fields TEXT,
  parents TEXT NOT NULL,
  is_removed INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting',
  ended_at_ms INTEGER,
  committed_at TEXT,
  record_id TEXT,
  reason TEXT
) STRICT;

-- The changes of each record, in their order; those that arrived last are sorted in before anybody asks.
CREATE TABLE record_change (
  record INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;

-- What retention wipes, and later removes, oldest first. A change that waits is in neither.
CREATE INDEX change_to_wipe ON change (ended_at_ms) WHERE ended_at_ms IS NOT NULL AND fields IS NOT NULL;
CREATE INDEX change_to_remove ON change (ended_at_ms) WHERE ended_at_ms IS NOT NULL AND fields IS NULL;

-- How far each source has been read.
CREATE TABLE checkpoint (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
