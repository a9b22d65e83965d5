-- $1 search text ('' = everything)   $2 levels   $3 languages   $4 'free' | 'paid' | ''
-- A filter that is empty lets everything through. Words are looked up by the rules of every language we index, so that
-- the query stays one constant for the index; word_similarity forgives typing errors in titles.

-- name: list_courses
-- $5 sort: relevance | newest | title   $6 to $8 the last row of the page before   $9 rows wanted
WITH matches AS (
    SELECT c.id, lower(c.title) AS title, c.created_at,
           ts_rank(s.document, q.words) + extensions.word_similarity($1, s.title) AS rank
    FROM public.courses c
    JOIN academy.course_search s ON s.course_id = c.id
    CROSS JOIN LATERAL (
        SELECT websearch_to_tsquery('simple', $1) || websearch_to_tsquery('english', $1)
               || websearch_to_tsquery('german', $1) || websearch_to_tsquery('french', $1)
               || websearch_to_tsquery('spanish', $1) || websearch_to_tsquery(s.config, $1) AS words
    ) q
    WHERE c.status = 'published' AND c.visibility = 'public' AND c.deleted_at IS NULL
      AND ($1 = '' OR s.document @@ q.words OR $1 OPERATOR(extensions.<%) s.title)
      AND (cardinality($2::text[]) = 0 OR c.level = ANY ($2))
      AND (cardinality($3::text[]) = 0 OR c.language = ANY ($3))
      AND ($4 = '' OR ($4 = 'paid') = (c.enrollment_mode = 'paid'))
), ordered AS (
    SELECT id,
           CASE $5::text WHEN 'relevance' THEN round(rank::numeric, 6)
                         WHEN 'newest' THEN extract(epoch FROM created_at) ELSE 0 END AS sort_number,
           CASE $5::text WHEN 'title' THEN title ELSE '' END AS sort_text
    FROM matches
), page AS (
    SELECT id, sort_number, sort_text
    FROM ordered
    WHERE $6::numeric IS NULL
       OR sort_number < $6
       OR (sort_number = $6 AND (sort_text > $7::text OR (sort_text = $7 AND id < $8::uuid)))
    ORDER BY sort_number DESC, sort_text, id DESC
    LIMIT $9
)
SELECT k.id, k.slug, k.title, k.subtitle, k.language, k.level, k.duration_seconds, k.lesson_count, k.quiz_count,
       k.thumbnail_key, k.thumbnail_name, k.amount_minor, k.currency, k.enrollment_mode, page.sort_number::text,
       page.sort_text
FROM page
JOIN academy.course_cards k ON k.id = page.id
ORDER BY page.sort_number DESC, page.sort_text, page.id DESC;

-- name: count_courses
-- Each facet counts what its own filter would let through, given the other filters.
WITH matches AS (
    SELECT c.level, c.language, CASE c.enrollment_mode WHEN 'paid' THEN 'paid' ELSE 'free' END AS price,
           cardinality($2::text[]) = 0 OR c.level = ANY ($2) AS level_fits,
           cardinality($3::text[]) = 0 OR c.language = ANY ($3) AS language_fits,
           $4 = '' OR ($4 = 'paid') = (c.enrollment_mode = 'paid') AS price_fits
    FROM public.courses c
    JOIN academy.course_search s ON s.course_id = c.id
    CROSS JOIN LATERAL (
        SELECT websearch_to_tsquery('simple', $1) || websearch_to_tsquery('english', $1)
               || websearch_to_tsquery('german', $1) || websearch_to_tsquery('french', $1)
               || websearch_to_tsquery('spanish', $1) || websearch_to_tsquery(s.config, $1) AS words
    ) q
    WHERE c.status = 'published' AND c.visibility = 'public' AND c.deleted_at IS NULL
      AND ($1 = '' OR s.document @@ q.words OR $1 OPERATOR(extensions.<%) s.title)
)
SELECT 'total' AS facet, '' AS value, count(*) FILTER (WHERE level_fits AND language_fits AND price_fits) AS count
FROM matches
UNION ALL
SELECT 'level', level, count(*) FROM matches WHERE language_fits AND price_fits GROUP BY level
UNION ALL
SELECT 'language', language, count(*) FROM matches WHERE level_fits AND price_fits GROUP BY language
UNION ALL
SELECT 'price', price, count(*) FROM matches WHERE level_fits AND language_fits GROUP BY price
ORDER BY 1, 3 DESC, 2;

-- name: course_id_by_slug
SELECT id
FROM public.courses
WHERE slug = $1 AND status = 'published' AND visibility <> 'private' AND deleted_at IS NULL;

-- name: course_page
SELECT k.id, k.slug, k.title, k.subtitle, k.language, k.level, k.duration_seconds, k.lesson_count, k.quiz_count,
       k.thumbnail_key, k.thumbnail_name, k.amount_minor, k.currency, k.enrollment_mode, c.description_html,
       c.outcomes, c.pass_percent::text, k.updated_at
FROM academy.course_cards k
JOIN public.courses c ON c.id = k.id
WHERE k.id = $1;

-- name: cards_by_id
-- Also of unlisted and private courses: for people who are enrolled in them.
SELECT id, slug, title, subtitle, language, level, duration_seconds, lesson_count, quiz_count, thumbnail_key,
       thumbnail_name, amount_minor, currency, enrollment_mode
FROM academy.course_cards
WHERE id = ANY ($1::uuid[]);

-- name: published_version
SELECT v.id AS course_version_id, v.version_no
FROM public.courses c
JOIN academy.course_versions v ON v.id = c.published_version_id
WHERE c.id = $1 AND c.status = 'published' AND c.deleted_at IS NULL;

-- name: manifest
SELECT manifest
FROM academy.course_versions
WHERE id = $1;
