// Purpose: draw edges from assertions about ties that a stretch of the log states for the first time to one end of
//          every statement of each tie in force: an edge cannot end on an edge.
// Parameters: after, upto, last, others, end
// Names: target
// Columns: none
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq > $after AND version._seq <= $upto
  AND version._kind = 'assertions'
  AND NOT version.attribute IN $others
  AND NOT EXISTS { (version)-[:SUPERSEDES]-() }
MATCH (tie:Version {_kind: 'ties', _id: version.subject})
WHERE tie._seq <= $last
  AND tie._retired_on IS NULL
  AND NOT EXISTS {
    MATCH (later)-[:SUPERSEDES]->(tie)
    WHERE later._seq <= $last
  }
MATCH (assertion:Assertion {id: coalesce(version._id, version._slot)})
MATCH (other:`{target}` {id: tie[$end]})
MERGE (assertion)-[:ABOUT {tie: version.subject}]->(other)
