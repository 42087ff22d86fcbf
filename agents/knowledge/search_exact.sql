-- Arrays of ids, so that the passages of a small account are reached by index however many others there are.
scope AS MATERIALIZED (
    SELECT id, language, search
    FROM agents_chunk
    WHERE document_id = ANY (ARRAY(SELECT id FROM documents))
      AND (%(language)s::text IS NULL OR language = %(language)s)
),
matches AS MATERIALIZED (
    SELECT chunk.id, term, ts_rank('{0.1, 0.2, 0.6, 1.0}', chunk.search, terms.query) AS rank
    FROM terms
    JOIN scope AS chunk ON chunk.search @@ terms.query AND chunk.language = terms.language
),
nearest AS (
    SELECT chunk_id AS id, vector <=> %(vector)s::halfvec AS distance
    FROM agents_chunkvector
    WHERE chunk_id = ANY (ARRAY(SELECT id FROM scope))
      AND space_id = %(space)s
      AND %(vector_weight)s::float > 0
    ORDER BY distance
    LIMIT %(depth)s
),
