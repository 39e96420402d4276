// Purpose: note whose audit's routes the current graph shows.
// Parameters: store, number
// Columns: none
MATCH (store:Store {name: $store})
SET store.reaches = $number
