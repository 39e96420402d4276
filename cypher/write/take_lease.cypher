// Purpose: become the one who writes, unless somebody else is and was heard of lately. Setting the name locks
//          the node before the lease is read.
// Parameters: name, holder, seconds
// Columns: until
MATCH (store:Store {name: $name})
SET store.name = $name
WITH store
WHERE store.lease_holder IS NULL OR store.lease_holder = $holder OR store.lease_until < datetime()
SET store.lease_holder = $holder, store.lease_until = datetime() + duration({seconds: $seconds})
RETURN store.lease_until AS until
