// Purpose: who at the customer bears on this seat and is known to one of ours: the ways to an introduction.
// Parameters: seat
// Columns: employee, name, contact, contact_name, their_seat, title, bears, low

// In Neo4j Browser, first:  :param seat => 'id of a seat'
// bears: how the contact's seat stands to this one: is its boss, reports to it, or influences it
// low: strength of our employee's best route to the contact's seat, 0 to 1, at least
// All of it is as of the day of the latest audit.
MATCH (seat:Seat {id: $seat})-[bearing:REPORTS_TO|INFLUENCES]-(gate:Seat)
WHERE gate <> seat
  AND (bearing:REPORTS_TO OR endNode(bearing) = seat AND coalesce(bearing.sign, 1) > 0)
MATCH (contact:Contact)-[holds:HOLDS]->(gate)
MATCH (employee:Employee)-[route:REACHES]->(gate)
WHERE route.low > 0
  AND coalesce(bearing.valid_from <= route.as_of, true) AND coalesce(bearing.valid_to > route.as_of, true)
  AND coalesce(holds.valid_from <= route.as_of, true) AND coalesce(holds.valid_to > route.as_of, true)
  AND (EXISTS { (employee)-[:TIED_TO]->(contact) }
    OR EXISTS { (employee)-[:TOOK_PART]->(:Interaction)<-[:TOOK_PART]-(contact) })
RETURN DISTINCT
  employee.id AS employee,
  employee.name AS name,
  contact.id AS contact,
  contact.name AS contact_name,
  gate.id AS their_seat,
  gate.title AS title,
  CASE
    WHEN bearing:INFLUENCES THEN 'influences it'
    WHEN startNode(bearing) = seat THEN 'is its boss'
    ELSE 'reports to it'
  END AS bears,
  route.low AS low
ORDER BY low DESC, employee, their_seat, bears
