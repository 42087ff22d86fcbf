-- A word that very many passages have says little of any: of those a part will do.
matches AS MATERIALIZED (
    SELECT chunk.id, term, ts_rank('{0.1, 0.2, 0.6, 1.0}', chunk.search, terms.query) AS rank
    FROM terms
    CROSS JOIN LATERAL (
        SELECT id, search
        FROM agents_chunk
        WHERE search @@ terms.query
          AND language = terms.language
          AND (document_id IN (SELECT id FROM documents)) IS TRUE  -- a filter: the index of words is the better one
          AND (%(language)s::text IS NULL OR language = %(language)s)
        LIMIT %(most_matches)s
    ) AS chunk
),
-- The index gives one passage after the other until enough of them are in the scope.
nearest AS MATERIALIZED (
    SELECT vectors.chunk_id AS id, vectors.vector::halfvec({dimensions}) <=> %(vector)s::halfvec({dimensions}) AS distance
    FROM agents_chunkvector AS vectors
    JOIN agents_chunk AS chunk ON chunk.id = vectors.chunk_id
    WHERE vectors.space_id = %(space)s
      AND (chunk.document_id IN (SELECT id FROM documents)) IS TRUE
      AND (%(language)s::text IS NULL OR chunk.language = %(language)s)
      AND %(vector_weight)s::float > 0
    ORDER BY distance
    LIMIT %(depth)s
),
