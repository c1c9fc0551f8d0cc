-- The second form: what a record is made of has a checksum in every row, and what belongs to a report goes by its number, not
-- by its id. Runs and the names of stories have none: no fact follows from them. Originals are kept by their SHA-256.
-- Texts, findings and profiles stand in tables of their own, so that the reports can be looked through without them.

DROP TRIGGER entry_gone;
DROP INDEX report_original;
DROP INDEX report_run;
DROP INDEX report_source;
DROP INDEX entry_report;
DROP INDEX member_story;
ALTER TABLE report RENAME TO report_1;
ALTER TABLE finding RENAME TO finding_1;
ALTER TABLE entry RENAME TO entry_1;
ALTER TABLE member RENAME TO member_1;
ALTER TABLE correction RENAME TO correction_1;
ALTER TABLE feed RENAME TO feed_1;

CREATE TABLE report (           -- one version of one article
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order of adding, never used twice
  id         TEXT NOT NULL UNIQUE,
  article    TEXT NOT NULL,     -- what its versions share: the URL without its fragment, or the id of the first
  revision   INTEGER NOT NULL,  -- 1, 2, …
  run        INTEGER NOT NULL REFERENCES run (id),
  added      TEXT NOT NULL,     -- when it came in: RFC 3339, UTC
  reported   TEXT,              -- first day on which it was public for certain, where known: YYYY-MM-DD
  outlet     TEXT,
  url        TEXT,
  source     TEXT,              -- the path or URL as given, where it has no URL of its own
  via        TEXT,              -- the feed it came by
  head       BLOB NOT NULL,     -- what is known about it, packed JSON
  original   TEXT,              -- SHA-256 of the bytes as they came, where these are kept
  removed    TEXT,              -- when it was taken out, if it was
  story      TEXT REFERENCES story (id),
  taken_from TEXT,              -- the story a person took it from, if it was a person who put it there
  sum        INTEGER NOT NULL,  -- checksum of all that stands before it in this row
  UNIQUE (article, revision)
) STRICT;
CREATE INDEX report_run ON report (run);
CREATE INDEX report_source ON report (source) WHERE source IS NOT NULL;
CREATE INDEX report_story ON report (story, removed);
CREATE INDEX report_taken ON report (taken_from) WHERE taken_from IS NOT NULL;

CREATE TABLE text (             -- the text of a report
  seq  INTEGER PRIMARY KEY REFERENCES report (seq) ON DELETE CASCADE,
  text BLOB NOT NULL,           -- packed UTF-8
  map  BLOB NOT NULL,           -- text to original, packed JSON
  sum  INTEGER NOT NULL
) STRICT;

CREATE TABLE finding (          -- what was found in a report, read by its own date
  seq       INTEGER PRIMARY KEY REFERENCES report (seq) ON DELETE CASCADE,
  made_with TEXT NOT NULL,
  body      BLOB NOT NULL,      -- packed JSON; citations are places, the words are in the text
  sum       INTEGER NOT NULL
) STRICT;
CREATE TABLE finding_dated (    -- the same, read against the day of the reports beside it: kept for speed alone
  seq       INTEGER NOT NULL REFERENCES report (seq) ON DELETE CASCADE,
  made_with TEXT NOT NULL,
  body      BLOB NOT NULL,
  reference TEXT NOT NULL,      -- that day
  sum       INTEGER NOT NULL,
  PRIMARY KEY (seq, reference)
) STRICT;

CREATE TABLE entry (            -- what of a report can be searched for; the words are in `words`, a row a thing
  first      INTEGER PRIMARY KEY,                -- its first row there; then titles, texts, statements, names
  seq        INTEGER NOT NULL UNIQUE REFERENCES report (seq) ON DELETE CASCADE,
  titles     INTEGER NOT NULL,
  texts      INTEGER NOT NULL,
  statements INTEGER NOT NULL,
  names      INTEGER NOT NULL,
  body       BLOB NOT NULL,     -- packed JSON: places and speakers
  sum        INTEGER NOT NULL
) STRICT;
CREATE TRIGGER entry_gone AFTER DELETE ON entry BEGIN  -- up to the next, whatever it says of itself: that may be damaged
  DELETE FROM words WHERE rowid >= old.first
    AND rowid < coalesce((SELECT min(first) FROM entry WHERE first > old.first), 9223372036854775807);
END;

CREATE TABLE profile (          -- what the grouping compares
  seq  INTEGER PRIMARY KEY REFERENCES report (seq) ON DELETE CASCADE,
  body BLOB NOT NULL,
  sum  INTEGER NOT NULL
) STRICT;
CREATE TABLE digest (           -- the profiles of 256 reports that follow each other, by word: follows from them
  block INTEGER PRIMARY KEY,    -- the number of a report divided by 256
  body  BLOB NOT NULL,
  sum   INTEGER NOT NULL
) STRICT;
CREATE TRIGGER profile_new AFTER INSERT ON profile BEGIN
  DELETE FROM digest WHERE block = new.seq / 256;
END;
CREATE TRIGGER profile_changed AFTER UPDATE ON profile BEGIN
  DELETE FROM digest WHERE block = new.seq / 256;
END;
CREATE TRIGGER profile_gone AFTER DELETE ON profile BEGIN
  DELETE FROM digest WHERE block = old.seq / 256;
END;
CREATE TRIGGER report_taken_out AFTER UPDATE OF removed ON report BEGIN
  DELETE FROM digest WHERE block = new.seq / 256;
END;

CREATE TABLE correction (       -- what people changed; a log: nothing is ever deleted from it
  seq    INTEGER PRIMARY KEY,
  id     TEXT NOT NULL UNIQUE,
  body   TEXT NOT NULL,         -- JSON
  undone TEXT,                  -- when it was taken back
  sum    INTEGER NOT NULL
) STRICT;

CREATE TABLE feed (             -- feeds that are watched, and what is known of them
  url   TEXT PRIMARY KEY,
  state TEXT NOT NULL,          -- JSON
  sum   INTEGER NOT NULL
) STRICT;

CREATE TABLE tally (            -- how many rows a table should have: one that is lost is missed
  what  TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  sums  INTEGER NOT NULL,       -- their checksums added up
  echo  INTEGER NOT NULL        -- -(count + sums): the checksum of this row
) STRICT;
INSERT INTO tally VALUES ('report', 0, 0, 0), ('correction', 0, 0, 0),
  ('renewal', 0, 0, 0);         -- how often a report was mended or read anew: its row may be as it was, and its record is not
CREATE TRIGGER report_counted AFTER INSERT ON report BEGIN
  UPDATE tally SET count = count + 1, sums = sums + new.sum, echo = echo - 1 - new.sum WHERE what = 'report';
END;
CREATE TRIGGER report_recounted AFTER UPDATE OF sum ON report BEGIN
  UPDATE tally SET sums = sums - old.sum + new.sum, echo = echo + old.sum - new.sum WHERE what = 'report';
END;
CREATE TRIGGER report_discounted AFTER DELETE ON report BEGIN
  UPDATE tally SET count = count - 1, sums = sums - old.sum, echo = echo + 1 + old.sum WHERE what = 'report';
END;
CREATE TRIGGER correction_counted AFTER INSERT ON correction BEGIN
  UPDATE tally SET count = count + 1, sums = sums + new.sum, echo = echo - 1 - new.sum WHERE what = 'correction';
END;
CREATE TRIGGER correction_recounted AFTER UPDATE OF sum ON correction BEGIN
  UPDATE tally SET sums = sums - old.sum + new.sum, echo = echo + old.sum - new.sum WHERE what = 'correction';
END;
