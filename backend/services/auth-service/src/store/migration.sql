-- name: existing_users
-- shard: one-off import; a batch of ids of many shards.
SELECT id
FROM auth.users
WHERE id = ANY ($1::uuid[])

-- name: import_user
-- Whoever opened an account that nobody has proven is no more its owner here than there: their sign-up gets a number.
INSERT INTO auth.users (id, email, phone, password_hash, app_metadata, user_metadata, email_confirmed_at,
                        phone_confirmed_at, invited_at, last_sign_in_at, banned_until, is_anonymous, created_at,
                        updated_at, sign_up_id)
VALUES ($1, nullif($2, ''), nullif($3, ''), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
        CASE WHEN $7::timestamptz IS NULL AND $8::timestamptz IS NULL AND NOT $12::boolean THEN gen_random_uuid() END)

-- name: import_identity
INSERT INTO auth.identities (user_id, id, provider, provider_id, identity_data, last_sign_in_at, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (user_id, provider, provider_id) DO NOTHING

-- name: add_missing_identities
-- shard: one-off import; whoever came without an identity proves who they are by their address. In steps, so that a
-- step does not hold many rows.
INSERT INTO auth.identities (user_id, id, provider, provider_id, identity_data, last_sign_in_at, created_at, updated_at)
SELECT u.id, gen_random_uuid(), p.provider, u.id::text,
       jsonb_strip_nulls(jsonb_build_object('sub', u.id, 'email', u.email, 'phone', u.phone,
                                            'email_verified', u.email_confirmed_at IS NOT NULL,
                                            'phone_verified', u.phone_confirmed_at IS NOT NULL)),
       u.last_sign_in_at, u.created_at, u.updated_at
FROM auth.users u
CROSS JOIN LATERAL (SELECT CASE WHEN u.email IS NULL THEN 'phone' ELSE 'email' END AS provider) p
WHERE (u.email IS NOT NULL OR u.phone IS NOT NULL)
  AND NOT EXISTS (SELECT FROM auth.identities i WHERE i.user_id = u.id)
LIMIT 1000
