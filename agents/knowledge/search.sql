-- Passages of the scope by words and by meaning, joined by weighted reciprocal rank.
WITH
documents AS MATERIALIZED (
    SELECT id, name, passage_count
    FROM agents_document
    WHERE (account_id IS NULL OR account_id = %(account)s)
      AND (%(stage)s::int IS NULL OR stages = '{}' OR %(stage)s = ANY (stages))
      AND (NOT %(for_customers)s OR account_id IS NOT NULL OR stages = '{}')
),
-- Arrays of ids, so that the passages of a small account are reached by index however many others there are.
scope AS MATERIALIZED (
    SELECT id, language, search
    FROM agents_chunk
    WHERE document_id = ANY (ARRAY(SELECT id FROM documents))
      AND (%(language)s::text IS NULL OR language = %(language)s)
),
-- Words that mean nothing in either language are no words to look for in any.
words AS (
    SELECT word
    FROM unnest(%(words)s::text[]) AS word
    WHERE to_tsvector('english', word) <> '' AND to_tsvector('spanish', word) <> ''
),
terms AS (
    SELECT DISTINCT language, token.lexeme, quote_literal(token.lexeme)::tsquery AS query
    FROM words, (VALUES ('es', 'spanish'::regconfig), ('en', 'english'), ('other', 'simple')) AS kinds (language, kind),
         unnest(to_tsvector(kind, word)) AS token
),
matches AS MATERIALIZED (
    SELECT chunk.id, terms.language, terms.lexeme, ts_rank('{0.1, 0.2, 0.6, 1.0}', chunk.search, terms.query) AS rank,
           count(*) OVER (PARTITION BY terms.language, terms.lexeme) AS frequency
    FROM terms
    JOIN scope AS chunk ON chunk.search @@ terms.query AND chunk.language = terms.language
),
-- The rarer a word, the more it says; a word that nothing has says most.
total AS (SELECT greatest(coalesce(sum(passage_count), 0), 1)::float AS passages FROM documents),
weights AS (
    SELECT terms.language, terms.lexeme,
           ln(1 + (passages - coalesce(frequency, 0) + 0.5) / (coalesce(frequency, 0) + 0.5)) AS weight
    FROM total, terms LEFT JOIN (SELECT DISTINCT language, lexeme, frequency FROM matches) AS seen
         USING (language, lexeme)
),
whole AS (SELECT language, sum(weight) AS weight FROM weights GROUP BY language),
worded AS (
    SELECT id, coverage, row_number() OVER (ORDER BY score DESC, id) AS rank,
           -- Words that a language shares with the question's by chance say less.
           CASE WHEN language = coalesce(%(spoken)s::text, language) THEN %(text_weight)s::float
                ELSE %(foreign_weight)s::float END AS weight
    FROM (
        SELECT matches.id, matches.language, sum(weights.weight * (1 + matches.rank)) AS score,
               sum(weights.weight) / max(whole.weight) AS coverage
        FROM matches JOIN weights USING (language, lexeme) JOIN whole USING (language)
        GROUP BY matches.id, matches.language
        ORDER BY score DESC, matches.id
        LIMIT %(depth)s
    ) AS best
),
meant AS (
    SELECT id, row_number() OVER (ORDER BY distance, id) AS rank
    FROM (
        SELECT chunk_id AS id, vector <=> %(vector)s::halfvec AS distance
        FROM agents_chunkvector
        WHERE chunk_id = ANY (ARRAY(SELECT id FROM scope))
          AND space_id = %(space)s
          AND %(vector_weight)s::float > 0
        ORDER BY distance
        LIMIT %(depth)s
    ) AS nearest
),
joined AS (
    SELECT id, meant.rank AS vector_rank, worded.rank AS text_rank, coalesce(coverage, 0) AS coverage,
           coalesce(%(vector_weight)s::float / (%(offset)s + meant.rank), 0)
           + coalesce(worded.weight / (%(offset)s + worded.rank), 0) AS score
    FROM meant FULL JOIN worded USING (id)
    WHERE meant.rank IS NOT NULL OR %(text_weight)s::float > 0
    ORDER BY score DESC, id
    LIMIT %(limit)s
)
SELECT documents.id, documents.name, chunk.page, chunk.heading, chunk.text, chunk.number, joined.score,
       CASE WHEN %(vector_weight)s::float > 0 THEN 1 - (vectors.vector <=> %(vector)s::halfvec) ELSE 0 END,
       joined.coverage, joined.vector_rank, joined.text_rank
FROM joined
JOIN agents_chunk AS chunk ON chunk.id = joined.id
JOIN documents ON documents.id = chunk.document_id
JOIN agents_chunkvector AS vectors ON vectors.chunk_id = chunk.id AND vectors.space_id = %(space)s
ORDER BY joined.score DESC, joined.id
