// Purpose: accounts by how much of what we reach there hangs on one employee, the most dependent first.
// Parameters: none
// Columns: account, name, seats, reached, single, share, employees

// seats: the account's own, and seats elsewhere that decide for it; reached: by an employee, proven
// single: reached by one employee alone; share: single / reached; employees: on whom they hang
MATCH (account:Account)<-[:PART_OF|DECIDES_FOR]-(seat:Seat)
WITH DISTINCT account, seat
OPTIONAL MATCH (employee:Employee)-[route:REACHES]->(seat)
  WHERE route.low > 0
WITH account, seat, count(route) > 0 AS reached,
  max(CASE WHEN route.alone THEN employee.id END) AS only
ORDER BY only
WITH account,
  count(seat) AS seats,
  count(CASE WHEN reached THEN 1 END) AS reached,
  count(only) AS single,
  collect(DISTINCT only) AS employees
WHERE reached > 0
RETURN
  account.id AS account,
  account.name AS name,
  seats,
  reached,
  single,
  round(toFloat(single) / reached, 2) AS share,
  employees
ORDER BY share DESC, single DESC, account
