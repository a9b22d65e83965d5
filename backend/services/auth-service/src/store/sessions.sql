-- name: insert_session
INSERT INTO auth.sessions (user_id, id, refresh_key, counter, aal, amr, user_agent, ip, authenticated_at, created_at,
                           refreshed_at, not_after, org_id, org_role, act_user, client_id, scope)
VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)

-- name: find_session
SELECT user_id, id, refresh_key, counter, aal, amr, authenticated_at, created_at, refreshed_at, not_after,
       org_id, org_role, act_user, client_id, scope
FROM auth.sessions
WHERE user_id = $1 AND id = $2

-- name: lock_session
SELECT user_id, id, refresh_key, counter, aal, amr, authenticated_at, created_at, refreshed_at, not_after,
       org_id, org_role, act_user, client_id, scope
FROM auth.sessions
WHERE user_id = $1 AND id = $2
FOR UPDATE

-- name: list_sessions
SELECT id, user_agent, ip, aal, created_at, refreshed_at
FROM auth.sessions
WHERE user_id = $1 AND not_after > $2 AND refreshed_at > $3
ORDER BY refreshed_at DESC, id

-- name: has_session_like
SELECT EXISTS (SELECT FROM auth.sessions WHERE user_id = $1 AND (user_agent = $2 OR ip = $3))

-- name: has_newer_session
-- Somebody who acts as the person, and a program they let in, are no sign-in of theirs.
SELECT EXISTS (
    SELECT
    FROM auth.sessions
    WHERE user_id = $1 AND created_at > $2 AND act_user IS NULL AND client_id IS NULL)

-- name: raise_session
UPDATE auth.sessions
SET aal = 'aal2', amr = $3, counter = counter + 2, authenticated_at = $4, refreshed_at = $4, user_agent = $5, ip = $6
WHERE user_id = $1 AND id = $2

-- name: delete_other_aal1_sessions
DELETE FROM auth.sessions
WHERE user_id = $1 AND id <> $2 AND aal = 'aal1'
RETURNING id

-- name: advance_session
-- No row when the session has ended since it was read. Parallel refreshes wait for each other at the account's row.
UPDATE auth.sessions
SET counter = counter + 1, refreshed_at = $4
WHERE user_id = $1 AND id = $2 AND counter = $3

-- name: delete_session
DELETE FROM auth.sessions
WHERE user_id = $1 AND id = $2

-- name: delete_other_sessions
DELETE FROM auth.sessions
WHERE user_id = $1 AND id <> $2
RETURNING id

-- name: delete_passkey_sessions
DELETE FROM auth.sessions
WHERE user_id = $1 AND amr @> '[{"method": "passkey"}]'
RETURNING id

-- name: forget_flows
-- shard: somebody's sessions end, which is rare; among the codes of the last hour, by the index on created_at.
DELETE FROM auth.flow_states
WHERE user_id = $1 AND created_at > $2

-- name: forget_oauth_codes
-- shard: as forget_flows. A used one stays: its second use tells of a thief.
DELETE FROM auth.oauth_codes
WHERE user_id = $1 AND created_at > $2 AND used_at IS NULL

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
