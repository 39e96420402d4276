// Purpose: let others write.
// Parameters: name, holder
// Columns: none
MATCH (store:Store {name: $name})
SET store.name = $name
WITH store
WHERE store.lease_holder = $holder
REMOVE store.lease_holder, store.lease_until
