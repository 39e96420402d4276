// Purpose: keep reviews. Nobody reads them until their audit is there.
// Parameters: rows
// Columns: none
UNWIND $rows AS row
CREATE (review:Review)
SET review = row
