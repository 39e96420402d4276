// Purpose: who of ours reaches this seat, how strongly, and who alone, as the latest audit saw it.
// Parameters: seat
// Columns: employee, name, low, high, proven, alone, holder, as_of

// In Neo4j Browser, first:  :param seat => 'id of a seat'
// low, high: strength of the best route, 0 to 1, at least and at most; proven: low is above 0
// alone: without this employee nobody of ours, and nothing the firm itself holds, provably reaches the seat
// holder: who held the seat then; as_of: the day of the audit
MATCH (employee:Employee)-[route:REACHES]->(seat:Seat {id: $seat})
OPTIONAL MATCH (contact:Contact)-[holds:HOLDS]->(seat)
  WHERE coalesce(holds.valid_from <= route.as_of, true) AND coalesce(holds.valid_to > route.as_of, true)
RETURN DISTINCT
  employee.id AS employee,
  employee.name AS name,
  route.low AS low,
  route.high AS high,
  route.low > 0 AS proven,
  route.alone AS alone,
  contact.name AS holder,
  route.as_of AS as_of
ORDER BY low DESC, high DESC, employee
