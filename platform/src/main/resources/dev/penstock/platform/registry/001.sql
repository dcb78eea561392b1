-- Version 1. Times are microseconds since 1970-01-01T00:00Z; fingerprints are 64 hexadecimal digits.

-- What apply wrote, one row per definition and applied state. The current one is not retired.
CREATE TABLE definition (
  id           INTEGER PRIMARY KEY,
  kind         TEXT    NOT NULL,
  name         TEXT    NOT NULL,
  fingerprint  TEXT    NOT NULL,
  canonical    TEXT    NOT NULL,
  owner        TEXT    NOT NULL,
  description  TEXT    NOT NULL,
  tags         TEXT    NOT NULL,
  source_text  TEXT    NOT NULL,
  applied_at   INTEGER NOT NULL,
  retired_at   INTEGER
) STRICT;
CREATE UNIQUE INDEX definition_current ON definition (name) WHERE retired_at IS NULL;
CREATE INDEX definition_history ON definition (name, applied_at);

-- The content of each dimension that lookups read.
CREATE TABLE pin (
  dimension    TEXT    PRIMARY KEY,
  fingerprint  TEXT    NOT NULL,
  snapshot     INTEGER NOT NULL,
  pinned_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE run (
  id           INTEGER PRIMARY KEY,
  command      TEXT    NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  started_at   INTEGER NOT NULL,
  finished_at  INTEGER,
  message      TEXT    NOT NULL DEFAULT ''
) STRICT;

-- A step is named by what it makes and from what: the same name and version need not run again.
CREATE TABLE run_step (
  run_id       INTEGER NOT NULL REFERENCES run (id),
  name         TEXT    NOT NULL,
  version      TEXT    NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  started_at   INTEGER NOT NULL,
  finished_at  INTEGER,
  result       TEXT    NOT NULL DEFAULT '{}',
  PRIMARY KEY (run_id, name)
) STRICT;
CREATE INDEX run_step_done ON run_step (name, version) WHERE state = 'done';

CREATE TABLE dataset (
  version      TEXT    PRIMARY KEY,
  name         TEXT    NOT NULL,
  fingerprint  TEXT    NOT NULL,
  inputs       TEXT    NOT NULL,
  summary      TEXT    NOT NULL,
  tag          TEXT    NOT NULL,
  built_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX dataset_name ON dataset (name, built_at);

CREATE TABLE model (
  name             TEXT    NOT NULL,
  version          INTEGER NOT NULL,
  fingerprint      TEXT    NOT NULL,
  dataset_version  TEXT    NOT NULL REFERENCES dataset (version),
  stage            TEXT    NOT NULL CHECK (stage IN ('candidate', 'challenger', 'champion', 'retired')),
  metrics          TEXT    NOT NULL,
  parameters       TEXT    NOT NULL,
  artifact         TEXT    NOT NULL,
  trained_at       INTEGER NOT NULL,
  PRIMARY KEY (name, version)
) STRICT;
CREATE UNIQUE INDEX model_champion ON model (name) WHERE stage = 'champion';

-- Append-only; each row's hash covers the one before it.
CREATE TABLE audit (
  number         INTEGER PRIMARY KEY,
  at             INTEGER NOT NULL,
  who            TEXT    NOT NULL,
  action         TEXT    NOT NULL,
  subject        TEXT    NOT NULL,
  evidence       TEXT    NOT NULL,
  previous_hash  TEXT    NOT NULL,
  hash           TEXT    NOT NULL UNIQUE
) STRICT;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

-- Files that were taken in, by content: the same bytes are not taken in twice.
CREATE TABLE ingested_file (
  source       TEXT    NOT NULL,
  content      TEXT    NOT NULL,
  file_name    TEXT    NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('started', 'done')),
  snapshot     INTEGER,
  accepted     INTEGER NOT NULL DEFAULT 0,
  quarantined  INTEGER NOT NULL DEFAULT 0,
  duplicates   INTEGER NOT NULL DEFAULT 0,
  at           INTEGER NOT NULL,
  PRIMARY KEY (source, content)
) STRICT;
