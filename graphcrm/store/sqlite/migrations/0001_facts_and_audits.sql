-- Facts as versions, the imports that brought them, and audits. Days and times are ISO text in UTC.

CREATE TABLE migration (
    version INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at TEXT NOT NULL
);

CREATE TABLE import (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    source TEXT,
    as_of TEXT NOT NULL,
    at TEXT NOT NULL
);

-- One row for each statement of a record; a later row of the same kind, key and ordinal supersedes it.
-- A row without a body is a retirement.
CREATE TABLE version (
    seq INTEGER PRIMARY KEY,
    import INTEGER NOT NULL REFERENCES import (id),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,           -- JSON list: the record's key
    ordinal INTEGER NOT NULL,    -- its place among records of the same key in its bundle, from 0
    id TEXT,                     -- what others call it, for kinds with an id
    source TEXT,                 -- the record's own source, else that of its bundle
    known_from TEXT,             -- the day from which it is known; NULL: always
    retired_on TEXT,
    body TEXT,                   -- JSON of the record, without what equals a default
    CHECK ((body IS NULL) = (retired_on IS NOT NULL))
);

CREATE INDEX version_key ON version (kind, key, ordinal);

-- All ids ever known are read from here, without the bodies.
CREATE INDEX version_id ON version (kind, id) WHERE id IS NOT NULL;

CREATE TRIGGER version_is_never_overwritten BEFORE UPDATE ON version
BEGIN
    SELECT RAISE(ABORT, 'a version is never overwritten');
END;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    run_at TEXT NOT NULL,
    as_of TEXT NOT NULL,
    known_at TEXT,
    policy TEXT NOT NULL,
    policy_pack TEXT NOT NULL
);

CREATE TABLE audit_review (
    audit_id INTEGER NOT NULL REFERENCES audit (id),
    position INTEGER NOT NULL,
    account TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (audit_id, position)
);

CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'an audit never changes');
END;

CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'an audit stays');
END;

CREATE TRIGGER audit_review_never_changes BEFORE UPDATE ON audit_review
BEGIN
    SELECT RAISE(ABORT, 'an audit never changes');
END;

CREATE TRIGGER audit_review_stays BEFORE DELETE ON audit_review
BEGIN
    SELECT RAISE(ABORT, 'an audit stays');
END;
