-- name: live_quiz
SELECT slug, version, definition
FROM cms.growth_quizzes
WHERE slug = $1
  AND is_live

-- name: quiz_version
SELECT slug, version, definition
FROM cms.growth_quizzes
WHERE slug = $1
  AND version = $2

-- name: save_quiz
INSERT INTO cms.growth_quizzes (slug, version, definition)
VALUES ($1, $2, $3)
ON CONFLICT (slug, version) DO NOTHING

-- name: retire_quizzes
UPDATE cms.growth_quizzes
SET is_live = false
WHERE slug = $1
  AND version <> $2
  AND is_live

-- name: make_quiz_live
UPDATE cms.growth_quizzes
SET is_live = true
WHERE slug = $1
  AND version = $2
  AND NOT is_live

-- name: start_session
INSERT INTO public.quiz_results (id, quiz_slug, quiz_version, token_sha256, utm, started_at)
VALUES ($1, $2, $3, $4, $5, $6)

-- name: find_result
SELECT id, quiz_slug, quiz_version, user_id, answers, scores, profile, recommended_course_slugs, completed_at
FROM public.quiz_results
WHERE token_sha256 = $1

-- name: lock_result
SELECT id, quiz_slug, quiz_version, user_id, answers, scores, profile, recommended_course_slugs, completed_at
FROM public.quiz_results
WHERE token_sha256 = $1
FOR UPDATE

-- name: save_answers
UPDATE public.quiz_results
SET answers = $2
WHERE id = $1
  AND completed_at IS NULL

-- name: complete_result
UPDATE public.quiz_results
SET scores = $2,
    profile = $3,
    recommended_course_slugs = $4,
    email = coalesce($5, email),
    completed_at = $6
WHERE id = $1
  AND completed_at IS NULL

-- name: claim_result
-- Claiming again, also at the same moment, finds it claimed by the right account.
UPDATE public.quiz_results
SET user_id = $2,
    claimed_at = coalesce(claimed_at, $3)
WHERE id = $1
  AND (user_id IS NULL OR user_id = $2)

-- name: results_of_user
SELECT id, quiz_slug, quiz_version, user_id, answers, scores, profile, recommended_course_slugs, completed_at
FROM public.quiz_results
WHERE user_id = $1
  AND completed_at IS NOT NULL
ORDER BY completed_at DESC
LIMIT 50

-- name: mirror_course
INSERT INTO cms.course_mirror (course_id, slug, title, subtitle, level, duration_seconds, lesson_count, version_no)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (course_id) DO UPDATE
SET slug = excluded.slug,
    title = excluded.title,
    subtitle = excluded.subtitle,
    level = excluded.level,
    duration_seconds = excluded.duration_seconds,
    lesson_count = excluded.lesson_count,
    version_no = excluded.version_no
WHERE course_mirror.version_no < excluded.version_no

-- name: mirrored_courses
SELECT slug, title
FROM cms.course_mirror
ORDER BY updated_at, slug
