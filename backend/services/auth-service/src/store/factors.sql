-- name: factors_of
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
