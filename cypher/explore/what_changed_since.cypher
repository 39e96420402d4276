// Purpose: what we learned since a day, the latest first: what is new, changed or retired, field by field.
// Parameters: since
// Columns: on, change, kind, id, name, field, before, after

// In Neo4j Browser, first:  :param since => date() - duration('P30D')
// on: the day it was written down, else that of the import. What a first import states without a day was
//     always known and is no change. Interactions are left out: they are contact, not change.
// id, name: the record, or whom an assertion, a holding or a tie is about
// field, before, after: what was changed; of what is new and is about somebody, what it states
// This reads the log, which the current graph is made from, up to what is published.
MATCH (store:Store {name: 'graphcrm'})
WITH store.last_seq AS published
MATCH (version:Version)
WHERE version._kind IN ['accounts', 'departments', 'seats', 'contacts', 'employees', 'holdings', 'ties',
    'assertions', 'influences', 'mechanisms', 'stages', 'opportunities']
  AND version._known_from >= $since
  AND version._seq <= published
OPTIONAL MATCH (version)-[:SUPERSEDES]->(before:Version)
// Of what is retired, what it was.
WITH version, before, CASE WHEN version._retired_on IS NULL THEN version ELSE before END AS stated
WITH version, before, stated,
  CASE
    WHEN version._retired_on IS NOT NULL THEN 'retired'
    WHEN before IS NULL OR before._retired_on IS NOT NULL THEN 'new'
    ELSE 'changed'
  END AS change,
  CASE version._kind
    WHEN 'assertions' THEN stated.subject
    WHEN 'holdings' THEN stated.contact
    WHEN 'ties' THEN stated.contact
    WHEN 'influences' THEN stated.`from`
    ELSE stated._id
  END AS about
CALL (version, before, stated, change, about) {
  WITH *
  WHERE change = 'changed'
  UNWIND keys(version) + [key IN keys(before) WHERE version[key] IS NULL] AS field
  WITH version, before, field
  WHERE NOT field STARTS WITH '_'
    AND NOT field IN ['recorded_at', 'source', 'by', 'evidence']
    AND coalesce(version[field] <> before[field], true)
  RETURN field, before[field] AS was, version[field] AS now
UNION
  WITH *
  WHERE change <> 'changed'
  // What held before a new assertion: the one about the same that was valid before it.
  OPTIONAL MATCH (earlier:Assertion {subject: stated.subject, attribute: stated.attribute})
    WHERE change = 'new' AND earlier.valid_from < stated.valid_from
  WITH stated, change, earlier
  ORDER BY earlier.valid_from DESC, coalesce(toString(earlier.recorded_at), '') DESC, earlier.id DESC
  LIMIT 1
  WITH change, earlier.value AS was, stated,
    CASE stated._kind
      WHEN 'assertions' THEN stated.attribute
      WHEN 'holdings' THEN 'seat'
      WHEN 'ties' THEN 'level'
      WHEN 'influences' THEN 'to'
    END AS field
  WITH field, was, change, stated[CASE stated._kind WHEN 'assertions' THEN 'value' ELSE field END] AS value
  RETURN field,
    CASE WHEN change = 'retired' THEN value ELSE was END AS was,
    CASE WHEN change = 'new' THEN value END AS now
}
RETURN
  version._known_from AS on,
  change,
  version._kind AS kind,
  about AS id,
  coalesce(
    stated.name,
    stated.title,
    head(COLLECT { MATCH (n:Contact {id: about}) RETURN n.name }),
    head(COLLECT { MATCH (n:Seat {id: about}) RETURN n.title }),
    head(COLLECT { MATCH (n:Employee {id: about}) RETURN n.name }),
    head(COLLECT { MATCH (n:Account {id: about}) RETURN n.name }),
    CASE WHEN version._kind = 'mechanisms' THEN stated.kind END
  ) AS name,
  field,
  was AS before,
  now AS after
ORDER BY on DESC, kind, id, field
