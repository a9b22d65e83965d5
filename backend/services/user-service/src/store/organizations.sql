-- name: insert_organization
INSERT INTO account.organizations (id, name, created_at)
VALUES ($1, $2, $3)

-- name: insert_member
INSERT INTO account.members (organization_id, user_id, role, joined_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (organization_id, user_id) DO NOTHING

-- name: insert_membership
INSERT INTO account.memberships (user_id, organization_id)
VALUES ($1, $2)
ON CONFLICT (user_id, organization_id) DO NOTHING

-- name: organization_ids_of
SELECT organization_id
FROM account.memberships
WHERE user_id = $1
ORDER BY organization_id

-- name: organizations_by_id
SELECT o.id, o.name, m.role, o.created_at, o.row_version,
       (SELECT count(*) FROM account.members c WHERE c.organization_id = o.id) AS member_count
FROM account.organizations o
JOIN account.members m ON m.organization_id = o.id
WHERE o.id = ANY ($1::uuid[]) AND m.user_id = $2
ORDER BY o.name, o.id

-- name: lock_organization
-- Every change of members or invitations holds this row: two owners cannot leave at once, 500 stays 500.
SELECT o.id
FROM account.organizations o
WHERE o.id = $1
FOR UPDATE

-- name: role_in_organization
SELECT role
FROM account.members
WHERE organization_id = $1 AND user_id = $2

-- name: count_members
SELECT count(*) AS members, count(*) FILTER (WHERE role = 'owner') AS owners
FROM account.members
WHERE organization_id = $1

-- name: rename_organization
UPDATE account.organizations
SET name = $2, row_version = row_version + 1
WHERE id = $1

-- name: delete_organization
DELETE FROM account.organizations
WHERE id = $1

-- name: members_page
-- $2 is the last person of the page before, all zeros for the first.
SELECT user_id, role, joined_at
FROM account.members
WHERE organization_id = $1 AND user_id > $2
ORDER BY user_id
LIMIT $3

-- name: delete_members
DELETE FROM account.members
WHERE organization_id = $1
RETURNING user_id

-- name: delete_memberships
DELETE FROM account.memberships
WHERE user_id = ANY ($1::uuid[]) AND organization_id = $2

-- name: people_by_id
SELECT u.id AS user_id, p.display_name, u.email, p.avatar_key
FROM public.users u
JOIN public.profiles p ON p.user_id = u.id
WHERE u.id = ANY ($1::uuid[]) AND p.user_id = ANY ($1::uuid[])

-- name: set_member_role
UPDATE account.members
SET role = $3
WHERE organization_id = $1 AND user_id = $2

-- name: delete_member
DELETE FROM account.members
WHERE organization_id = $1 AND user_id = $2

-- name: delete_membership
DELETE FROM account.memberships
WHERE user_id = $1 AND organization_id = $2

-- name: heir_of_organization
-- Whom it passes to when its only owner's account ends: the highest, then the longest there.
SELECT user_id
FROM account.members
WHERE organization_id = $1 AND user_id <> $2
ORDER BY role = 'admin' DESC, joined_at, user_id
LIMIT 1

-- name: member_row
SELECT user_id, role, joined_at
FROM account.members
WHERE organization_id = $1 AND user_id = $2

-- name: member_by_email
-- Whether an address belongs to a member: the people of one organisation are few.
SELECT u.id
FROM account.members m
JOIN public.users u ON u.id = m.user_id
WHERE m.organization_id = $1 AND lower(u.email) = $2
