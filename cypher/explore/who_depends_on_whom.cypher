// Purpose: on whom of ours each account depends: who alone reaches how much of what we reach there.
// Parameters: none
// Columns: account, account_name, employee, name, owner, alone, reached, share, seats

// alone: seats that only this employee provably reaches; reached: seats anybody of ours reaches, proven
// share: alone / reached, the largest first; owner: answers for the account; seats: those reached alone
MATCH (employee:Employee)-[route:REACHES]->(seat:Seat)
WHERE route.low > 0
WITH employee, route, seat
ORDER BY seat.id
WITH route.account AS id,
  count(DISTINCT seat) AS reached,
  collect({employee: employee, seat: seat.id, alone: route.alone}) AS routes
UNWIND routes AS route
WITH id, reached, route
WHERE route.alone
WITH id, reached, route.employee AS employee, collect(route.seat) AS seats
MATCH (account:Account {id: id})
RETURN
  account.id AS account,
  account.name AS account_name,
  employee.id AS employee,
  employee.name AS name,
  EXISTS { (employee)-[:OWNS]->(account) } AS owner,
  size(seats) AS alone,
  reached,
  round(toFloat(size(seats)) / reached, 2) AS share,
  seats
ORDER BY share DESC, alone DESC, account, employee
