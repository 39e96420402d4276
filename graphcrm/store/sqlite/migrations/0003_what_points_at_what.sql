-- Who reads one account follows references: from it to its seats, from these to their holders, and on.

-- Of which kinds we keep what they point at, and where in their body the ids stand. Nobody asks what points
-- at an employee, and most of a store does.
CREATE TABLE relation (
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (kind, path)
) WITHOUT ROWID;

INSERT INTO relation VALUES
    ('departments', '$.account'),
    ('seats', '$.account'),
    ('seats', '$.reports_to'),
    ('seats', '$.decides_for'),
    ('holdings', '$.contact'),
    ('holdings', '$.seat'),
    ('ties', '$.contact'),
    ('assertions', '$.subject'),
    ('influences', '$.to'),
    ('mechanisms', '$.account'),
    ('stages', '$.account'),
    ('opportunities', '$.account');

-- Interactions are most of a store, so each is looked into once. They name people of both sides by id
-- alone, and no id is both a contact's and an employee's.
CREATE VIEW pointing AS
    SELECT named.value AS target, version.seq AS seq
    FROM version
    CROSS JOIN relation ON relation.kind = version.kind
    CROSS JOIN json_each(version.body, relation.path) AS named
    WHERE +version.kind <> 'interactions'
UNION ALL
    SELECT named.value, version.seq
    FROM version
    CROSS JOIN json_each(
        CASE
            WHEN json_type(body, '$.participants') IS NOT NULL THEN json_extract(body, '$.participants')
            ELSE json_insert(json_extract(body, '$.to'), '$[#]', json_extract(body, '$.from'))
        END
    ) AS named
    WHERE +version.kind = 'interactions' AND named.value NOT IN (
        SELECT id FROM version ours
        WHERE ours.kind = 'employees' AND ours.kind <> 'interactions' AND ours.id IS NOT NULL
    );

-- What the view says, kept: which versions point at an id.
CREATE TABLE reference (
    target TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (target, seq)
) WITHOUT ROWID;

INSERT OR IGNORE INTO reference SELECT target, seq FROM pointing ORDER BY target, seq;

CREATE TRIGGER reference_is_never_overwritten BEFORE UPDATE ON reference
BEGIN
    SELECT RAISE(ABORT, 'a reference is never overwritten');
END;
