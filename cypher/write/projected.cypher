// Purpose: note up to where the current graph follows the log.
// Parameters: store, seq
// Columns: none
MATCH (store:Store {name: $store})
SET store.projected_seq = $seq
