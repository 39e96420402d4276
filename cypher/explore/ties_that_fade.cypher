// Purpose: who of ours has not been in touch with whom at this account for so many days, the longest first.
// Parameters: account, day, days
// Columns: employee, name, contact, contact_name, seat, title, last_on, days_ago, level, captured

// In Neo4j Browser, first:  :param account => 'id of an account'
//                           :param day => date()
//                           :param days => 90
// contacts: who holds a seat there, or one that decides for it, on that day; employees: who is with us then
// last_on: the day of their last interaction; pairs without one have nothing that fades
// level: of the tie record assessed last; captured: if not, they may have met without our knowing
MATCH (:Account {id: $account})<-[:PART_OF|DECIDES_FOR]-(seat:Seat)<-[holds:HOLDS]-(contact:Contact)
WHERE coalesce(holds.valid_from <= $day, true) AND coalesce(holds.valid_to > $day, true)
WITH DISTINCT seat, contact
MATCH (contact)-[theirs:TOOK_PART]->(met:Interaction)<-[ours:TOOK_PART]-(employee:Employee)
WHERE met.at < datetime({date: $day, timezone: 'Z'}) + duration({days: 1})
  // Who receive the same message have no dealings with each other.
  AND NOT (theirs.`as` = 'to' AND ours.`as` = 'to')
  AND coalesce(employee.valid_from <= $day, true) AND coalesce(employee.valid_to > $day, true)
WITH employee, contact, seat, date(max(met.at)) AS last_on
WITH employee, contact, seat, last_on, duration.inDays(last_on, $day).days AS days_ago
WHERE days_ago > $days
RETURN
  employee.id AS employee,
  employee.name AS name,
  contact.id AS contact,
  contact.name AS contact_name,
  seat.id AS seat,
  seat.title AS title,
  last_on,
  days_ago,
  head(COLLECT {
    MATCH (employee)-[tie:TIED_TO]->(contact)
    WHERE tie.assessed_on <= $day
      AND coalesce(tie.valid_from <= $day, true) AND coalesce(tie.valid_to > $day, true)
    RETURN tie.level
    ORDER BY tie.assessed_on DESC, coalesce(toString(tie.recorded_at), '') DESC, tie.key DESC
  }) AS level,
  employee.captured AS captured
ORDER BY days_ago DESC, employee, contact, seat
