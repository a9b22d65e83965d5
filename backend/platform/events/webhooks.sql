-- name: ensure_endpoint
-- Written once more, an endpoint that was given up is tried again.
INSERT INTO integ.webhook_endpoints (id, name, url, secrets, topics)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (name) DO UPDATE
SET url = excluded.url, secrets = excluded.secrets, topics = excluded.topics, status = 'active',
    disabled_reason = NULL;

-- name: endpoints_with_work
SELECT DISTINCT e.id, e.name, e.url, e.secrets
FROM integ.webhook_endpoints e
JOIN integ.webhook_deliveries d ON d.endpoint_id = e.id
WHERE e.status = 'active' AND d.status = 'pending' AND d.next_at <= now();

-- name: claim_webhook
-- The first of a subject that is due; next_at becomes the end of the lease.
WITH due AS (
    SELECT d.endpoint_id, d.outbox_id
    FROM integ.webhook_deliveries d
    JOIN integ.webhook_endpoints e ON e.id = d.endpoint_id AND e.status = 'active'
    WHERE d.endpoint_id = $1 AND d.status = 'pending' AND d.next_at <= now()
      AND (d.subject = '' OR NOT EXISTS (
          SELECT FROM integ.webhook_deliveries earlier
          WHERE earlier.endpoint_id = d.endpoint_id AND earlier.subject = d.subject
            AND earlier.status = 'pending' AND earlier.outbox_id < d.outbox_id))
    ORDER BY d.outbox_id
    LIMIT 1
    FOR UPDATE OF d SKIP LOCKED
)
UPDATE integ.webhook_deliveries d
SET attempts = attempts + 1, next_at = now() + $2::bigint * interval '1 millisecond'
FROM due, integ.outbox o
WHERE d.endpoint_id = due.endpoint_id AND d.outbox_id = due.outbox_id AND o.id = d.outbox_id
RETURNING d.outbox_id, d.attempts, o.event_id, o.topic, o.subject, o.payload::text AS payload, o.created_at,
    o.trace;

-- name: webhook_delivered
UPDATE integ.webhook_deliveries
SET status = 'delivered', delivered_at = now(), last_status = $4, last_error = NULL
WHERE endpoint_id = $1 AND outbox_id = $2 AND attempts = $3;

-- name: webhook_postponed
UPDATE integ.webhook_deliveries
SET next_at = now() + $6::bigint * interval '1 millisecond', last_status = $4, last_error = $5
WHERE endpoint_id = $1 AND outbox_id = $2 AND attempts = $3;

-- name: webhook_dead
UPDATE integ.webhook_deliveries
SET status = 'dead', last_status = $4, last_error = $5
WHERE endpoint_id = $1 AND outbox_id = $2 AND attempts = $3;

-- name: endpoint_answers
UPDATE integ.webhook_endpoints
SET failing_since = NULL
WHERE id = $1 AND failing_since IS NOT NULL;

-- name: endpoint_fails
UPDATE integ.webhook_endpoints
SET failing_since = now()
WHERE id = $1 AND failing_since IS NULL;

-- name: disable_endpoint
UPDATE integ.webhook_endpoints
SET status = 'disabled', disabled_reason = $2
WHERE id = $1;
