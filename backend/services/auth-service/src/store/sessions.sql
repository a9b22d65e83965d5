-- name: insert_session
INSERT INTO auth.sessions (user_id, id, refresh_key, counter, aal, amr, user_agent, ip, authenticated_at, created_at,
                           refreshed_at, not_after)
VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, $9, $10)

-- name: find_session
SELECT user_id, id, refresh_key, counter, aal, amr, authenticated_at, created_at, refreshed_at, not_after
FROM auth.sessions
WHERE user_id = $1 AND id = $2

-- name: advance_session
-- Of parallel refreshes with one token, one finds the counter unmoved; the others change nothing and look again.
UPDATE auth.sessions
SET counter = counter + 1, refreshed_at = $4
WHERE user_id = $1 AND id = $2 AND counter = $3

-- name: delete_session
DELETE FROM auth.sessions
WHERE user_id = $1 AND id = $2

-- name: delete_all_sessions
DELETE FROM auth.sessions
WHERE user_id = $1

-- name: delete_other_sessions
DELETE FROM auth.sessions
WHERE user_id = $1 AND id <> $2

-- name: delete_old_sessions
-- shard: hourly clean-up of everybody's dead sessions, by the index on not_after; nobody waits for it.
DELETE FROM auth.sessions
WHERE not_after < $1

-- name: insert_handoff
INSERT INTO auth.session_handoffs (user_id, code_hash, session_id, expires_at)
VALUES ($1, $2, $3, $4)

-- name: take_handoff
-- The delete decides: of two exchanges of one code, one gets the row.
DELETE FROM auth.session_handoffs
WHERE user_id = $1 AND code_hash = $2
RETURNING session_id, expires_at

-- name: delete_old_handoffs
-- shard: hourly clean-up of everybody's expired codes; nobody waits for it.
DELETE FROM auth.session_handoffs
WHERE expires_at < $1
