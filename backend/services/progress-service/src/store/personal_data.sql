-- name: progress_of
SELECT jsonb_build_object(
    'courses', (SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY c.updated_at), '[]')
                FROM academy.course_progress c WHERE c.user_id = $1),
    'lessons', (SELECT coalesce(jsonb_agg(to_jsonb(l) ORDER BY l.updated_at), '[]')
                FROM academy.lesson_progress l WHERE l.user_id = $1),
    'log', (SELECT coalesce(jsonb_agg(to_jsonb(e) ORDER BY e.occurred_at, e.event_id), '[]')
            FROM academy.progress_events e WHERE e.user_id = $1));

-- name: quiz_attempts_of
-- What was drawn and answered; neither the seed nor the policy, which would tell about questions still to come.
SELECT coalesce(jsonb_agg((to_jsonb(a) - 'seed' - 'policy' - 'items_sha256') || jsonb_build_object('answers',
           (SELECT coalesce(jsonb_agg(jsonb_build_object('slot', i.slot, 'question_id', i.question_id,
                                                         'response', i.response, 'answered_at', i.answered_at)
                                      ORDER BY i.slot), '[]')
            FROM academy.quiz_attempt_items i WHERE i.user_id = $1 AND i.attempt_id = a.id)) ORDER BY a.started_at),
       '[]')
FROM public.quiz_attempts a
WHERE a.user_id = $1;

-- name: certificates_of
SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY c.issued_at), '[]')
FROM public.certificates c
WHERE c.user_id = $1;

-- name: erase_learning
SELECT academy.erase_learning($1);

-- name: withdraw_certificates
-- The numbers stay, so that a printed code finds out that it does not hold any more, and since when.
UPDATE public.certificates
SET status = 'withdrawn', recipient_name = '', revoked_at = coalesce(revoked_at, $2), revoke_reason = NULL,
    row_version = row_version + 1
WHERE user_id = $1
RETURNING encode(pdf_sha256, 'hex') AS pdf_key;
