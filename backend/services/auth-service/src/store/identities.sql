-- name: claim_identity
-- Two accounts that want one identity meet here: the primary key lets one through, the other gets no row.
INSERT INTO auth.identity_owners (provider_id, provider, user_id)
VALUES ($1, $2, $3)
ON CONFLICT (provider_id, provider) DO NOTHING

-- name: release_identity
DELETE FROM auth.identity_owners
WHERE provider_id = $1 AND provider = $2 AND user_id = $3

-- name: owner_of_identity
SELECT user_id
FROM auth.identity_owners
WHERE provider_id = $1 AND provider = $2

-- name: find_identity
SELECT user_id, id, provider, provider_id, identity_data, last_sign_in_at, created_at, updated_at
FROM auth.identities
WHERE user_id = $1 AND id = $2

-- name: update_identity
UPDATE auth.identities
SET identity_data = identity_data || $4, last_sign_in_at = $5, updated_at = $5
WHERE user_id = $1 AND provider = $2 AND provider_id = $3

-- name: change_identity_data
UPDATE auth.identities
SET identity_data = identity_data || $3, updated_at = $4
WHERE user_id = $1 AND provider = $2

-- name: delete_identity
DELETE FROM auth.identities
WHERE user_id = $1 AND id = $2

-- name: delete_identities
DELETE FROM auth.identities
WHERE user_id = $1

-- name: identities_of_users
SELECT user_id, id, provider, provider_id, identity_data, last_sign_in_at, created_at, updated_at
FROM auth.identities
WHERE user_id = ANY ($1::uuid[])
ORDER BY created_at, id
