-- name: insert_audit_entry
WITH entry AS (
    INSERT INTO auth.audit_entries (id, action, outcome, actor_kind, actor_id, subject_id, target, ip, user_agent, details)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    RETURNING id
)
INSERT INTO auth.audit_pending (entry_id)
SELECT id
FROM entry
