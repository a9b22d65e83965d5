-- name: limit_impersonation
-- The session of somebody who acts as the person: it ends soon and cannot be refreshed.
UPDATE auth.sessions
SET not_after = $3
WHERE user_id = $1 AND id = $2

-- name: set_last_sign_in
-- The person did not sign in.
UPDATE auth.users
SET last_sign_in_at = $2
WHERE id = $1
