// Purpose: the latest version in each of some slots, to compare with what comes in: slot, place in the log, checksum,
//          and the place of the first version of it. One row: many small ones take several times as long.
// Parameters: slots
// Columns: found
UNWIND $slots AS slot
MATCH (version:Version {_slot: slot})
WHERE NOT EXISTS { ()-[:SUPERSEDES]->(version) }
RETURN collect([
  slot,
  version._seq,
  version._checksum,
  coalesce(head([(version)-[:SUPERSEDES*1..]->(first) WHERE NOT (first)-[:SUPERSEDES]->() | first._seq]),
           version._seq)
]) AS found
