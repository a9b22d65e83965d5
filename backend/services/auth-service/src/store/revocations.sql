-- name: insert_revocations
INSERT INTO auth.revocations (subject, not_before, until)
SELECT subject, $2, $3
FROM unnest($1::uuid[]) AS subject

-- name: announce_revocations
-- Heard when the transaction commits, by the processes that hold this database.
SELECT pg_notify('tt_issuer', 'revocations')

-- name: revocation_horizon
-- Transactions before this one have ended: all they wrote is visible. Asked before the rows are read.
SELECT pg_snapshot_xmin(pg_current_snapshot())::text

-- name: revocations_from
SELECT subject, not_before, until
FROM auth.revocations
WHERE changed_by >= $1::text::xid8 AND until > $2

-- name: delete_old_revocations
DELETE FROM auth.revocations
WHERE until < $1
