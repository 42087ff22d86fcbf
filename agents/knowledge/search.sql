-- Passages of the scope by words and by meaning, joined by weighted reciprocal rank.
WITH
documents AS MATERIALIZED (
    SELECT id, name, passage_count
    FROM agents_document
    WHERE (account_id IS NULL OR account_id = %(account)s)
      AND (%(stage)s::int IS NULL OR stages = '{}' OR %(stage)s = ANY (stages))
      AND (NOT %(for_customers)s OR account_id IS NOT NULL OR stages = '{}')
),
-- Words that mean nothing in either language are no words to look for in any.
words AS (
    SELECT word, translation
    FROM unnest(%(words)s::text[], %(translations)s::text[]) AS given (word, translation)
    WHERE to_tsvector('english', word) <> '' AND to_tsvector('spanish', word) <> ''
),
-- In passages of the other language any of a word's translations will do.
terms AS MATERIALIZED (
    SELECT row_number() OVER () AS term, language, query
    FROM (
        SELECT DISTINCT language, (
            SELECT string_agg(quote_literal(token.lexeme), ' | ' ORDER BY token.lexeme)
            FROM unnest(to_tsvector(kind, CASE WHEN language IN (%(spoken)s::text, 'other') THEN word
                                               ELSE concat_ws(' ', word, translation) END)) AS token
        )::tsquery AS query
        FROM words,
             (VALUES ('es', 'spanish'::regconfig), ('en', 'english'), ('other', 'simple')) AS kinds (language, kind)
    ) AS given
),
-- candidates: `matches` of terms and `nearest` vectors, by a scan or by indexes
-- The rarer a word, the more it says; a word that nothing has says most.
weights AS MATERIALIZED (
    SELECT term, language,
           ln(1 + (passages - coalesce(frequency, 0) + 0.5) / (coalesce(frequency, 0) + 0.5)) AS weight
    FROM (SELECT greatest(coalesce(sum(passage_count), 0), 1)::float AS passages FROM documents) AS total,
         terms LEFT JOIN (SELECT term, count(*) AS frequency FROM matches GROUP BY term) AS seen USING (term)
),
whole AS (SELECT language, sum(weight) AS weight FROM weights GROUP BY language),
scored AS (
    SELECT matches.id, weights.language = coalesce(%(spoken)s::text, weights.language) AS own,
           sum(weights.weight * (1 + matches.rank)) AS score, sum(weights.weight) / max(whole.weight) AS coverage
    FROM matches JOIN weights USING (term) JOIN whole USING (language)
    GROUP BY matches.id, weights.language
),
-- Passages in the question's language and in others are ranked apart: their words weigh differently.
ranked AS (
    SELECT id, own, coverage, row_number() OVER (PARTITION BY own ORDER BY score DESC, id) AS rank
    FROM scored
),
-- What is said in the question's own language counts more where much of the question is said there.
worded AS (
    SELECT id, coverage, rank,
           CASE WHEN own THEN %(text_weight)s::float
                WHEN (SELECT max(coverage) FROM ranked WHERE own) >= %(enough)s THEN %(foreign_weight)s::float
                ELSE %(translated_weight)s::float END AS weight
    FROM ranked
    WHERE rank <= %(depth)s
),
meant AS (SELECT id, row_number() OVER (ORDER BY distance, id) AS rank FROM nearest),
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
