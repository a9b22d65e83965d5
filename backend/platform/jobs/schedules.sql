-- name: add_schedule
INSERT INTO integ.schedules (name)
VALUES ($1)
ON CONFLICT DO NOTHING;

-- name: claim_schedule
-- One runner: the row's lease. next_run_at moves on at once, so a crashed run is not repeated before its next turn.
UPDATE integ.schedules
SET lease_until = now() + $3::bigint * interval '1 millisecond',
    next_run_at = now() + $2::bigint * interval '1 millisecond',
    run_id = $4,
    last_run_at = now()
WHERE name = $1 AND next_run_at <= now() AND (lease_until IS NULL OR lease_until < now())
RETURNING name;

-- name: extend_schedule
UPDATE integ.schedules
SET lease_until = now() + $3::bigint * interval '1 millisecond'
WHERE name = $1 AND run_id = $2;

-- name: finish_schedule
UPDATE integ.schedules
SET lease_until = NULL, last_error = $3
WHERE name = $1 AND run_id = $2;

-- name: schedule_wait
-- Milliseconds until the next of these is due; one that runs now is looked at again in a second.
SELECT coalesce(ceil(1000 * extract(epoch FROM min(
           CASE WHEN lease_until > now() THEN greatest(next_run_at, now() + interval '1 second') ELSE next_run_at END)
           - now())), 0)::bigint AS wait_ms
FROM integ.schedules
WHERE name = ANY($1::text[]);
