-- name: ensure_course_rows
-- The rows that report() locks: one learner's reports for one course are merged one after the other.
INSERT INTO academy.course_progress (user_id, course_id, updated_at)
SELECT $1::uuid, c, $3::timestamptz
FROM unnest($2::uuid[]) AS c
ON CONFLICT (user_id, course_id) DO NOTHING;

-- name: lock_course_rows
SELECT user_id, course_id, course_version_id, lessons_required, lessons_completed, completion_ppm, grade_percent,
       passed, passed_at, completed_at, last_lesson_id, last_lesson_at, last_lesson_seq, last_lesson_event, revision,
       updated_at
FROM academy.course_progress
WHERE user_id = $1
  AND course_id = ANY ($2::uuid[])
ORDER BY course_id
FOR UPDATE;

-- name: course_rows
SELECT user_id, course_id, course_version_id, lessons_required, lessons_completed, completion_ppm, grade_percent,
       passed, passed_at, completed_at, last_lesson_id, last_lesson_at, last_lesson_seq, last_lesson_event, revision,
       updated_at
FROM academy.course_progress
WHERE user_id = $1
  AND course_id = ANY ($2::uuid[])
ORDER BY course_id;

-- name: known_events
SELECT event_id
FROM academy.progress_events
WHERE user_id = $1
  AND event_id = ANY ($2::uuid[]);

-- name: known_client_events
SELECT client_event_id
FROM academy.progress_events
WHERE user_id = $1
  AND client_event_id = ANY ($2::uuid[]);

-- name: insert_events
-- Two courses may report the same id at once; the loser gets fewer rows than it sent and starts again.
INSERT INTO academy.progress_events
    (user_id, event_id, course_id, lesson_id, block_id, verb, data, occurred_at, received_at, device_id, client_seq,
     completion_ppm, completes, client_event_id)
SELECT $1::uuid, e.*
FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::jsonb[], $8::timestamptz[],
            $9::timestamptz[], $10::uuid[], $11::bigint[], $12::integer[], $13::boolean[], $14::uuid[]) AS e
ON CONFLICT (user_id, event_id) DO NOTHING;

-- name: lesson_rows
SELECT lesson_id, course_id, state, completion_ppm, completed_at, position_ms, position_block_id, position_at,
       position_seq, position_event_id, last_event_id, revision, updated_at
FROM academy.lesson_progress
WHERE user_id = $1
  AND lesson_id = ANY ($2::uuid[]);

-- name: course_lesson_rows
SELECT lesson_id, course_id, state, completion_ppm, completed_at, position_ms, position_block_id, position_at,
       position_seq, position_event_id, last_event_id, revision, updated_at
FROM academy.lesson_progress
WHERE user_id = $1
  AND course_id = $2;

-- name: block_rows
SELECT lesson_id, block_id, course_id, watched::text AS watched, watched_ms, duration_ms, submitted, passed, revision,
       updated_at
FROM academy.block_progress
WHERE user_id = $1
  AND lesson_id = ANY ($2::uuid[]);

-- name: course_block_rows
SELECT lesson_id, block_id, course_id, watched::text AS watched, watched_ms, duration_ms, submitted, passed, revision,
       updated_at
FROM academy.block_progress
WHERE user_id = $1
  AND course_id = $2;

-- name: save_lesson_rows
-- Whole rows: the caller holds the course's lock and has merged already.
INSERT INTO academy.lesson_progress
    (user_id, lesson_id, course_id, state, completion_ppm, completed_at, position_ms, position_block_id, position_at,
     position_seq, position_event_id, last_event_id, revision, updated_at)
SELECT $1::uuid, l.*
FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::integer[], $6::timestamptz[], $7::integer[], $8::uuid[],
            $9::timestamptz[], $10::bigint[], $11::uuid[], $12::uuid[], $13::bigint[], $14::timestamptz[]) AS l
ON CONFLICT (user_id, lesson_id) DO UPDATE
SET course_id = excluded.course_id,
    state = excluded.state,
    completion_ppm = excluded.completion_ppm,
    completed_at = excluded.completed_at,
    position_ms = excluded.position_ms,
    position_block_id = excluded.position_block_id,
    position_at = excluded.position_at,
    position_seq = excluded.position_seq,
    position_event_id = excluded.position_event_id,
    last_event_id = excluded.last_event_id,
    revision = excluded.revision,
    updated_at = excluded.updated_at;

-- name: save_block_rows
INSERT INTO academy.block_progress
    (user_id, lesson_id, block_id, course_id, watched, watched_ms, duration_ms, submitted, passed, revision, updated_at)
SELECT $1::uuid, b.*
FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::int4multirange[], $6::integer[], $7::integer[], $8::boolean[],
            $9::boolean[], $10::bigint[], $11::timestamptz[]) AS b
ON CONFLICT (user_id, lesson_id, block_id) DO UPDATE
SET course_id = excluded.course_id,
    watched = excluded.watched,
    watched_ms = excluded.watched_ms,
    duration_ms = excluded.duration_ms,
    submitted = excluded.submitted,
    passed = excluded.passed,
    revision = excluded.revision,
    updated_at = excluded.updated_at;

-- name: completed_lessons
SELECT course_id, lesson_id
FROM academy.lesson_progress
WHERE user_id = $1
  AND course_id = ANY ($2::uuid[])
  AND state = 'completed';

-- name: graded_attempts
SELECT course_id, quiz_id, score_points::text AS score_points, max_points::text AS max_points
FROM public.quiz_attempts
WHERE user_id = $1
  AND course_id = ANY ($2::uuid[])
  AND status = 'graded'
ORDER BY quiz_id, attempt_no;

-- name: save_course_row
INSERT INTO academy.course_progress
    (user_id, course_id, course_version_id, lessons_required, lessons_completed, completion_ppm, grade_percent, passed,
     passed_at, completed_at, last_lesson_id, last_lesson_at, last_lesson_seq, last_lesson_event, revision, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
ON CONFLICT (user_id, course_id) DO UPDATE
SET course_version_id = excluded.course_version_id,
    lessons_required = excluded.lessons_required,
    lessons_completed = excluded.lessons_completed,
    completion_ppm = excluded.completion_ppm,
    grade_percent = excluded.grade_percent,
    passed = excluded.passed,
    passed_at = excluded.passed_at,
    completed_at = excluded.completed_at,
    last_lesson_id = excluded.last_lesson_id,
    last_lesson_at = excluded.last_lesson_at,
    last_lesson_seq = excluded.last_lesson_seq,
    last_lesson_event = excluded.last_lesson_event,
    revision = excluded.revision,
    updated_at = excluded.updated_at;

-- name: live_certificates
SELECT course_id, verification_code
FROM public.certificates
WHERE user_id = $1
  AND course_id = ANY ($2::uuid[])
  AND status = 'issued';

-- name: course_events
-- The whole history of one learner in one course, for a rebuild.
SELECT event_id, course_id, lesson_id, block_id, verb, data, occurred_at, received_at, client_seq, completion_ppm,
       completes
FROM academy.progress_events
WHERE user_id = $1
  AND course_id = $2
ORDER BY event_id;

-- name: delete_lesson_rows
DELETE FROM academy.lesson_progress
WHERE user_id = $1
  AND lesson_id = ANY ($2::uuid[]);

-- name: delete_block_rows
DELETE FROM academy.block_progress
WHERE user_id = $1
  AND lesson_id = ANY ($2::uuid[])
  AND block_id = ANY ($3::uuid[]);

-- name: learners_with_progress
-- shard: operator command. Pages over everyone who has progress, optionally of one user or course.
SELECT user_id, course_id
FROM academy.course_progress
WHERE (user_id, course_id) > ($1::uuid, $2::uuid)
  AND ($3::uuid IS NULL OR user_id = $3::uuid)
  AND ($4::uuid IS NULL OR course_id = $4::uuid)
ORDER BY user_id, course_id
LIMIT $5;

-- name: create_partitions
SELECT academy.create_progress_partitions($1::date, $2::integer);
