// Purpose: whether this writer's import was published. Setting the name waits for a commit that is under way.
// Parameters: store, number, holder
// Columns: published
MATCH (store:Store {name: $store})
SET store.name = $store
WITH store
OPTIONAL MATCH (import:Import {number: $number})
WHERE import.holder = $holder
RETURN import IS NOT NULL AS published
