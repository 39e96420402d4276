// Purpose: make the one node that says that this database is a store.
// Parameters: name
// Columns: none
MERGE (store:Store {name: $name})
ON CREATE SET
  store.imports = 0,
  store.last_seq = 0,
  store.projected_seq = 0,
  store.audits = 0,
  store.reaches = 0
