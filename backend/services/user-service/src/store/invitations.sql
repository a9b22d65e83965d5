-- name: insert_invitation
INSERT INTO account.invitations (organization_id, id, email, role, any_address, invited_by, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: count_invitations
-- Those that wait, and those made since $3: both are bounded, or an organisation could send mail to the world.
SELECT count(*) FILTER (WHERE accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2) AS waiting,
       count(*) FILTER (WHERE created_at > $3) AS recent
FROM account.invitations
WHERE organization_id = $1

-- name: count_inviter
-- Once more within the quota of $4 seconds, of which one takes $3, or no row: the generic cell rate algorithm, as in
-- platform/limits/gcra.hpp. Of the person, because organisations can be made and deleted.
INSERT INTO account.inviters (user_id, whole_again_at)
VALUES ($1, $2::timestamptz + $3 * interval '1 second')
ON CONFLICT (user_id) DO UPDATE
SET whole_again_at = greatest(inviters.whole_again_at, $2::timestamptz) + $3 * interval '1 second'
WHERE greatest(inviters.whole_again_at, $2::timestamptz) + $3 * interval '1 second'
      <= $2::timestamptz + $4 * interval '1 second'

-- name: forget_inviters
-- shard: hourly clean-up of everybody's; a quota that is whole again needs no row
DELETE FROM account.inviters
WHERE whole_again_at <= $1

-- name: erase_inviter
DELETE FROM account.inviters
WHERE user_id = $1

-- name: waiting_invitation_to
SELECT id
FROM account.invitations
WHERE organization_id = $1 AND email = $2 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $3
LIMIT 1

-- name: waiting_invitations
SELECT id, email, role, any_address, invited_by, created_at, expires_at
FROM account.invitations
WHERE organization_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2
ORDER BY created_at DESC, id

-- name: find_invitation
SELECT i.organization_id, i.id, i.email, i.role, i.any_address, i.token_hash, i.invited_by, i.created_at,
       i.expires_at, i.accepted_at, i.accepted_by, i.revoked_at, o.name AS organization_name
FROM account.invitations i
JOIN account.organizations o ON o.id = i.organization_id
WHERE i.organization_id = $1 AND i.id = $2

-- name: set_invitation_token
UPDATE account.invitations
SET token_hash = $3
WHERE organization_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL

-- name: accept_invitation
-- The condition decides between two people with the same link.
UPDATE account.invitations
SET accepted_at = $3, accepted_by = $4
WHERE organization_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL

-- name: revoke_invitation
UPDATE account.invitations
SET revoked_at = $3
WHERE organization_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL

-- name: delete_old_invitations
-- Nobody needs an address that was invited a quarter of a year ago.
DELETE FROM account.invitations
WHERE expires_at < $1

-- name: erase_invitations_to
DELETE FROM account.invitations
WHERE sha256(decode(replace(email, '\', '\\'), 'escape')) = $1
