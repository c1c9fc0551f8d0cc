-- The fourth form: who takes a correction back or up again, who brings a report back to how it was read, and who brought reports in.

CREATE TABLE deed (             -- what people did to what was kept before; a log: nothing is ever deleted from it
  seq  INTEGER PRIMARY KEY,
  what TEXT NOT NULL,           -- 'undo', 'redo': a correction; 'as-read': a report
  of   TEXT NOT NULL,           -- the id of the correction or of the report
  who  TEXT NOT NULL,
  at   TEXT NOT NULL,           -- RFC 3339, UTC
  sum  INTEGER NOT NULL
) STRICT;

ALTER TABLE run ADD COLUMN who TEXT;  -- where somebody is known to have brought something in
