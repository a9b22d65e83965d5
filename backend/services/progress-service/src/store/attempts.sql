-- name: open_attempt
SELECT user_id, id, quiz_id, course_id, lesson_id, enrollment_id, attempt_no, status, seed, policy, items_sha256,
       started_at, deadline_at, finalize_at, submitted_at, submit_reason, score_points::text AS score_points,
       max_points::text AS max_points, passed
FROM public.quiz_attempts
WHERE user_id = $1
  AND quiz_id = $2
  AND status = 'in_progress';

-- name: find_attempt
SELECT user_id, id, quiz_id, course_id, lesson_id, enrollment_id, attempt_no, status, seed, policy, items_sha256,
       started_at, deadline_at, finalize_at, submitted_at, submit_reason, score_points::text AS score_points,
       max_points::text AS max_points, passed
FROM public.quiz_attempts
WHERE user_id = $1
  AND id = $2;

-- name: lock_attempt
SELECT user_id, id, quiz_id, course_id, lesson_id, enrollment_id, attempt_no, status, seed, policy, items_sha256,
       started_at, deadline_at, finalize_at, submitted_at, submit_reason, score_points::text AS score_points,
       max_points::text AS max_points, passed
FROM public.quiz_attempts
WHERE user_id = $1
  AND id = $2
FOR UPDATE;

-- name: share_attempt
-- Answers of different questions go on side by side; handing in waits for them and they for it.
SELECT user_id, id, quiz_id, course_id, lesson_id, enrollment_id, attempt_no, status, seed, policy, items_sha256,
       started_at, deadline_at, finalize_at, submitted_at, submit_reason, score_points::text AS score_points,
       max_points::text AS max_points, passed
FROM public.quiz_attempts
WHERE user_id = $1
  AND id = $2
FOR SHARE;

-- name: attempts_of_quizzes
SELECT user_id, id, quiz_id, course_id, lesson_id, enrollment_id, attempt_no, status, seed, policy, items_sha256,
       started_at, deadline_at, finalize_at, submitted_at, submit_reason, score_points::text AS score_points,
       max_points::text AS max_points, passed
FROM public.quiz_attempts
WHERE user_id = $1
  AND quiz_id = ANY ($2::uuid[])
ORDER BY quiz_id, attempt_no;

-- name: insert_attempt
-- No conflict target: the open attempt of a parallel start and its attempt number both mean "read the other one".
INSERT INTO public.quiz_attempts
    (user_id, id, quiz_id, course_id, lesson_id, enrollment_id, attempt_no, seed, policy, items_sha256, started_at,
     deadline_at, finalize_at, max_points)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT DO NOTHING;

-- name: insert_items
INSERT INTO academy.quiz_attempt_items
    (user_id, attempt_id, slot, question_id, question_revision, option_order, points_possible)
SELECT $1::uuid, $2::uuid, i.slot, i.question_id, i.revision, i.option_order::smallint[], i.points
FROM unnest($3::smallint[], $4::uuid[], $5::integer[], $6::text[], $7::numeric[])
     AS i (slot, question_id, revision, option_order, points);

-- name: attempt_items
SELECT slot, question_id, question_revision, option_order, points_possible::text AS points_possible, response,
       response_seq, answered_at, points_awarded::text AS points_awarded, is_correct
FROM academy.quiz_attempt_items
WHERE user_id = $1
  AND attempt_id = $2
ORDER BY slot;

-- name: save_answer
-- The highest client_seq wins, in whatever order answers arrive.
UPDATE academy.quiz_attempt_items
SET response = $5,
    response_seq = $4,
    answered_at = $6
WHERE user_id = $1
  AND attempt_id = $2
  AND slot = $3
  AND response_seq < $4;

-- name: insert_response
INSERT INTO academy.quiz_responses (user_id, attempt_id, slot, client_seq, response, received_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (user_id, attempt_id, slot, client_seq) DO NOTHING;

-- name: answer_state
SELECT slot, response_seq, answered_at
FROM academy.quiz_attempt_items
WHERE user_id = $1
  AND attempt_id = $2
  AND slot = $3;

-- name: save_marks
UPDATE academy.quiz_attempt_items AS i
SET points_awarded = m.points,
    is_correct = m.is_correct
FROM unnest($3::smallint[], $4::numeric[], $5::boolean[]) AS m (slot, points, is_correct)
WHERE i.user_id = $1
  AND i.attempt_id = $2
  AND i.slot = m.slot;

-- name: finish_attempt
UPDATE public.quiz_attempts
SET status = 'graded',
    submitted_at = $3,
    submit_reason = $4,
    graded_at = $3,
    score_points = $5,
    passed = $6,
    row_version = row_version + 1
WHERE user_id = $1
  AND id = $2
  AND status = 'in_progress';

-- name: due_attempts
-- shard: the sweeper looks for attempts whose time is over, whoever writes them.
SELECT user_id, id
FROM public.quiz_attempts
WHERE status = 'in_progress'
  AND finalize_at < $1
ORDER BY finalize_at
LIMIT $2;
