-- name: claim_email
-- Sixteen sign-ups of one address meet here: the primary key lets one through, the others get no row.
INSERT INTO auth.user_emails (email, user_id)
VALUES ($1, $2)
ON CONFLICT (email) DO NOTHING

-- name: claim_phone
INSERT INTO auth.user_phones (phone, user_id)
VALUES ($1, $2)
ON CONFLICT (phone) DO NOTHING

-- name: release_email
DELETE FROM auth.user_emails
WHERE email = $1 AND user_id = $2

-- name: release_phone
DELETE FROM auth.user_phones
WHERE phone = $1 AND user_id = $2

-- name: user_id_by_phone
SELECT user_id
FROM auth.user_phones
WHERE phone = $1

-- name: user_id_by_email
SELECT user_id
FROM auth.user_emails
WHERE email = $1

-- name: find_user
SELECT id, coalesce(email, '') AS email, coalesce(phone, '') AS phone, password_hash, app_metadata, user_metadata,
       email_confirmed_at, phone_confirmed_at, is_anonymous, invited_at, confirmation_sent_at, recovery_sent_at,
       coalesce(new_email, '') AS new_email, coalesce(email_change_confirmed, '') AS email_change_confirmed,
       email_change_sent_at, coalesce(new_phone, '') AS new_phone, phone_change_sent_at, reauthentication_sent_at,
       last_sign_in_at, banned_until, deleted_at, sign_up_id, created_at, updated_at
FROM auth.users
WHERE id = $1

-- name: lock_user
SELECT id, coalesce(email, '') AS email, coalesce(phone, '') AS phone, password_hash, app_metadata, user_metadata,
       email_confirmed_at, phone_confirmed_at, is_anonymous, invited_at, confirmation_sent_at, recovery_sent_at,
       coalesce(new_email, '') AS new_email, coalesce(email_change_confirmed, '') AS email_change_confirmed,
       email_change_sent_at, coalesce(new_phone, '') AS new_phone, phone_change_sent_at, reauthentication_sent_at,
       last_sign_in_at, banned_until, deleted_at, sign_up_id, created_at, updated_at
FROM auth.users
WHERE id = $1
FOR UPDATE

-- name: insert_user
INSERT INTO auth.users (id, email, phone, password_hash, app_metadata, user_metadata, email_confirmed_at,
                        phone_confirmed_at, is_anonymous, invited_at, sign_up_id, created_at, updated_at)
VALUES ($1, nullif($2, ''), nullif($3, ''), $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
RETURNING id, coalesce(email, '') AS email, coalesce(phone, '') AS phone, password_hash, app_metadata, user_metadata,
          email_confirmed_at, phone_confirmed_at, is_anonymous, invited_at, confirmation_sent_at, recovery_sent_at,
          coalesce(new_email, '') AS new_email, coalesce(email_change_confirmed, '') AS email_change_confirmed,
          email_change_sent_at, coalesce(new_phone, '') AS new_phone, phone_change_sent_at, reauthentication_sent_at,
          last_sign_in_at, banned_until, deleted_at, sign_up_id, created_at, updated_at

-- name: insert_identity
INSERT INTO auth.identities (user_id, id, provider, provider_id, identity_data, last_sign_in_at, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $6, $6)

-- name: identities_of
SELECT user_id, id, provider, provider_id, identity_data, last_sign_in_at, created_at, updated_at
FROM auth.identities
WHERE user_id = $1
ORDER BY created_at, id

-- name: record_sign_in
UPDATE auth.users
SET last_sign_in_at = $2, updated_at = $2
WHERE id = $1
RETURNING id, coalesce(email, '') AS email, coalesce(phone, '') AS phone, password_hash, app_metadata, user_metadata,
          email_confirmed_at, phone_confirmed_at, is_anonymous, invited_at, confirmation_sent_at, recovery_sent_at,
          coalesce(new_email, '') AS new_email, coalesce(email_change_confirmed, '') AS email_change_confirmed,
          email_change_sent_at, coalesce(new_phone, '') AS new_phone, phone_change_sent_at, reauthentication_sent_at,
          last_sign_in_at, banned_until, deleted_at, sign_up_id, created_at, updated_at

-- name: set_password
UPDATE auth.users
SET password_hash = $2, updated_at = $3
WHERE id = $1

-- name: set_user_metadata
UPDATE auth.users
SET user_metadata = $2, updated_at = $3
WHERE id = $1

-- name: set_app_metadata
UPDATE auth.users
SET app_metadata = $2, updated_at = $3
WHERE id = $1

-- name: begin_sign_up_again
-- An account that nobody has proven to be theirs belongs to whoever signed up last.
UPDATE auth.users
SET password_hash = $2, user_metadata = $3, sign_up_id = $4, updated_at = $5
WHERE id = $1 AND email_confirmed_at IS NULL AND phone_confirmed_at IS NULL

-- name: end_sign_up
-- The password of another sign-up than $2 goes.
UPDATE auth.users
SET password_hash = CASE WHEN sign_up_id IS NOT DISTINCT FROM $2 THEN password_hash END, sign_up_id = NULL
WHERE id = $1

-- name: confirm_email
UPDATE auth.users
SET email_confirmed_at = coalesce(email_confirmed_at, $2), updated_at = $2
WHERE id = $1

-- name: confirm_identities
UPDATE auth.identities
SET identity_data = identity_data || '{"email_verified": true}', updated_at = $2
WHERE user_id = $1 AND provider = 'email'

-- name: mark_confirmation_sent
-- No row when a mail went out less than the gap ago: the second request is silently the same as the first.
UPDATE auth.users
SET confirmation_sent_at = $2
WHERE id = $1 AND (confirmation_sent_at IS NULL OR confirmation_sent_at <= $3)

-- name: mark_recovery_sent
UPDATE auth.users
SET recovery_sent_at = $2
WHERE id = $1 AND (recovery_sent_at IS NULL OR recovery_sent_at <= $3)

-- name: mark_email_change_sent
UPDATE auth.users
SET email_change_sent_at = $2
WHERE id = $1 AND (email_change_sent_at IS NULL OR email_change_sent_at <= $3)

-- name: mark_phone_change_sent
UPDATE auth.users
SET phone_change_sent_at = $2
WHERE id = $1 AND (phone_change_sent_at IS NULL OR phone_change_sent_at <= $3)

-- name: mark_reauthentication_sent
UPDATE auth.users
SET reauthentication_sent_at = $2
WHERE id = $1 AND (reauthentication_sent_at IS NULL OR reauthentication_sent_at <= $3)

-- name: set_new_email
UPDATE auth.users
SET new_email = nullif($2, ''), updated_at = $3,
    email_change_confirmed = CASE WHEN new_email = $2 THEN email_change_confirmed END
WHERE id = $1

-- name: mark_email_change_confirmed
UPDATE auth.users
SET email_change_confirmed = $2, updated_at = $3
WHERE id = $1

-- name: set_new_phone
UPDATE auth.users
SET new_phone = nullif($2, ''), updated_at = $3
WHERE id = $1

-- name: set_email
UPDATE auth.users
SET email = nullif($2, ''), email_confirmed_at = $3, new_email = NULL, email_change_confirmed = NULL,
    is_anonymous = false, app_metadata = $4, updated_at = $5
WHERE id = $1

-- name: set_phone
UPDATE auth.users
SET phone = nullif($2, ''), phone_confirmed_at = $3, new_phone = NULL, is_anonymous = false, app_metadata = $4,
    updated_at = $5
WHERE id = $1

-- name: confirm_phone
UPDATE auth.users
SET phone_confirmed_at = coalesce(phone_confirmed_at, $2), updated_at = $2
WHERE id = $1

-- name: confirm_phone_identity
UPDATE auth.identities
SET identity_data = identity_data || '{"phone_verified": true}', updated_at = $2
WHERE user_id = $1 AND provider = 'phone'

-- name: users_by_new_email
-- shard: the address somebody is changing to is in no registry until it is proven; rare, few rows, by its index.
SELECT id
FROM auth.users
WHERE new_email = $1
ORDER BY email_change_sent_at DESC NULLS LAST
LIMIT 5

-- name: users_by_new_phone
-- shard: as users_by_new_email.
SELECT id
FROM auth.users
WHERE new_phone = $1
ORDER BY phone_change_sent_at DESC NULLS LAST
LIMIT 5

-- name: old_anonymous_users
-- shard: hourly clean-up of everybody's forgotten guests, by the index on is_anonymous; nobody waits for it.
SELECT id
FROM auth.users
WHERE is_anonymous AND created_at < $1
LIMIT $2
