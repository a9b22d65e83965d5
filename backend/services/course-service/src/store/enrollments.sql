-- name: find_enrollment
SELECT id, user_id, course_id, course_version_id, status, enrolled_at, expires_at, completed_at
FROM public.enrollments
WHERE user_id = $1 AND course_id = $2;

-- name: enrollments_of
SELECT id, user_id, course_id, course_version_id, status, enrolled_at, expires_at, completed_at
FROM public.enrollments
WHERE user_id = $1
ORDER BY enrolled_at DESC, id DESC;

-- name: course_gate
SELECT id, status, visibility, enrollment_mode, enroll_opens_at, enroll_closes_at, access_days, published_version_id
FROM public.courses
WHERE id = $1 AND deleted_at IS NULL;

-- name: insert_enrollment
-- Two concurrent requests meet on the unique (user_id, course_id); the loser gets no row.
INSERT INTO public.enrollments (user_id, id, course_id, course_version_id, status, source, enrolled_at, expires_at)
VALUES ($1, $2, $3, $4, 'active', 'free', $5, $6)
ON CONFLICT (user_id, course_id) DO NOTHING
RETURNING id, user_id, course_id, course_version_id, status, enrolled_at, expires_at, completed_at;

-- name: complete_enrollment
-- The first completion stands, whatever changes in the course later.
UPDATE public.enrollments
SET completed_at = $3, completed_version_id = $4, row_version = row_version + 1
WHERE user_id = $1 AND course_id = $2 AND completed_at IS NULL;

-- name: erase_enrollments
DELETE FROM public.enrollments
WHERE user_id = $1;
