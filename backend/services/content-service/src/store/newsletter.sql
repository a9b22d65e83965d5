-- name: subscribe
-- Somebody who left may come back; somebody confirmed stays confirmed. Returns the row in every case.
INSERT INTO public.newsletter_subscribers (email, name, source)
VALUES ($1, $2, $3)
ON CONFLICT (email) DO UPDATE
SET status = CASE WHEN newsletter_subscribers.status = 'confirmed' THEN 'confirmed' ELSE 'pending' END,
    name = coalesce(excluded.name, newsletter_subscribers.name)
RETURNING email, id, name, status, confirmation_sent_at

-- name: find_subscriber_by_id
SELECT email, id, name, status, confirmation_sent_at
FROM public.newsletter_subscribers
WHERE id = $1

-- name: find_subscriber
SELECT email, id, name, status, confirmation_sent_at
FROM public.newsletter_subscribers
WHERE email = $1

-- name: mark_confirmation_sent
UPDATE public.newsletter_subscribers
SET confirmation_sent_at = $2
WHERE email = $1

-- name: give_up_address
UPDATE public.newsletter_subscribers
SET status = 'unsubscribed',
    unsubscribed_at = $2
WHERE email = $1
  AND status = 'pending'

-- name: confirm_subscriber
UPDATE public.newsletter_subscribers
SET status = 'confirmed',
    confirmed_at = coalesce(confirmed_at, $2),
    unsubscribed_at = NULL
WHERE email = $1
  AND status <> 'confirmed'

-- name: unsubscribe
UPDATE public.newsletter_subscribers
SET status = 'unsubscribed',
    unsubscribed_at = $2
WHERE email = $1
  AND status <> 'unsubscribed'

-- name: unsent_confirmations
-- Rows that arrived through /rest/v1, where no service was asked.
SELECT email
FROM public.newsletter_subscribers
WHERE status = 'pending'
  AND confirmation_sent_at IS NULL
ORDER BY created_at
LIMIT $1
