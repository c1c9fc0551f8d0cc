-- The third form: what was known of a report before people described it otherwise, and what people starred.

CREATE TABLE as_read (          -- the head of a report as it was read; of those alone that are described otherwise now
  seq  INTEGER PRIMARY KEY REFERENCES report (seq) ON DELETE CASCADE,
  head BLOB NOT NULL,           -- packed JSON
  who  TEXT NOT NULL,           -- who described it last
  at   TEXT NOT NULL,           -- RFC 3339, UTC
  sum  INTEGER NOT NULL
) STRICT;

CREATE TABLE star (             -- what people want to find again; no fact follows from it
  what  TEXT PRIMARY KEY,       -- the id of a fact or of a report
  kind  TEXT NOT NULL,          -- 'report', or the kind of the fact
  story TEXT NOT NULL,          -- the story in which it was starred, or 'all'
  about TEXT NOT NULL,          -- its words then
  who   TEXT NOT NULL,
  at    TEXT NOT NULL           -- RFC 3339, UTC
) STRICT;
