-- Version 3. Versions of the lake, and the branches that began at one.

-- One being made or dropped is seen by nobody; the next command finishes it.
CREATE TABLE lake_version (
  name         TEXT    PRIMARY KEY,
  state        TEXT    NOT NULL CHECK (state IN ('making', 'made', 'dropping')),
  message      TEXT    NOT NULL,
  made_at      INTEGER NOT NULL
) STRICT;

-- The snapshot of each table; null where the table was never written to.
CREATE TABLE lake_version_table (
  version      TEXT    NOT NULL REFERENCES lake_version (name) ON DELETE CASCADE,
  name         TEXT    NOT NULL,
  snapshot     INTEGER,
  PRIMARY KEY (version, name)
) STRICT;

CREATE TABLE lake_branch (
  name         TEXT    PRIMARY KEY,
  state        TEXT    NOT NULL CHECK (state IN ('making', 'made', 'merging', 'dropping')),
  version      TEXT    NOT NULL,
  made_at      INTEGER NOT NULL
) STRICT;

-- Where the branch of each table began, and which snapshot gave that one its rows.
CREATE TABLE lake_branch_table (
  branch       TEXT    NOT NULL REFERENCES lake_branch (name) ON DELETE CASCADE,
  name         TEXT    NOT NULL,
  snapshot     INTEGER NOT NULL,
  content      INTEGER NOT NULL,
  PRIMARY KEY (branch, name)
) STRICT;
