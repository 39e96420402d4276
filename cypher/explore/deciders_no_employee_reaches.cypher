// Purpose: seats that decide or approve and that no employee of ours provably reaches.
// Parameters: day
// Columns: account, account_name, seat, title, holder, possible

// In Neo4j Browser, first:  :param day => date()
// holder: who holds the seat on that day; none: it is vacant
// possible: somebody may reach it, and it is not proven. What the firm itself holds is no employee's route.
MATCH (account:Account)<-[:PART_OF|DECIDES_FOR]-(seat:Seat)
WHERE NOT EXISTS {
  MATCH (:Employee)-[route:REACHES]->(seat)
  WHERE route.low > 0
}
WITH DISTINCT account, seat
// What was asserted of the roles last holds over what the seat says.
CALL (seat) {
  OPTIONAL MATCH (said:Assertion {subject: seat.id, attribute: 'roles'})
    WHERE said.valid_from <= $day
  RETURN CASE WHEN said IS NULL THEN seat.roles ELSE said.value END AS roles
  ORDER BY said.valid_from DESC, coalesce(toString(said.recorded_at), '') DESC, said.id DESC
  LIMIT 1
}
WITH account, seat, roles
WHERE any(role IN roles WHERE role IN ['decider', 'approver'])
OPTIONAL MATCH (contact:Contact)-[holds:HOLDS]->(seat)
  WHERE coalesce(holds.valid_from <= $day, true) AND coalesce(holds.valid_to > $day, true)
RETURN
  account.id AS account,
  account.name AS account_name,
  seat.id AS seat,
  seat.title AS title,
  contact.name AS holder,
  EXISTS { (:Employee)-[:REACHES]->(seat) } AS possible
ORDER BY account, seat
