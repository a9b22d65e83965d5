-- name: find_preferences
SELECT theme, mail_organizations
FROM account.preferences
WHERE user_id = $1

-- name: put_preferences
INSERT INTO account.preferences (user_id, theme, mail_organizations)
VALUES ($1, $2, $3)
ON CONFLICT (user_id) DO UPDATE
SET theme = excluded.theme, mail_organizations = excluded.mail_organizations

-- name: refuses_organization_mail
-- shard: a job asks once per mail, by the index on the address; whose address it is, is not known before
SELECT EXISTS (SELECT
               FROM public.users u
               JOIN account.preferences p ON p.user_id = u.id
               WHERE lower(u.email) = $1 AND NOT p.mail_organizations)

-- name: erase_preferences
DELETE FROM account.preferences
WHERE user_id = $1
