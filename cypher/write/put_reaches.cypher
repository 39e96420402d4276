// Purpose: draw what an audit derived: who reaches which seat. Not a fact but a result, of a day and a policy.
// Parameters: rows
// Columns: none
UNWIND $rows AS row
MATCH (employee:Employee {id: row.employee})
MATCH (seat:Seat {id: row.seat})
CREATE (employee)-[:REACHES {
  low: row.low,
  high: row.high,
  alone: row.alone,
  account: row.account,
  as_of: row.as_of,
  policy: row.policy,
  audit: row.audit
}]->(seat)
