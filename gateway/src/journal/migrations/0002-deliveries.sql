-- What the org knows of a write: `asOf` of the operation that it has confirmed, or that it asked for itself.
-- Writes of the time before are not told again: their callers had the answer, and no org could be told by the agent.
ALTER TABLE write ADD COLUMN delivered_as_of TEXT NOT NULL DEFAULT '';
UPDATE write SET delivered_as_of = json_extract(operation, '$.asOf');

-- What is still to be told, least recently changed first.
CREATE INDEX write_undelivered ON write (org, system, changed_at_ms)
  WHERE delivered_as_of <> json_extract(operation, '$.asOf');
