// Purpose: nodes of the current graph as they are, with the edges their own records state.
// Parameters: ids
// Names: label
// Columns: id, properties, outwards, inwards
UNWIND $ids AS id
MATCH (node:`{label}` {id: id})
RETURN id,
       properties(node) AS properties,
       [(node)-[edge:PART_OF|IN_DEPARTMENT|REPORTS_TO|DECIDES_FOR|ABOUT]->(other) |
         [type(edge), labels(other)[0], other.id, properties(edge)]] AS outwards,
       [(node)<-[edge:OWNS|TOOK_PART]-(other) |
         [type(edge), labels(other)[0], other.id, properties(edge)]] AS inwards
