-- name: add_subscriptions
INSERT INTO integ.subscriptions (consumer, topic)
SELECT $1::text, unnest($2::text[])
ON CONFLICT DO NOTHING;

-- name: drop_subscriptions
DELETE FROM integ.subscriptions
WHERE consumer = $1::text AND topic <> ALL($2::text[]);

-- name: fan_out
-- Each waiting event becomes one delivery per consumer and one per webhook endpoint. FOR UPDATE without SKIP LOCKED on
-- purpose: a second relay waits for the first, so deliveries become visible in the order of the outbox. An event that
-- a peer sent us (origin) is not sent out again.
WITH claimed AS (
    SELECT id, topic, subject, origin
    FROM integ.outbox
    WHERE relayed_at IS NULL
    ORDER BY id
    LIMIT $1::integer
    FOR UPDATE
), consumers AS (
    INSERT INTO integ.deliveries (consumer, outbox_id, subject)
    SELECT s.consumer, c.id, c.subject
    FROM claimed c
    JOIN integ.subscriptions s ON s.topic = c.topic
    ON CONFLICT DO NOTHING
), endpoints AS (
    INSERT INTO integ.webhook_deliveries (endpoint_id, outbox_id, subject)
    SELECT e.id, c.id, c.subject
    FROM claimed c
    JOIN integ.webhook_endpoints e ON e.status = 'active' AND (c.topic = ANY(e.topics) OR '*' = ANY(e.topics))
    WHERE c.origin IS NULL
    ON CONFLICT DO NOTHING
)
UPDATE integ.outbox o
SET relayed_at = now()
FROM claimed
WHERE o.id = claimed.id;

-- name: due_deliveries
-- Only the first of each subject: the rest waits for it, also while it is being retried.
SELECT d.consumer, d.outbox_id, d.attempts
FROM integ.deliveries d
WHERE d.consumer = ANY($1::text[])
  AND d.next_at <= now()
  AND (d.subject = '' OR NOT EXISTS (
      SELECT FROM integ.deliveries earlier
      WHERE earlier.consumer = d.consumer AND earlier.subject = d.subject AND earlier.outbox_id < d.outbox_id))
ORDER BY d.outbox_id
LIMIT $2::integer;

-- name: claim_delivery
SELECT o.event_id AS id, o.topic, o.subject, o.payload::text AS payload, o.created_at, o.trace
FROM integ.deliveries d
JOIN integ.outbox o ON o.id = d.outbox_id
WHERE d.consumer = $1 AND d.outbox_id = $2
FOR UPDATE OF d SKIP LOCKED;

-- name: remember_event
INSERT INTO integ.inbox (consumer, event_id)
VALUES ($1, $2)
ON CONFLICT DO NOTHING;

-- name: finish_delivery
DELETE FROM integ.deliveries
WHERE consumer = $1 AND outbox_id = $2;

-- name: postpone_delivery
UPDATE integ.deliveries
SET attempts = attempts + 1, next_at = now() + $3::bigint * interval '1 millisecond', last_error = $4
WHERE consumer = $1 AND outbox_id = $2;

-- name: park_delivery
WITH gone AS (
    DELETE FROM integ.deliveries d
    USING integ.outbox o
    WHERE d.consumer = $1 AND d.outbox_id = $2 AND o.id = d.outbox_id
    RETURNING d.consumer, o.event_id, o.topic, o.subject, o.payload, d.attempts + 1 AS attempts
)
INSERT INTO integ.dead_letters (consumer, event_id, topic, subject, payload, attempts, error)
SELECT consumer, event_id, topic, subject, payload, attempts, $3
FROM gone
ON CONFLICT (consumer, event_id) DO UPDATE
SET attempts = excluded.attempts, error = excluded.error, parked_at = excluded.parked_at;

-- name: prune_webhook_deliveries
DELETE FROM integ.webhook_deliveries
WHERE (endpoint_id, outbox_id) IN (
    SELECT d.endpoint_id, d.outbox_id
    FROM integ.webhook_deliveries d
    JOIN integ.outbox o ON o.id = d.outbox_id
    WHERE d.status <> 'pending' AND o.relayed_at < now() - $1::bigint * interval '1 second'
    LIMIT $2::integer);

-- name: prune_outbox
DELETE FROM integ.outbox
WHERE id IN (
    SELECT o.id
    FROM integ.outbox o
    WHERE o.relayed_at < now() - $1::bigint * interval '1 second'
      AND NOT EXISTS (SELECT FROM integ.deliveries d WHERE d.outbox_id = o.id)
      AND NOT EXISTS (SELECT FROM integ.webhook_deliveries w WHERE w.outbox_id = o.id)
    ORDER BY o.relayed_at
    LIMIT $2::integer);

-- name: prune_inbox
DELETE FROM integ.inbox
WHERE (consumer, event_id) IN (
    SELECT consumer, event_id
    FROM integ.inbox
    WHERE received_at < now() - $1::bigint * interval '1 second'
    ORDER BY received_at
    LIMIT $2::integer);

-- name: backlog
SELECT (SELECT count(*) FROM integ.outbox WHERE relayed_at IS NULL)
     + (SELECT count(*) FROM integ.deliveries) AS waiting,
       coalesce(extract(epoch FROM now() - least(
           (SELECT min(created_at) FROM integ.outbox WHERE relayed_at IS NULL),
           (SELECT min(o.created_at) FROM integ.deliveries d JOIN integ.outbox o ON o.id = d.outbox_id))), 0)
           ::double precision AS oldest_age_s;
