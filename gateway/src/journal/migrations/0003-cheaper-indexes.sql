-- An index by the time of the intent never moves: a write costs one index entry less when it ends. Retention walks along it.
DROP INDEX write_ended;
CREATE INDEX write_age ON write (created_at_ms);
