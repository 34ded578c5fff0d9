-- Numbers grow as senders write them, with their leading zeros: a new one goes to the end of its index, which stays dense. Whoever
-- knows a number without them asks for all the ways to write it.
DROP INDEX document_number;
CREATE UNIQUE INDEX document_number ON document (number, sender);
