-- $2 is the SHA-256 of the account's address, or empty: what was sent before there was an account is found by it. The
-- expression is the one of the indexes.

-- name: quiz_results_of
SELECT coalesce(jsonb_agg(to_jsonb(q) - 'token_sha256' ORDER BY q.started_at), '[]')
FROM public.quiz_results q
WHERE q.user_id = $1 OR sha256(decode(replace(lower(q.email), '\', '\\'), 'escape')) = $2

-- name: subscriptions_of
SELECT coalesce(jsonb_agg(to_jsonb(s)), '[]')
FROM public.newsletter_subscribers s
WHERE sha256(decode(replace(s.email, '\', '\\'), 'escape')) = $1

-- name: contact_messages_of
SELECT coalesce(jsonb_agg(to_jsonb(m) ORDER BY m.created_at), '[]')
FROM public.contact_messages m
WHERE m.user_id = $1 OR sha256(decode(replace(lower(m.email), '\', '\\'), 'escape')) = $2

-- name: erase_quiz_results
DELETE FROM public.quiz_results q
WHERE q.user_id = $1 OR sha256(decode(replace(lower(q.email), '\', '\\'), 'escape')) = $2

-- name: erase_subscription
DELETE FROM public.newsletter_subscribers s
WHERE sha256(decode(replace(s.email, '\', '\\'), 'escape')) = $1

-- name: erase_contact_messages
DELETE FROM public.contact_messages m
WHERE m.user_id = $1 OR sha256(decode(replace(lower(m.email), '\', '\\'), 'escape')) = $2

-- name: unlink_posts
-- A post is the site's; whose account wrote it is not told any more.
UPDATE public.blog_posts
SET author_id = NULL, author_name = ''
WHERE author_id = $1
