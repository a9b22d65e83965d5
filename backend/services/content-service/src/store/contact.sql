-- name: save_message
-- The id is the caller's idempotency key, so a repeated submit is one message.
INSERT INTO public.contact_messages (id, name, email, subject, message, status, user_id)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO NOTHING
