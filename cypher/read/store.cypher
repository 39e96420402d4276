// Purpose: the one node that says how far the log is published and who is writing, with the migrations applied.
// Parameters: name
// Columns: store, migrations
MATCH (store:Store {name: $name})
RETURN
  properties(store) AS store,
  COLLECT {
    MATCH (migration:Migration)
    WHERE migration.version > 0
    RETURN migration {.version, .label, .checksum} AS applied
    ORDER BY migration.version
  } AS migrations
