-- name: set_session_organization
UPDATE auth.sessions
SET org_id = $3, org_role = nullif($4, '')
WHERE user_id = $1 AND id = $2

-- name: change_organization_role
UPDATE auth.sessions
SET org_role = $3
WHERE user_id = $1 AND org_id = $2 AND org_role IS DISTINCT FROM $3

-- name: leave_organization
UPDATE auth.sessions
SET org_id = NULL, org_role = NULL
WHERE user_id = $1 AND org_id = $2

-- name: passkeys_data
-- Without the keys themselves; those of second factors are in the account.
SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'friendly_name', friendly_name, 'created_at', created_at,
                                             'last_used_at', last_used_at) ORDER BY created_at), '[]')
FROM auth.webauthn_credentials
WHERE user_id = $1 AND factor_id IS NULL

-- name: sessions_data
SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'created_at', created_at, 'refreshed_at', refreshed_at,
                                             'not_after', not_after, 'ip', ip, 'user_agent', user_agent, 'aal', aal,
                                             'is_impersonation', act_user IS NOT NULL) ORDER BY created_at), '[]')
FROM auth.sessions
WHERE user_id = $1

-- name: audit_data
-- Who else did something to the account is told by their kind, not by their id: that is somebody else's data.
SELECT coalesce(jsonb_agg(jsonb_build_object('at', e.created_at, 'action', e.action, 'outcome', e.outcome,
                                             'by', CASE WHEN e.actor_id = $1 THEN 'yourself' ELSE e.actor_kind END,
                                             'ip', CASE WHEN e.actor_id = $1 THEN e.ip END,
                                             'user_agent', CASE WHEN e.actor_id = $1 THEN e.user_agent END,
                                             'details', e.details) ORDER BY e.id), '[]')
FROM (SELECT id, created_at, action, outcome, actor_kind, actor_id, ip, user_agent, details
      FROM auth.audit_entries
      WHERE actor_id = $1 OR subject_id = $1
      ORDER BY id DESC
      LIMIT 10000) e
