-- name: factors_of
-- What User.factors holds: all but the set of recovery codes, which supabase-js before 2.110 cannot sort in (it has its
-- own route).
SELECT id, factor_type, status, friendly_name, phone, last_challenged_at, created_at, updated_at
FROM auth.factors
WHERE user_id = $1 AND factor_type <> 'recovery_code'
ORDER BY created_at, id

-- name: has_verified_factor
SELECT EXISTS (
    SELECT
    FROM auth.factors
    WHERE user_id = $1 AND status = 'verified' AND factor_type <> 'recovery_code')

-- name: credential_ids_of
SELECT credential_id
FROM auth.webauthn_credentials
WHERE user_id = $1

-- name: release_credential
DELETE FROM auth.webauthn_owners
WHERE credential_id = $1

-- name: delete_credentials
DELETE FROM auth.webauthn_credentials
WHERE user_id = $1

-- name: all_factors_of
SELECT user_id, id, factor_type, status, friendly_name, phone, secret, last_step, last_challenged_at, created_at,
       updated_at
FROM auth.factors
WHERE user_id = $1
ORDER BY created_at, id

-- name: find_factor
SELECT user_id, id, factor_type, status, friendly_name, phone, secret, last_step, last_challenged_at, created_at,
       updated_at
FROM auth.factors
WHERE user_id = $1 AND id = $2

-- name: insert_factor
INSERT INTO auth.factors (user_id, id, factor_type, status, friendly_name, phone, secret, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)

-- name: delete_stale_factors
-- Begun, never finished, and nobody is in the middle of it.
DELETE FROM auth.factors f
WHERE f.user_id = $1 AND f.status = 'unverified' AND f.created_at < $2
  AND NOT EXISTS (
      SELECT
      FROM auth.factor_challenges c
      WHERE c.user_id = $1 AND c.factor_id = f.id AND c.created_at >= $2)

-- name: delete_unverified_phone
DELETE FROM auth.factors
WHERE user_id = $1 AND status = 'unverified' AND factor_type = 'phone' AND phone = $2

-- name: delete_unverified_factors
DELETE FROM auth.factors
WHERE user_id = $1 AND status = 'unverified' AND factor_type = $2

-- name: delete_factor
DELETE FROM auth.factors
WHERE user_id = $1 AND id = $2

-- name: mark_factor_verified
-- One row only for the verification that completes the enrolment.
UPDATE auth.factors
SET status = 'verified', updated_at = $3
WHERE user_id = $1 AND id = $2 AND status = 'unverified'

-- name: spend_totp_step
-- No row when this code, or a later one, has been taken meanwhile: of two uses of one code, one wins.
UPDATE auth.factors
SET last_step = $3, updated_at = $4
WHERE user_id = $1 AND id = $2 AND last_step < $3

-- name: mark_factor_challenged
UPDATE auth.factors
SET last_challenged_at = $3
WHERE user_id = $1 AND id = $2

-- name: mark_phone_challenged
-- No row when a message went out less than the gap ago.
UPDATE auth.factors
SET last_challenged_at = $3
WHERE user_id = $1 AND id = $2 AND (last_challenged_at IS NULL OR last_challenged_at <= $4)

-- name: rename_factor
UPDATE auth.factors
SET friendly_name = $3, phone = $4, updated_at = $5
WHERE user_id = $1 AND id = $2

-- name: insert_challenge
INSERT INTO auth.factor_challenges (user_id, id, factor_id, ip, challenge, created_at)
VALUES ($1, $2, $3, $4, $5, $6)

-- name: set_challenge_code
UPDATE auth.factor_challenges
SET code_hash = $3
WHERE user_id = $1 AND id = $2

-- name: find_challenge
SELECT user_id, id, factor_id, ip, challenge, code_hash, created_at, used_at
FROM auth.factor_challenges
WHERE user_id = $1 AND id = $2 AND factor_id = $3

-- name: use_challenge
-- The condition decides between two answers to one question.
UPDATE auth.factor_challenges
SET used_at = $3
WHERE user_id = $1 AND id = $2 AND used_at IS NULL

-- name: delete_old_challenges
-- shard: hourly clean-up of everybody's old questions, by the index on created_at; nobody waits for it.
DELETE FROM auth.factor_challenges
WHERE created_at < $1

-- name: credential_ids_of_factor
SELECT credential_id
FROM auth.webauthn_credentials
WHERE user_id = $1 AND factor_id = $2

-- name: set_session_factor
UPDATE auth.sessions
SET factor_id = $3
WHERE user_id = $1 AND id = $2

-- name: lower_sessions_of_factor
-- What the factor proved is proven no more; nor in a session that was begun from another one, which names no factor.
UPDATE auth.sessions
SET aal = 'aal1', factor_id = NULL,
    amr = coalesce((SELECT jsonb_agg(proof) FROM jsonb_array_elements(amr) proof WHERE proof ->> 'method' <> $3), '[]')
WHERE user_id = $1
  AND (factor_id = $2 OR factor_id IS NULL AND amr @> jsonb_build_array(jsonb_build_object('method', $3::text)))

-- name: insert_recovery_code
INSERT INTO auth.recovery_codes (user_id, factor_id, code_hash)
VALUES ($1, $2, $3)

-- name: delete_recovery_codes
DELETE FROM auth.recovery_codes
WHERE user_id = $1 AND factor_id = $2

-- name: has_recovery_code
SELECT EXISTS (
    SELECT
    FROM auth.recovery_codes
    WHERE user_id = $1 AND factor_id = $2 AND code_hash = $3 AND used_at IS NULL)

-- name: use_recovery_code
-- The condition on used_at decides between two uses of one code.
UPDATE auth.recovery_codes
SET used_at = $4
WHERE user_id = $1 AND factor_id = $2 AND code_hash = $3 AND used_at IS NULL

-- name: count_recovery_codes
SELECT count(*) AS total, count(*) FILTER (WHERE used_at IS NULL) AS remaining
FROM auth.recovery_codes
WHERE user_id = $1 AND factor_id = $2

-- name: find_recovery_set
SELECT user_id, id, factor_type, status, friendly_name, phone, secret, last_step, last_challenged_at, created_at,
       updated_at
FROM auth.factors
WHERE user_id = $1 AND factor_type = 'recovery_code'

-- name: lock_recovery_set
SELECT user_id, id, factor_type, status, friendly_name, phone, secret, last_step, last_challenged_at, created_at,
       updated_at
FROM auth.factors
WHERE user_id = $1 AND factor_type = 'recovery_code'
FOR UPDATE

-- name: renew_recovery_set
UPDATE auth.factors
SET secret = $3, updated_at = $4
WHERE user_id = $1 AND id = $2

-- name: begin_grace
-- The first look keeps its time.
INSERT INTO auth.mfa_graces (user_id, since)
VALUES ($1, $2)
ON CONFLICT (user_id) DO UPDATE SET since = auth.mfa_graces.since
RETURNING since
