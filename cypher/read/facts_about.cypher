// Purpose: all that may bear on some accounts, asked at once. References are followed through every version there is,
//          and of each record found comes the version that facts gives; store/part.py keeps of these what does bear
//          on the accounts. With it, the one node that says how far the log is published.
// Parameters: name, accounts, everybody, upto, as_of, known_at
// Columns: store, migrations, found

// found: lists of a kind, names of fields, and records that state these fields, each a list of the place where it was
// first stated and the values; days and times are text, which a client reads many times as fast.

// What points at an id is asked of an index of words: an id is one, in quotes.

// What points at the accounts: seats, also those that decide for them, departments, mechanisms and the rest.
CALL () {
  UNWIND $accounts AS id
  WITH '"' + replace(replace(id, '\\', '\\\\'), '"', '\\"') + '"' AS word
  CALL db.index.fulltext.queryNodes('version_points_at',
    'account:' + word + ' decides_for:' + word + ' subject:' + word)
  YIELD node
  RETURN collect(DISTINCT node) AS around
}

// Who reports to their seats, and who influences these.
CALL (around) {
  UNWIND around AS version
  WITH DISTINCT version._kind AS kind, version._id AS id
  WHERE kind = 'seats'
  WITH '"' + replace(replace(id, '\\', '\\\\'), '"', '\\"') + '"' AS word
  CALL db.index.fulltext.queryNodes('version_points_at',
    'reports_to:' + word + ' to:' + word)
  YIELD node
  WHERE node._kind IN ['seats', 'influences']
  RETURN collect(DISTINCT node) AS bearing
}

// The seats of bosses, and of those who influence theirs.
CALL (around, bearing) {
  UNWIND around + bearing AS version
  WITH DISTINCT
    CASE version._kind WHEN 'seats' THEN version.reports_to WHEN 'influences' THEN version.`from` END AS id
  MATCH (seat:Version {_kind: 'seats', _id: id})
  RETURN collect(seat) AS above
}

// Who ever held one of all these seats: the holdings, not yet the people.
CALL (around, bearing, above) {
  UNWIND around + bearing + above AS version
  WITH DISTINCT version._kind AS kind, version._id AS id
  WHERE kind = 'seats'
  WITH '"' + replace(replace(id, '\\', '\\\\'), '"', '\\"') + '"' AS word
  CALL db.index.fulltext.queryNodes('version_points_at', 'seat:' + word)
  YIELD node
  WHERE node._kind = 'holdings'
  RETURN collect(DISTINCT node) AS held
}

// These people; what else they hold, who knows them, when they were met, and what is said of them.
CALL (held) {
  UNWIND held AS version
  WITH DISTINCT version.contact AS id
  CALL (id) {
    MATCH (contact:Version {_kind: 'contacts', _id: id})
    RETURN contact AS node
    UNION ALL
    WITH '"' + replace(replace(id, '\\', '\\\\'), '"', '\\"') + '"' AS word
    CALL db.index.fulltext.queryNodes('version_points_at',
      'contact:' + word + ' subject:' + word + ' participants:' + word + ' from:' + word + ' to:' + word)
    YIELD node
    WHERE node._kind IN ['holdings', 'ties', 'interactions', 'assertions']
    RETURN node
  }
  RETURN collect(DISTINCT node) AS theirs
}

// Where else they sit.
CALL (theirs) {
  UNWIND theirs AS version
  WITH DISTINCT version.seat AS id
  MATCH (seat:Version {_kind: 'seats', _id: id})
  RETURN collect(seat) AS elsewhere
}

// The accounts, and those of which a seat was found.
CALL (around, bearing, above, elsewhere) {
  UNWIND $accounts + [seat IN around + bearing + above + elsewhere WHERE seat._kind = 'seats' | seat.account] AS id
  WITH DISTINCT id
  MATCH (account:Version {_kind: 'accounts', _id: id})
  RETURN collect(account) AS accounts
}

// Our people in all this, or all of them.
CALL (around, theirs, accounts) {
  UNWIND around + theirs + accounts AS version
  UNWIND
    CASE version._kind
      WHEN 'accounts' THEN [version.owner]
      WHEN 'mechanisms' THEN version.our_owners
      WHEN 'ties' THEN [version.employee]
      WHEN 'interactions' THEN coalesce(version.participants, [version.`from`] + version.to)
    END AS id
  WITH DISTINCT id
  WHERE NOT $everybody
  MATCH (employee:Version {_kind: 'employees', _id: id})
  RETURN collect(employee) AS named
}
CALL (named) {
  CALL (named) {
    UNWIND named AS employee
    RETURN employee
    UNION ALL
    UNWIND named AS employee
    WITH DISTINCT employee.manager AS id
    MATCH (manager:Version {_kind: 'employees', _id: id})
    RETURN manager AS employee
    UNION ALL
    WITH $everybody AS everybody
    WHERE everybody
    MATCH (employee:Version {_kind: 'employees'})
    RETURN employee
  }
  RETURN collect(DISTINCT employee) AS ours
}

// What is said of all these seats, people of ours, and ties.
CALL (around, bearing, above, theirs, elsewhere, ours) {
  UNWIND around + bearing + above + theirs + elsewhere + ours AS version
  WITH DISTINCT version._kind AS kind, version._id AS id
  WHERE kind IN ['seats', 'ties', 'employees']
  WITH DISTINCT '"' + replace(replace(id, '\\', '\\\\'), '"', '\\"') + '"' AS word
  CALL db.index.fulltext.queryNodes('version_points_at', 'subject:' + word)
  YIELD node
  RETURN collect(DISTINCT node) AS said
}

// Of each of these records the latest version published and known by the day, unless it is retired.
MATCH (store:Store {name: $name})
WITH store, around + bearing + above + held + theirs + elsewhere + accounts + ours + said AS versions,
  CASE WHEN $upto < store.last_seq THEN $upto ELSE store.last_seq END AS last,
  coalesce($as_of, store.latest_as_of) AS as_of
CALL (versions, last, as_of) {
  UNWIND versions AS version
  WITH DISTINCT version
  WHERE version._seq <= last
    AND version._retired_on IS NULL
    AND (version._known_from IS NULL OR version._known_from <= $known_at)
    AND NOT EXISTS {
      MATCH (later)-[:SUPERSEDES*1..]->(version)
      WHERE later._seq <= last
        AND (later._known_from IS NULL OR later._known_from <= $known_at)
        AND (later._retired_on IS NULL OR later._retired_on <= as_of)
    }
  WITH version,
    coalesce(head([(version)-[:SUPERSEDES*1..]->(first) WHERE NOT (first)-[:SUPERSEDES]->() | first._seq]),
             version._seq) AS place,
    [name IN keys(version) WHERE NOT name STARTS WITH '_'] AS names
  WITH version._kind AS kind, names, collect([place] + [name IN names |
    CASE WHEN version[name] IS :: DATE | ZONED DATETIME THEN toString(version[name]) ELSE version[name] END]
  ) AS records
  RETURN collect([kind, names, records]) AS found
}
RETURN
  properties(store) AS store,
  COLLECT {
    MATCH (migration:Migration)
    WHERE migration.version > 0
    RETURN migration {.version, .label, .checksum} AS applied
    ORDER BY migration.version
  } AS migrations,
  found
