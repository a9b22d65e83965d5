-- name: claim_credential
-- A credential is one person's only: the primary key refuses the second.
INSERT INTO auth.webauthn_owners (credential_id, user_id)
VALUES ($1, $2)
ON CONFLICT (credential_id) DO NOTHING

-- name: owner_of_credential
SELECT user_id
FROM auth.webauthn_owners
WHERE credential_id = $1

-- name: insert_credential
INSERT INTO auth.webauthn_credentials (user_id, id, factor_id, credential_id, public_key, sign_count, aaguid, transports,
                                       is_backup_eligible, is_backed_up, friendly_name, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)

-- name: credentials_of
SELECT user_id, id, factor_id, credential_id, public_key, sign_count, transports, is_backup_eligible, friendly_name,
       created_at, last_used_at
FROM auth.webauthn_credentials
WHERE user_id = $1
ORDER BY created_at, id

-- name: find_credential
SELECT user_id, id, factor_id, credential_id, public_key, sign_count, transports, is_backup_eligible, friendly_name,
       created_at, last_used_at
FROM auth.webauthn_credentials
WHERE user_id = $1 AND credential_id = $2

-- name: find_passkey
SELECT user_id, id, factor_id, credential_id, public_key, sign_count, transports, is_backup_eligible, friendly_name,
       created_at, last_used_at
FROM auth.webauthn_credentials
WHERE user_id = $1 AND id = $2 AND factor_id IS NULL

-- name: record_credential_use
-- No row when the counter did not grow beyond what another use has left: the credential was copied.
UPDATE auth.webauthn_credentials
SET sign_count = $3, is_backed_up = $4, last_used_at = $5
WHERE user_id = $1 AND id = $2 AND (sign_count < $3 OR $3 = 0)

-- name: rename_passkey
UPDATE auth.webauthn_credentials
SET friendly_name = $3, updated_at = $4
WHERE user_id = $1 AND id = $2

-- name: delete_passkey
DELETE FROM auth.webauthn_credentials
WHERE user_id = $1 AND id = $2

-- name: insert_passkey_challenge
INSERT INTO auth.passkey_challenges (id, user_id, challenge, created_at)
VALUES ($1, $2, $3, $4)

-- name: take_passkey_challenge
-- The delete decides: of two answers to one question, one gets the row.
DELETE FROM auth.passkey_challenges
WHERE id = $1 AND user_id IS NOT DISTINCT FROM $2
RETURNING challenge, created_at

-- name: delete_old_passkey_challenges
DELETE FROM auth.passkey_challenges
WHERE created_at < $1
