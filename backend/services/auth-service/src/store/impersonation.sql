-- name: set_last_sign_in
-- The person did not sign in.
UPDATE auth.users
SET last_sign_in_at = $2
WHERE id = $1
