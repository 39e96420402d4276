// Purpose: who reads one account follows references: from it to its seats, from these to their holders, and on.
// Parameters: none
// Columns: none

// Lists of ids cannot be looked into by any other index. An id is one word here, whatever stands in it.
CREATE FULLTEXT INDEX version_points_at IF NOT EXISTS
FOR (n:Version)
ON EACH [n.account, n.reports_to, n.decides_for, n.contact, n.seat, n.subject, n.to, n.from, n.participants]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}};
CALL db.awaitIndex('version_points_at', 3600);
