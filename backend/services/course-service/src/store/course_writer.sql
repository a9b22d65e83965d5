-- Rows arrive as one JSON array per table, so a course of any size is written in a fixed number of statements. An
-- upsert returns only the rows it changed; xmax = 0 tells a new row from a changed one.

-- name: find_draft_course
SELECT id
FROM public.courses
WHERE import_source = $1 AND import_key = $2
FOR UPDATE;

-- name: taken_slugs
SELECT slug
FROM public.courses
WHERE deleted_at IS NULL AND (slug = $1 OR slug LIKE $1 || '-%');

-- name: reserve_course
-- Two first imports of one course meet on the unique (import_source, import_key): the second waits, then goes on with
-- the row of the first.
INSERT INTO public.courses (id, slug, title, import_source, import_key, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $6)
ON CONFLICT (import_source, import_key) DO UPDATE SET import_key = excluded.import_key
RETURNING id;

-- name: update_course
UPDATE public.courses AS t
SET title = d.title, subtitle = d.subtitle, description_html = d.description_html, outcomes = d.outcomes,
    language = d.language, level = d.level, visibility = d.visibility, enrollment_mode = d.enrollment_mode,
    access_days = d.access_days, pass_percent = d.pass_percent, certificate_rule = d.certificate_rule,
    thumbnail_asset_id = d.thumbnail_asset_id, deleted_at = NULL, updated_at = $3, row_version = t.row_version + 1
FROM jsonb_to_record($2::jsonb) AS d(
    title text, subtitle text, description_html text, outcomes jsonb, language text, level text, visibility text,
    enrollment_mode text, access_days integer, pass_percent numeric, certificate_rule text, thumbnail_asset_id uuid)
WHERE t.id = $1
  AND (t.title, t.subtitle, t.description_html, t.outcomes, t.language, t.level, t.visibility, t.enrollment_mode,
       t.access_days, t.pass_percent, t.certificate_rule, t.thumbnail_asset_id, t.deleted_at)
      IS DISTINCT FROM
      (d.title, d.subtitle, d.description_html, d.outcomes, d.language, d.level, d.visibility, d.enrollment_mode,
       d.access_days, d.pass_percent, d.certificate_rule, d.thumbnail_asset_id, NULL::timestamptz);

-- name: close_price
UPDATE academy.course_prices
SET valid_to = $4
WHERE course_id = $1 AND valid_to IS NULL AND (amount_minor, currency) IS DISTINCT FROM ($2::bigint, $3::char(3));

-- name: open_price
INSERT INTO academy.course_prices (id, course_id, amount_minor, currency, valid_from)
SELECT $1, $2, $3, $4, $5
WHERE NOT EXISTS (SELECT FROM academy.course_prices WHERE course_id = $2 AND valid_to IS NULL);

-- name: upsert_assets
INSERT INTO media.assets AS t
    (id, kind, storage_key, file_name, content_type, bytes, sha256, duration_ms, width, height, is_public, import_key)
SELECT d.id, d.kind, d.storage_key, d.file_name, d.content_type, d.bytes, decode(d.sha256_hex, 'hex'), d.duration_ms,
       d.width, d.height, d.is_public, d.key
FROM jsonb_to_recordset($1::jsonb) AS d(
    id uuid, key text, kind text, storage_key text, file_name text, content_type text, bytes bigint, sha256_hex text,
    duration_ms integer, width integer, height integer, is_public boolean)
ON CONFLICT (import_key) DO UPDATE
SET kind = excluded.kind, storage_key = excluded.storage_key, file_name = excluded.file_name,
    content_type = excluded.content_type, bytes = excluded.bytes, sha256 = excluded.sha256,
    duration_ms = excluded.duration_ms, width = excluded.width, height = excluded.height,
    is_public = excluded.is_public
WHERE (t.kind, t.storage_key, t.file_name, t.content_type, t.bytes, t.duration_ms, t.width, t.height, t.is_public)
      IS DISTINCT FROM
      (excluded.kind, excluded.storage_key, excluded.file_name, excluded.content_type, excluded.bytes,
       excluded.duration_ms, excluded.width, excluded.height, excluded.is_public)
RETURNING (t.xmax = 0) AS created;

-- name: asset_ids
SELECT import_key, id
FROM media.assets
WHERE import_key = ANY ($1::text[]);

-- name: remove_captions
DELETE FROM media.captions AS t
WHERE t.asset_id = ANY ($1::uuid[])
  AND NOT EXISTS (
      SELECT FROM jsonb_to_recordset($2::jsonb) AS d(asset_id uuid, language text, kind text)
      WHERE (d.asset_id, d.language, d.kind) = (t.asset_id, t.language, t.kind));

-- name: upsert_captions
INSERT INTO media.captions AS t (asset_id, language, kind, label, track_asset_id, origin)
SELECT d.asset_id, d.language, d.kind, d.label, d.track_asset_id, d.origin
FROM jsonb_to_recordset($1::jsonb) AS d(
    asset_id uuid, language text, kind text, label text, track_asset_id uuid, origin text)
ON CONFLICT (asset_id, language, kind) DO UPDATE
SET label = excluded.label, track_asset_id = excluded.track_asset_id, origin = excluded.origin
WHERE (t.label, t.track_asset_id, t.origin) IS DISTINCT FROM (excluded.label, excluded.track_asset_id, excluded.origin)
RETURNING (t.xmax = 0) AS created;

-- name: grade_category_ids
SELECT name AS import_key, id
FROM academy.grade_categories
WHERE course_id = $1;

-- name: upsert_grade_categories
INSERT INTO academy.grade_categories AS t (id, course_id, name, weight, drop_lowest, min_count)
SELECT d.id, $1, d.name, d.weight, d.drop_lowest, d.min_count
FROM jsonb_to_recordset($2::jsonb) AS d(id uuid, name text, weight numeric, drop_lowest integer, min_count integer)
ON CONFLICT (course_id, name) DO UPDATE
SET weight = excluded.weight, drop_lowest = excluded.drop_lowest, min_count = excluded.min_count
WHERE (t.weight, t.drop_lowest, t.min_count) IS DISTINCT FROM (excluded.weight, excluded.drop_lowest, excluded.min_count)
RETURNING (t.xmax = 0) AS created;

-- name: remove_grade_categories
-- After modules and quizzes let go of them.
DELETE FROM academy.grade_categories
WHERE course_id = $1 AND NOT (id = ANY ($2::uuid[]));

-- name: release_grade_categories
-- Rows that were removed from the course still point at a category that is about to go.
WITH modules AS (
    UPDATE public.modules SET grade_category_id = NULL
    WHERE course_id = $1 AND deleted_at IS NOT NULL AND NOT (grade_category_id = ANY ($2::uuid[]))
)
UPDATE academy.quizzes SET grade_category_id = NULL
WHERE course_id = $1 AND deleted_at IS NOT NULL AND NOT (grade_category_id = ANY ($2::uuid[]));

-- name: module_ids
SELECT import_key, id
FROM public.modules
WHERE course_id = $1 AND import_key IS NOT NULL AND deleted_at IS NULL;

-- name: retire_modules
UPDATE public.modules
SET deleted_at = $3, row_version = row_version + 1
WHERE course_id = $1 AND import_key IS NOT NULL AND deleted_at IS NULL AND NOT (id = ANY ($2::uuid[]));

-- name: park_modules
-- A row that moves leaves its place first, so that two rows can swap places under the unique order.
UPDATE public.modules AS t
SET sort_key = '~' || t.id
FROM jsonb_to_recordset($2::jsonb) AS d(id uuid, parent_module_id uuid, sort_key text)
WHERE t.course_id = $1 AND t.id = d.id
  AND (t.parent_module_id, t.sort_key) IS DISTINCT FROM (d.parent_module_id, d.sort_key);

-- name: upsert_modules
INSERT INTO public.modules AS t
    (id, course_id, parent_module_id, sort_key, title, grade_category_id, due_at, status, import_key)
SELECT d.id, $1, d.parent_module_id, d.sort_key, d.title, d.grade_category_id, d.due_at, d.status, d.import_key
FROM jsonb_to_recordset($2::jsonb) AS d(
    id uuid, parent_module_id uuid, sort_key text, title text, grade_category_id uuid, due_at timestamptz, status text,
    import_key text)
ON CONFLICT (id) DO UPDATE
SET parent_module_id = excluded.parent_module_id, sort_key = excluded.sort_key, title = excluded.title,
    grade_category_id = excluded.grade_category_id, due_at = excluded.due_at, status = excluded.status,
    row_version = t.row_version + 1
WHERE (t.parent_module_id, t.sort_key, t.title, t.grade_category_id, t.due_at, t.status)
      IS DISTINCT FROM
      (excluded.parent_module_id, excluded.sort_key, excluded.title, excluded.grade_category_id, excluded.due_at,
       excluded.status)
RETURNING (t.xmax = 0) AS created;

-- name: lesson_ids
SELECT import_key, id
FROM public.lessons
WHERE course_id = $1 AND import_key IS NOT NULL AND deleted_at IS NULL;

-- name: retire_lessons
UPDATE public.lessons
SET deleted_at = $3, row_version = row_version + 1
WHERE course_id = $1 AND import_key IS NOT NULL AND deleted_at IS NULL AND NOT (id = ANY ($2::uuid[]));

-- name: park_lessons
UPDATE public.lessons AS t
SET sort_key = '~' || t.id, slug = '~' || t.id
FROM jsonb_to_recordset($2::jsonb) AS d(id uuid, module_id uuid, sort_key text, slug text)
WHERE t.course_id = $1 AND t.id = d.id
  AND (t.module_id, t.sort_key, t.slug) IS DISTINCT FROM (d.module_id, d.sort_key, d.slug);

-- name: upsert_lessons
INSERT INTO public.lessons AS t
    (id, course_id, module_id, sort_key, slug, title, kind, is_preview, required, completion_rule,
     completion_threshold_ppm, est_seconds, status, import_key)
SELECT d.id, $1, d.module_id, d.sort_key, d.slug, d.title, d.kind, d.is_preview, d.required, d.completion_rule,
       d.completion_threshold_ppm, d.est_seconds, d.status, d.import_key
FROM jsonb_to_recordset($2::jsonb) AS d(
    id uuid, module_id uuid, sort_key text, slug text, title text, kind text, is_preview boolean, required boolean,
    completion_rule text, completion_threshold_ppm integer, est_seconds integer, status text, import_key text)
ON CONFLICT (id) DO UPDATE
SET module_id = excluded.module_id, sort_key = excluded.sort_key, slug = excluded.slug, title = excluded.title,
    kind = excluded.kind, is_preview = excluded.is_preview, required = excluded.required,
    completion_rule = excluded.completion_rule, completion_threshold_ppm = excluded.completion_threshold_ppm,
    est_seconds = excluded.est_seconds, status = excluded.status, row_version = t.row_version + 1
WHERE (t.module_id, t.sort_key, t.slug, t.title, t.kind, t.is_preview, t.required, t.completion_rule,
       t.completion_threshold_ppm, t.est_seconds, t.status)
      IS DISTINCT FROM
      (excluded.module_id, excluded.sort_key, excluded.slug, excluded.title, excluded.kind, excluded.is_preview,
       excluded.required, excluded.completion_rule, excluded.completion_threshold_ppm, excluded.est_seconds,
       excluded.status)
RETURNING (t.xmax = 0) AS created;

-- name: quiz_ids
SELECT import_key, id
FROM academy.quizzes
WHERE course_id = $1 AND import_key IS NOT NULL AND deleted_at IS NULL;

-- name: retire_quizzes
UPDATE academy.quizzes
SET deleted_at = $3, status = 'draft', row_version = row_version + 1
WHERE course_id = $1 AND import_key IS NOT NULL AND deleted_at IS NULL AND NOT (id = ANY ($2::uuid[]));

-- name: upsert_quizzes
INSERT INTO academy.quizzes AS t
    (id, course_id, lesson_id, title, mode, grade_category_id, time_limit_seconds, max_attempts, attempt_policy,
     retry_delay_seconds, shuffle_questions, shuffle_options, draw_count, pass_percent, review_policy, weight,
     import_key)
SELECT d.id, $1, d.lesson_id, d.title, d.mode, d.grade_category_id, d.time_limit_seconds, d.max_attempts,
       d.attempt_policy, d.retry_delay_seconds, d.shuffle_questions, d.shuffle_options, d.draw_count, d.pass_percent,
       d.review_policy, d.weight, d.import_key
FROM jsonb_to_recordset($2::jsonb) AS d(
    id uuid, lesson_id uuid, title text, mode text, grade_category_id uuid, time_limit_seconds integer,
    max_attempts integer, attempt_policy text, retry_delay_seconds integer, shuffle_questions boolean,
    shuffle_options boolean, draw_count integer, pass_percent numeric, review_policy jsonb, weight numeric,
    import_key text)
ON CONFLICT (id) DO UPDATE
SET lesson_id = excluded.lesson_id, title = excluded.title, mode = excluded.mode,
    grade_category_id = excluded.grade_category_id, time_limit_seconds = excluded.time_limit_seconds,
    max_attempts = excluded.max_attempts, attempt_policy = excluded.attempt_policy,
    retry_delay_seconds = excluded.retry_delay_seconds, shuffle_questions = excluded.shuffle_questions,
    shuffle_options = excluded.shuffle_options, draw_count = excluded.draw_count, pass_percent = excluded.pass_percent,
    review_policy = excluded.review_policy, weight = excluded.weight, row_version = t.row_version + 1
WHERE (t.lesson_id, t.title, t.mode, t.grade_category_id, t.time_limit_seconds, t.max_attempts, t.attempt_policy,
       t.retry_delay_seconds, t.shuffle_questions, t.shuffle_options, t.draw_count, t.pass_percent, t.review_policy,
       t.weight)
      IS DISTINCT FROM
      (excluded.lesson_id, excluded.title, excluded.mode, excluded.grade_category_id, excluded.time_limit_seconds,
       excluded.max_attempts, excluded.attempt_policy, excluded.retry_delay_seconds, excluded.shuffle_questions,
       excluded.shuffle_options, excluded.draw_count, excluded.pass_percent, excluded.review_policy, excluded.weight)
RETURNING (t.xmax = 0) AS created;

-- name: block_ids
SELECT import_key, id
FROM academy.lesson_blocks
WHERE course_id = $1 AND import_key IS NOT NULL AND deleted_at IS NULL;

-- name: retire_blocks
UPDATE academy.lesson_blocks
SET deleted_at = $3, row_version = row_version + 1
WHERE course_id = $1 AND import_key IS NOT NULL AND deleted_at IS NULL AND NOT (id = ANY ($2::uuid[]));

-- name: park_blocks
UPDATE academy.lesson_blocks AS t
SET sort_key = '~' || t.id
FROM jsonb_to_recordset($2::jsonb) AS d(
    id uuid, lesson_id uuid, parent_block_id uuid, variant_key text, sort_key text)
WHERE t.course_id = $1 AND t.id = d.id
  AND (t.lesson_id, t.parent_block_id, t.variant_key, t.sort_key)
      IS DISTINCT FROM (d.lesson_id, d.parent_block_id, d.variant_key, d.sort_key);

-- name: upsert_blocks
INSERT INTO academy.lesson_blocks AS t
    (id, course_id, lesson_id, parent_block_id, sort_key, kind, variant_key, content, content_html, asset_id, quiz_id,
     source_type, import_key)
SELECT d.id, $1, d.lesson_id, d.parent_block_id, d.sort_key, d.kind, d.variant_key, d.content, d.content_html,
       d.asset_id, d.quiz_id, d.source_type, d.import_key
FROM jsonb_to_recordset($2::jsonb) AS d(
    id uuid, lesson_id uuid, parent_block_id uuid, sort_key text, kind text, variant_key text, content jsonb,
    content_html text, asset_id uuid, quiz_id uuid, source_type text, import_key text)
ON CONFLICT (id) DO UPDATE
SET lesson_id = excluded.lesson_id, parent_block_id = excluded.parent_block_id, sort_key = excluded.sort_key,
    kind = excluded.kind, variant_key = excluded.variant_key, content = excluded.content,
    content_html = excluded.content_html, asset_id = excluded.asset_id, quiz_id = excluded.quiz_id,
    source_type = excluded.source_type, row_version = t.row_version + 1
WHERE (t.lesson_id, t.parent_block_id, t.sort_key, t.kind, t.variant_key, t.content, t.content_html, t.asset_id,
       t.quiz_id, t.source_type)
      IS DISTINCT FROM
      (excluded.lesson_id, excluded.parent_block_id, excluded.sort_key, excluded.kind, excluded.variant_key,
       excluded.content, excluded.content_html, excluded.asset_id, excluded.quiz_id, excluded.source_type)
RETURNING (t.xmax = 0) AS created;

-- name: known_questions
-- The keys themselves stay unread: svc_course may only compare their fingerprint.
SELECT z.import_key AS quiz_key, q.import_key, q.id, q.revision, encode(r.content_sha256, 'hex') AS content_sha256,
       encode(k.key_sha256, 'hex') AS key_sha256
FROM academy.quizzes z
JOIN public.quiz_questions q ON q.quiz_id = z.id
JOIN academy.quiz_question_revisions r ON r.question_id = q.id AND r.revision = q.revision
JOIN academy_private.quiz_question_keys k ON k.question_id = q.id AND k.revision = q.revision
WHERE z.course_id = $1 AND z.import_key IS NOT NULL AND z.deleted_at IS NULL
  AND q.import_key IS NOT NULL AND q.deleted_at IS NULL;

-- name: retire_questions
UPDATE public.quiz_questions AS t
SET deleted_at = $3, row_version = t.row_version + 1
FROM academy.quizzes z
WHERE z.id = t.quiz_id AND z.course_id = $1 AND t.import_key IS NOT NULL AND t.deleted_at IS NULL
  AND NOT (t.id = ANY ($2::uuid[]));

-- name: park_questions
UPDATE public.quiz_questions AS t
SET sort_key = '~' || t.id
FROM jsonb_to_recordset($1::jsonb) AS d(id uuid, quiz_id uuid, sort_key text)
WHERE t.id = d.id AND (t.quiz_id, t.sort_key) IS DISTINCT FROM (d.quiz_id, d.sort_key);

-- name: upsert_questions
INSERT INTO public.quiz_questions AS t
    (id, quiz_id, sort_key, pool_key, type, prompt_html, options, points, partial_credit, negative_points, hints,
     revision, import_key)
SELECT d.id, d.quiz_id, d.sort_key, d.pool_key, d.type, d.prompt_html, d.options, d.points, d.partial_credit,
       d.negative_points, d.hints, d.revision, d.import_key
FROM jsonb_to_recordset($1::jsonb) AS d(
    id uuid, quiz_id uuid, sort_key text, pool_key text, type text, prompt_html text, options jsonb, points numeric,
    partial_credit text, negative_points numeric, hints jsonb, revision integer, import_key text)
ON CONFLICT (id) DO UPDATE
SET quiz_id = excluded.quiz_id, sort_key = excluded.sort_key, pool_key = excluded.pool_key, type = excluded.type,
    prompt_html = excluded.prompt_html, options = excluded.options, points = excluded.points,
    partial_credit = excluded.partial_credit, negative_points = excluded.negative_points, hints = excluded.hints,
    revision = excluded.revision, row_version = t.row_version + 1
WHERE (t.quiz_id, t.sort_key, t.pool_key, t.type, t.prompt_html, t.options, t.points, t.partial_credit,
       t.negative_points, t.hints, t.revision)
      IS DISTINCT FROM
      (excluded.quiz_id, excluded.sort_key, excluded.pool_key, excluded.type, excluded.prompt_html, excluded.options,
       excluded.points, excluded.partial_credit, excluded.negative_points, excluded.hints, excluded.revision)
RETURNING (t.xmax = 0) AS created;

-- name: insert_revisions
INSERT INTO academy.quiz_question_revisions
    (question_id, revision, type, prompt_html, options, points, partial_credit, negative_points, hints, content_sha256)
SELECT d.id, d.revision, d.type, d.prompt_html, d.options, d.points, d.partial_credit, d.negative_points, d.hints,
       decode(d.content_sha256, 'hex')
FROM jsonb_to_recordset($1::jsonb) AS d(
    id uuid, revision integer, type text, prompt_html text, options jsonb, points numeric, partial_credit text,
    negative_points numeric, hints jsonb, content_sha256 text);

-- name: insert_keys
INSERT INTO academy_private.quiz_question_keys
    (question_id, revision, answer_key, feedback, explanation_html, key_sha256)
SELECT d.id, d.revision, d.answer_key, d.feedback, d.explanation_html, decode(d.key_sha256, 'hex')
FROM jsonb_to_recordset($1::jsonb) AS d(
    id uuid, revision integer, answer_key jsonb, feedback jsonb, explanation_html text, key_sha256 text);
