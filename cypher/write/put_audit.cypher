// Purpose: keep an audit and let readers see it. No row: somebody else is writing.
// Parameters: store, holder, number, properties
// Columns: number
MATCH (store:Store {name: $store})
SET store.name = $store
WITH store
WHERE store.lease_holder = $holder
SET store.audits = $number
CREATE (audit:Audit {number: $number})
SET audit += $properties
RETURN audit.number AS number
