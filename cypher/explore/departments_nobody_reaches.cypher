// Purpose: departments of customers where no employee of ours reaches any seat, as the latest audit saw it.
// Parameters: none
// Columns: account, account_name, department, department_name, importance, seats, possible

// seats: positions on record there; 0 says that we know of none
// possible: somebody may reach a seat there, and it is not proven
// Before the first audit nobody reaches anything. What the firm itself holds is no employee's route.
MATCH (department:Department)-[:PART_OF]->(account:Account)
WHERE NOT EXISTS {
  MATCH (:Employee)-[route:REACHES]->(:Seat)-[:IN_DEPARTMENT]->(department)
  WHERE route.low > 0
}
RETURN
  account.id AS account,
  account.name AS account_name,
  department.id AS department,
  department.name AS department_name,
  department.importance AS importance,
  count { (:Seat)-[:IN_DEPARTMENT]->(department) } AS seats,
  EXISTS { (:Employee)-[:REACHES]->(:Seat)-[:IN_DEPARTMENT]->(department) } AS possible
ORDER BY account, importance DESC, department
