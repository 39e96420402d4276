// Purpose: let readers see an import: note it, and move the end of the log. No row: somebody else is writing.
// Parameters: store, holder, last, number, name, source, as_of, at
// Columns: number
MATCH (store:Store {name: $store})
SET store.name = $store
WITH store
WHERE store.lease_holder = $holder
SET
  store.imports = $number,
  store.last_seq = $last,
  store.latest_as_of = CASE WHEN store.latest_as_of > $as_of THEN store.latest_as_of ELSE $as_of END,
  store.last_import_at = $at
CREATE (import:Import {
  number: $number,
  name: $name,
  source: $source,
  as_of: $as_of,
  at: $at,
  holder: $holder
})
RETURN import.number AS number
