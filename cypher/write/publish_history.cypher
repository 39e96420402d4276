// Purpose: let readers see a history that was taken in as a whole: note its imports and audits, and where the
//          log ends. No row: somebody else is writing.
// Parameters: store, holder, last, imports, audits, latest_as_of, last_import_at
// Columns: last
MATCH (store:Store {name: $store})
SET store.name = $store
WITH store
WHERE store.lease_holder = $holder
SET
  store.imports = size($imports),
  store.last_seq = $last,
  store.audits = size($audits),
  store.latest_as_of = $latest_as_of,
  store.last_import_at = $last_import_at
FOREACH (row IN $imports |
  CREATE (import:Import)
  SET import = row
)
FOREACH (row IN $audits |
  CREATE (audit:Audit)
  SET audit = row
)
RETURN store.last_seq AS last
