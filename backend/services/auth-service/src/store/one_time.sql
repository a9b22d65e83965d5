-- name: put_one_time
INSERT INTO auth.one_time_tokens (user_id, kind, link_hash, code_hash, attempts, address, code_challenge,
                                  challenge_method, sign_up_id, created_at)
VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9)
ON CONFLICT (user_id, kind) DO UPDATE
SET link_hash = excluded.link_hash, code_hash = excluded.code_hash, attempts = 0, address = excluded.address,
    code_challenge = excluded.code_challenge, challenge_method = excluded.challenge_method,
    sign_up_id = excluded.sign_up_id, used_at = NULL, browser_hash = NULL, created_at = excluded.created_at

-- name: lock_one_time
SELECT user_id, kind, link_hash, code_hash, attempts, address, code_challenge, challenge_method, sign_up_id,
       used_at, browser_hash, created_at
FROM auth.one_time_tokens
WHERE user_id = $1 AND kind = $2
FOR UPDATE

-- name: mark_one_time_used
UPDATE auth.one_time_tokens
SET used_at = $3, browser_hash = $4
WHERE user_id = $1 AND kind = $2

-- name: delete_old_one_time
-- shard: hourly clean-up of everybody's forgotten mails, by the index on created_at; nobody waits for it.
DELETE FROM auth.one_time_tokens
WHERE created_at < $1

-- name: count_attempt
UPDATE auth.one_time_tokens
SET attempts = attempts + 1
WHERE user_id = $1 AND kind = $2

-- name: delete_one_time
DELETE FROM auth.one_time_tokens
WHERE user_id = $1 AND kind = $2

-- name: delete_all_one_time
DELETE FROM auth.one_time_tokens
WHERE user_id = $1

-- name: insert_admin_claim
INSERT INTO auth.admin_claims (token_hash, created_at, expires_at)
VALUES ($1, $2, $3)

-- name: delete_unused_admin_claims
DELETE FROM auth.admin_claims
WHERE used_at IS NULL

-- name: use_admin_claim
-- The condition on used_at decides between two people with the same link.
UPDATE auth.admin_claims
SET used_at = $2, used_by = $3
WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2

-- name: has_used_admin_claim
SELECT EXISTS (SELECT FROM auth.admin_claims WHERE used_at IS NOT NULL)
