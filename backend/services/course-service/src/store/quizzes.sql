-- name: find_quiz
SELECT z.id, z.course_id, z.lesson_id, z.title, z.mode, z.grade_category_id, z.time_limit_seconds, z.max_attempts,
       z.attempt_policy, z.retry_delay_seconds, z.opens_at, z.closes_at, z.close_policy, z.grace_seconds,
       z.shuffle_questions, z.shuffle_options, z.draw_count, z.pass_percent::text, z.weight::text, z.review_policy
FROM academy.quizzes z
JOIN public.courses c ON c.id = z.course_id AND c.status = 'published' AND c.deleted_at IS NULL
WHERE z.id = $1 AND z.status = 'published' AND z.deleted_at IS NULL;

-- name: questions_of_quiz
-- The frozen words of the current revision, not the row an author may be editing.
SELECT q.id AS question_id, r.revision, r.type, r.prompt_html, r.options, r.points::text, r.partial_credit,
       r.negative_points::text, r.hints, q.pool_key
FROM public.quiz_questions q
JOIN academy.quiz_question_revisions r ON r.question_id = q.id AND r.revision = q.revision
WHERE q.quiz_id = $1 AND q.deleted_at IS NULL
ORDER BY q.sort_key;

-- name: question_revisions
SELECT r.question_id, r.revision, r.type, r.prompt_html, r.options, r.points::text, r.partial_credit,
       r.negative_points::text, r.hints, NULL::text AS pool_key
FROM unnest($1::uuid[], $2::integer[]) WITH ORDINALITY AS asked(question_id, revision, position)
JOIN academy.quiz_question_revisions r ON r.question_id = asked.question_id AND r.revision = asked.revision
ORDER BY asked.position;

-- name: answer_keys
-- As svc_grader; no other role can run it.
SELECT k.question_id, k.revision, k.answer_key, k.feedback, k.explanation_html
FROM unnest($1::uuid[], $2::integer[]) WITH ORDINALITY AS asked(question_id, revision, position)
JOIN academy_private.quiz_question_keys k ON k.question_id = asked.question_id AND k.revision = asked.revision
ORDER BY asked.position;
