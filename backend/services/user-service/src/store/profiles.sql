-- name: create_user
-- Whether there is such an account; a row that was there is held, so that an erasure comes before or after.
INSERT INTO public.users (id, email)
VALUES ($1, $2)
ON CONFLICT (id) DO UPDATE
SET email = users.email
RETURNING deleted_at IS NULL

-- name: create_profile
-- Also runs when a signed-in person arrives before their user.created event did; the first of the two wins. A name of
-- user_metadata has any length; an account must not stay without a profile because of it.
INSERT INTO public.profiles (user_id, display_name)
VALUES ($1, nullif(left($2, 120), ''))
ON CONFLICT (user_id) DO NOTHING
RETURNING user_id, display_name, headline, bio, avatar_key, locale, timezone, marketing_consent, row_version, updated_at

-- name: find_profile
SELECT user_id, display_name, headline, bio, avatar_key, locale, timezone, marketing_consent, row_version, updated_at
FROM public.profiles
WHERE user_id = $1

-- name: lock_profile
SELECT user_id, display_name, headline, bio, avatar_key, locale, timezone, marketing_consent, row_version, updated_at
FROM public.profiles
WHERE user_id = $1
FOR UPDATE

-- name: update_profile
UPDATE public.profiles
SET display_name = $2,
    headline = $3,
    bio = $4,
    avatar_key = $5,
    locale = $6,
    timezone = $7,
    marketing_consent_at = CASE WHEN marketing_consent = $8 THEN marketing_consent_at ELSE now() END,
    marketing_consent = $8,
    row_version = row_version + 1,
    updated_at = now()
WHERE user_id = $1
RETURNING user_id, display_name, headline, bio, avatar_key, locale, timezone, marketing_consent, row_version, updated_at

-- name: set_email
UPDATE public.users
SET email = $2
WHERE id = $1 AND deleted_at IS NULL

-- name: email_of
SELECT email
FROM public.users
WHERE id = $1

-- name: erase_profile
DELETE FROM public.profiles
WHERE user_id = $1

-- name: erase_user
-- The row stays, without an address: create_user does not bring the person back.
INSERT INTO public.users (id, email, deleted_at)
VALUES ($1, '', $2)
ON CONFLICT (id) DO UPDATE
SET email = '', deleted_at = coalesce(users.deleted_at, excluded.deleted_at)

-- name: profile_buckets
-- shard: the comparison is about everybody; every 15 minutes, off the path of any request
-- 256 buckets by the random end of the id; the peer computes the same over its mirror and asks for what differs.
SELECT get_byte(uuid_send(user_id), 15) AS bucket,
       count(*) AS count,
       md5(string_agg(user_id::text || ':' || row_version, ',' ORDER BY user_id)) AS hash
FROM public.profiles
GROUP BY 1
ORDER BY 1

-- name: profiles_of_bucket
-- shard: part of the comparison; only buckets that differ are read
SELECT user_id, display_name, locale, timezone, row_version AS version
FROM public.profiles
WHERE get_byte(uuid_send(user_id), 15) = $1
ORDER BY user_id
