-- The first form of a dossier. A migration is never changed once released; the next form is a file of its own.

CREATE TABLE run (              -- one command that brought something in
  id      INTEGER PRIMARY KEY,
  started TEXT NOT NULL,        -- RFC 3339, UTC
  what    TEXT NOT NULL         -- 'add', 'watch', 'refresh'
) STRICT;

CREATE TABLE report (           -- one version of one article
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,   -- the order of adding, never used twice
  id        TEXT NOT NULL UNIQUE,
  article   TEXT NOT NULL,      -- what its versions share: the URL without its fragment, or the id of the first
  revision  INTEGER NOT NULL,   -- 1, 2, …
  run       INTEGER NOT NULL REFERENCES run (id),
  added     TEXT NOT NULL,      -- when it came in: RFC 3339, UTC
  reported  TEXT,               -- first day on which it was public for certain, where known: YYYY-MM-DD
  outlet    TEXT,
  url       TEXT,
  via       TEXT,               -- the feed it came by
  head      TEXT NOT NULL,      -- what is known about it, JSON
  text      BLOB NOT NULL,      -- deflated UTF-8
  map       BLOB NOT NULL,      -- text to original, deflated JSON
  original  TEXT NOT NULL,      -- SHA-256
  removed   TEXT,               -- when it was taken out, if it was
  UNIQUE (article, revision)
) STRICT;
CREATE INDEX report_original ON report (original);
CREATE INDEX report_run ON report (run);
CREATE INDEX report_source ON report (json_extract(head, '$.source'));

CREATE TABLE original (         -- the bytes as they came, where the text alone is not the whole of them
  sha256 TEXT PRIMARY KEY,
  media  TEXT NOT NULL,
  bytes  BLOB NOT NULL          -- deflated
) STRICT;

CREATE TABLE finding (          -- what was found in a report
  report    TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  reference TEXT NOT NULL,      -- the day it was read against if that is not its own; else ''
  made_with TEXT NOT NULL,
  body      BLOB NOT NULL,      -- deflated JSON
  PRIMARY KEY (report, reference)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (            -- a row a thing that can be searched for; the words are in `words`
  id     INTEGER PRIMARY KEY,
  report TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  kind   TEXT NOT NULL,         -- 'text', 'statement', 'name', 'title'
  by     TEXT,                  -- who says it
  start  INTEGER NOT NULL,      -- code points of the report
  end    INTEGER NOT NULL
) STRICT;
CREATE INDEX entry_report ON entry (report);
CREATE VIRTUAL TABLE words USING fts5 (
  body, by, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER entry_gone AFTER DELETE ON entry BEGIN
  DELETE FROM words WHERE rowid = old.id;
END;

CREATE TABLE story (            -- reports that tell one story
  id    TEXT PRIMARY KEY,
  name  TEXT                    -- given by a person; else made from its reports
) STRICT;
CREATE TABLE member (
  report  TEXT PRIMARY KEY REFERENCES report (id) ON DELETE CASCADE,
  story   TEXT NOT NULL REFERENCES story (id),
  by_hand INTEGER NOT NULL DEFAULT 0,
  profile BLOB NOT NULL         -- what the grouping compares
) STRICT;
CREATE INDEX member_story ON member (story);

CREATE TABLE correction (       -- what people changed; a log: nothing is ever deleted from it
  id     TEXT PRIMARY KEY,
  seq    INTEGER NOT NULL UNIQUE,
  body   TEXT NOT NULL,         -- JSON
  undone TEXT                   -- when it was taken back
) STRICT;

CREATE TABLE feed (             -- feeds that are watched, and what is known of them
  url   TEXT PRIMARY KEY,
  state TEXT NOT NULL           -- JSON
) STRICT;
