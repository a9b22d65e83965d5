-- name: course_to_publish
-- Locked: two publishers of one course must not both make version n + 1.
SELECT id AS course_id, slug, title, language, subtitle, level, visibility, pass_percent::text, certificate_rule
FROM public.courses
WHERE id = $1 AND deleted_at IS NULL
FOR UPDATE;

-- name: manifest_grade_categories
SELECT id, name, weight::text, drop_lowest, min_count
FROM academy.grade_categories
WHERE course_id = $1
ORDER BY name;

-- name: manifest_modules
-- A chapter, then its sections.
SELECT m.id, m.parent_module_id AS parent_id, m.title, m.grade_category_id
FROM public.modules m
LEFT JOIN public.modules p ON p.id = m.parent_module_id
WHERE m.course_id = $1 AND m.status = 'published' AND m.deleted_at IS NULL
ORDER BY coalesce(p.sort_key, m.sort_key), p.id IS NOT NULL, m.sort_key;

-- name: manifest_lessons
SELECT l.id, l.module_id, l.slug, l.title, l.kind, l.is_preview, l.required, l.completion_rule,
       l.completion_threshold_ppm, l.est_seconds, m.grade_category_id
FROM public.lessons l
JOIN public.modules m ON m.id = l.module_id AND m.status = 'published' AND m.deleted_at IS NULL
LEFT JOIN public.modules p ON p.id = m.parent_module_id
WHERE l.course_id = $1 AND l.status = 'published' AND l.deleted_at IS NULL
ORDER BY coalesce(p.sort_key, m.sort_key), p.id IS NOT NULL, m.sort_key, l.sort_key;

-- name: manifest_blocks
SELECT b.id, b.lesson_id, b.parent_block_id, b.kind, b.quiz_id,
       coalesce(a.duration_ms, (b.content ->> 'duration_ms')::integer) AS duration_ms
FROM academy.lesson_blocks b
JOIN public.lessons l ON l.id = b.lesson_id AND l.status = 'published' AND l.deleted_at IS NULL
LEFT JOIN media.assets a ON a.id = b.asset_id AND b.kind IN ('video', 'audio')
WHERE b.course_id = $1 AND b.deleted_at IS NULL
ORDER BY b.lesson_id, b.variant_key, b.sort_key;

-- name: manifest_quizzes
SELECT id, lesson_id, title, mode, grade_category_id, weight::text, pass_percent::text, attempt_policy
FROM academy.quizzes
WHERE course_id = $1 AND deleted_at IS NULL;

-- name: manifest_questions
SELECT q.quiz_id, q.id AS question_id, q.revision
FROM public.quiz_questions q
JOIN academy.quizzes z ON z.id = q.quiz_id AND z.deleted_at IS NULL
WHERE z.course_id = $1 AND q.deleted_at IS NULL
ORDER BY q.quiz_id, q.sort_key;

-- name: latest_version
SELECT id, version_no, encode(manifest_sha256, 'hex') AS manifest_sha256
FROM academy.course_versions
WHERE course_id = $1
ORDER BY version_no DESC
LIMIT 1;

-- name: insert_version
INSERT INTO academy.course_versions
    (id, course_id, version_no, manifest, manifest_sha256, change_note, published_at)
VALUES ($1, $2, $3, $4, decode($5, 'hex'), $6, $7);

-- name: mark_course_published
UPDATE public.courses
SET status = 'published', published_version_id = $2, duration_seconds = $3, updated_at = $4,
    row_version = row_version + 1
WHERE id = $1
  AND (status, published_version_id, duration_seconds) IS DISTINCT FROM ('published', $2::uuid, $3::integer);

-- name: show_modules
UPDATE public.modules
SET course_is_public = ($2::boolean AND id = ANY ($3::uuid[]))
WHERE course_id = $1 AND course_is_public IS DISTINCT FROM ($2::boolean AND id = ANY ($3::uuid[]));

-- name: show_lessons
UPDATE public.lessons
SET course_is_public = ($2::boolean AND id = ANY ($3::uuid[]))
WHERE course_id = $1 AND course_is_public IS DISTINCT FROM ($2::boolean AND id = ANY ($3::uuid[]));

-- name: show_quizzes
UPDATE academy.quizzes
SET status = CASE WHEN id = ANY ($2::uuid[]) THEN 'published' ELSE 'draft' END
WHERE course_id = $1 AND (status = 'published') IS DISTINCT FROM (id = ANY ($2::uuid[]));

-- name: index_course
-- Words are reduced by the rules of the course's language; a language PostgreSQL does not know keeps its words whole.
INSERT INTO academy.course_search AS t (course_id, config, title, summary, body)
SELECT c.id,
       CASE split_part(lower(c.language), '-', 1)
           WHEN 'da' THEN 'danish' WHEN 'de' THEN 'german' WHEN 'en' THEN 'english' WHEN 'es' THEN 'spanish'
           WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french' WHEN 'hu' THEN 'hungarian' WHEN 'it' THEN 'italian'
           WHEN 'nl' THEN 'dutch' WHEN 'no' THEN 'norwegian' WHEN 'pt' THEN 'portuguese' WHEN 'ro' THEN 'romanian'
           WHEN 'ru' THEN 'russian' WHEN 'sv' THEN 'swedish' WHEN 'tr' THEN 'turkish' ELSE 'simple'
       END::regconfig,
       c.title,
       concat_ws(' ', c.subtitle, (SELECT string_agg(o, ' ') FROM jsonb_array_elements_text(c.outcomes) AS o)),
       concat_ws(' ', regexp_replace(c.description_html, '<[^>]*>', ' ', 'g'),
                 (SELECT string_agg(l.title, ' ') FROM public.lessons l
                  WHERE l.course_id = c.id AND l.status = 'published' AND l.deleted_at IS NULL))
FROM public.courses c
WHERE c.id = $1
ON CONFLICT (course_id) DO UPDATE
SET config = excluded.config, title = excluded.title, summary = excluded.summary, body = excluded.body
WHERE (t.config, t.title, t.summary, t.body)
      IS DISTINCT FROM (excluded.config, excluded.title, excluded.summary, excluded.body);
