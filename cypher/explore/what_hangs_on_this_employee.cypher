// Purpose: what hangs on this employee: seats reached by nobody else, mechanisms no other of ours carries,
//          accounts owned.
// Parameters: employee, day
// Columns: what, id, name, account, account_name, low

// In Neo4j Browser, first:  :param employee => 'id of an employee'
//                           :param day => date()
// what: seat, mechanism or account; low: for a seat, the strength of the route, 0 to 1, at least
CALL {
  MATCH (:Employee {id: $employee})-[route:REACHES {alone: true}]->(seat:Seat)-[:PART_OF]->(account:Account)
  RETURN DISTINCT 'seat' AS what, seat.id AS id, seat.title AS name, account, route.low AS low
UNION
  MATCH (owner:Employee {id: $employee})-[:OWNS]->(mechanism:Mechanism)-[:PART_OF]->(account:Account)
  WHERE coalesce(mechanism.valid_from <= $day, true) AND coalesce(mechanism.valid_to > $day, true)
    AND NOT EXISTS {
      MATCH (other:Employee)-[:OWNS]->(mechanism)
      WHERE other <> owner AND coalesce(other.valid_to > $day, true)
    }
  RETURN 'mechanism' AS what, mechanism.id AS id, mechanism.kind AS name, account, null AS low
UNION
  MATCH (:Employee {id: $employee})-[:OWNS]->(account:Account)
  RETURN 'account' AS what, account.id AS id, account.name AS name, account, null AS low
}
RETURN what, id, name, account.id AS account, account.name AS account_name, low
ORDER BY what DESC, low DESC, id
