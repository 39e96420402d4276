// Purpose: stay the one who writes. No row: somebody else is.
// Parameters: name, holder, seconds
// Columns: until
MATCH (store:Store {name: $name})
SET store.name = $name
WITH store
WHERE store.lease_holder = $holder
SET store.lease_until = datetime() + duration({seconds: $seconds})
RETURN store.lease_until AS until
