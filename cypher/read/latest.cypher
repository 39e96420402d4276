// Purpose: the latest version in each of some slots, to compare with what comes in.
// Parameters: slots
// Columns: slot, seq, checksum
UNWIND $slots AS slot
MATCH (version:Version {_slot: slot})
WHERE NOT EXISTS { ()-[:SUPERSEDES]->(version) }
RETURN slot, version._seq AS seq, version._checksum AS checksum
