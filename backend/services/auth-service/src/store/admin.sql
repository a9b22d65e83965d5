-- name: users_newest_first
-- $3 and $4 are the last row of the page before. The bounds are never NULL, so that the index serves a generic plan too.
SELECT id, coalesce(email, '') AS email, coalesce(phone, '') AS phone, password_hash, app_metadata, user_metadata,
       email_confirmed_at, phone_confirmed_at, is_anonymous, invited_at, confirmation_sent_at, recovery_sent_at,
       coalesce(new_email, '') AS new_email, coalesce(email_change_confirmed, '') AS email_change_confirmed,
       email_change_sent_at, coalesce(new_phone, '') AS new_phone, phone_change_sent_at, reauthentication_sent_at,
       last_sign_in_at, banned_until, deleted_at, sign_up_id, created_at, updated_at
FROM auth.users
WHERE (created_at, id) < ($3::timestamptz, $4::uuid)
  AND ($1 = '' OR email LIKE $1 OR phone LIKE $1 OR user_metadata ->> 'full_name' ILIKE $1
       OR user_metadata ->> 'display_name' ILIKE $1 OR user_metadata ->> 'name' ILIKE $1)
ORDER BY created_at DESC, id DESC
LIMIT $2 OFFSET $5

-- name: users_oldest_first
SELECT id, coalesce(email, '') AS email, coalesce(phone, '') AS phone, password_hash, app_metadata, user_metadata,
       email_confirmed_at, phone_confirmed_at, is_anonymous, invited_at, confirmation_sent_at, recovery_sent_at,
       coalesce(new_email, '') AS new_email, coalesce(email_change_confirmed, '') AS email_change_confirmed,
       email_change_sent_at, coalesce(new_phone, '') AS new_phone, phone_change_sent_at, reauthentication_sent_at,
       last_sign_in_at, banned_until, deleted_at, sign_up_id, created_at, updated_at
FROM auth.users
WHERE (created_at, id) > ($3::timestamptz, $4::uuid)
  AND ($1 = '' OR email LIKE $1 OR phone LIKE $1 OR user_metadata ->> 'full_name' ILIKE $1
       OR user_metadata ->> 'display_name' ILIKE $1 OR user_metadata ->> 'name' ILIKE $1)
ORDER BY created_at, id
LIMIT $2 OFFSET $5

-- name: count_users
SELECT count(*)
FROM auth.users
WHERE $1 = '' OR email LIKE $1 OR phone LIKE $1 OR user_metadata ->> 'full_name' ILIKE $1
   OR user_metadata ->> 'display_name' ILIKE $1 OR user_metadata ->> 'name' ILIKE $1

-- name: factors_of_users
SELECT user_id, id, factor_type, status, friendly_name, phone, last_challenged_at, created_at, updated_at
FROM auth.factors
WHERE user_id = ANY ($1::uuid[]) AND factor_type <> 'recovery_code'
ORDER BY created_at, id

-- name: save_user
-- All that an administrator may change, as read under the row's lock. Who has agreed to a change of address already has
-- agreed to that one only.
UPDATE auth.users
SET email = nullif($2, ''), phone = nullif($3, ''), password_hash = $4, app_metadata = $5, user_metadata = $6,
    email_confirmed_at = $7, phone_confirmed_at = $8, is_anonymous = $9, invited_at = $10, banned_until = $11,
    new_email = nullif($12, ''), email_change_sent_at = $13, updated_at = $14,
    email_change_confirmed = CASE WHEN new_email = $12 THEN email_change_confirmed END
WHERE id = $1

-- name: delete_user
DELETE FROM auth.users
WHERE id = $1

-- name: retire_user
UPDATE auth.users
SET email = NULL, phone = NULL, password_hash = NULL, app_metadata = '{}', user_metadata = '{}', new_email = NULL,
    new_phone = NULL, email_confirmed_at = NULL, phone_confirmed_at = NULL, deleted_at = $2, updated_at = $2
WHERE id = $1

-- name: delete_factors
DELETE FROM auth.factors
WHERE user_id = $1

-- name: usernames_of
SELECT id, coalesce(email, phone, '') AS name
FROM auth.users
WHERE id = ANY ($1::uuid[])

-- name: user_ids_like
SELECT id
FROM auth.users
WHERE email LIKE $1 OR phone LIKE $1 OR user_metadata ->> 'full_name' ILIKE $1
LIMIT 1000

-- name: set_invited
UPDATE auth.users
SET invited_at = $2, updated_at = $2
WHERE id = $1

-- name: admin_set_new_email
UPDATE auth.users
SET new_email = $2, email_change_sent_at = $3, email_change_confirmed = NULL, updated_at = $3
WHERE id = $1
