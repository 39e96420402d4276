// Purpose: everything around a person, ours or theirs, as a graph: seats, bosses and reports, ties, what
//          they carry, what was said of them, and their latest interactions.
// Parameters: person
// Columns: path

// In Neo4j Browser, first:  :param person => 'id of a contact or an employee'
// Seats held before are shown too; HOLDS says from when to when. Of interactions the latest five.
CALL {
  MATCH (person:Contact {id: $person})
  RETURN person
UNION
  MATCH (person:Employee {id: $person})
  RETURN person
}
CALL (person) {
  MATCH path = (person)-[:HOLDS]->(:Seat)-[:PART_OF|IN_DEPARTMENT]->()
  RETURN path
UNION
  MATCH path = (person)-[:HOLDS]->(:Seat)-[:REPORTS_TO|INFLUENCES]-(:Seat)<-[:HOLDS]-(:Contact)
  RETURN path
UNION
  MATCH path = (person)-[:TIED_TO|OWNS|REPORTS_TO]-()
  RETURN path
UNION
  MATCH path = (person)-[:REACHES]->(:Seat)
  RETURN path
UNION
  MATCH path = (person)<-[:ABOUT]-(:Assertion)
  RETURN path
UNION
  MATCH (person)-[:TOOK_PART]->(latest:Interaction)
  WITH DISTINCT person, latest
  ORDER BY latest.at DESC, latest.id
  LIMIT 5
  MATCH path = (person)-[:TOOK_PART]->(latest)<-[:TOOK_PART]-()
  RETURN path
}
RETURN path
