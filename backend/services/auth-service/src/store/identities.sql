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

-- name: insert_provider_identity
INSERT INTO auth.identities (user_id, id, provider, provider_id, identity_data, last_sign_in_at, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $6, $6)

-- name: drop_unproven_parts
-- Somebody opened this account with an address they had not proven; its owner has come now. What the other left behind
-- must not open it (S025, pre-hijacked accounts).
UPDATE auth.users
SET password_hash = NULL, phone = NULL, phone_confirmed_at = NULL, new_email = NULL, new_phone = NULL,
    email_confirmed_at = $2, updated_at = $2
WHERE id = $1

-- name: insert_provider_flow
INSERT INTO auth.provider_flows (state_hash, provider, nonce, verifier, browser_hash, redirect_to, code_challenge,
                                 challenge_method, link_user, link_session, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: take_provider_flow
-- The delete decides: of two answers with one state, one gets the row.
DELETE FROM auth.provider_flows
WHERE state_hash = $1
RETURNING provider, nonce, verifier, browser_hash, redirect_to, code_challenge, challenge_method, link_user,
          link_session, created_at

-- name: insert_pending_identity
INSERT INTO auth.pending_identities (code_hash, user_id, person, created_at)
VALUES ($1, $2, $3, $4)

-- name: take_pending_identity
DELETE FROM auth.pending_identities
WHERE code_hash = $1 AND user_id = $2
RETURNING person

-- name: delete_old_provider_flows
DELETE FROM auth.provider_flows
WHERE created_at < $1

-- name: delete_old_pending_identities
DELETE FROM auth.pending_identities
WHERE created_at < $1
