-- name: enqueue_job
-- No row: an unfinished job has this dedupe key.
INSERT INTO integ.jobs (id, queue, payload, run_at, dedupe_key, trace)
VALUES ($1, $2, $3, coalesce($4::timestamptz, now()), $5, $6)
ON CONFLICT (queue, dedupe_key) WHERE dedupe_key IS NOT NULL DO NOTHING
RETURNING id;

-- name: find_job_by_key
SELECT id FROM integ.jobs
WHERE queue = $1 AND dedupe_key = $2;

-- name: claim_jobs
-- run_at of a claimed job is the end of its lease.
WITH due AS (
    SELECT id
    FROM integ.jobs
    WHERE queue = $1 AND run_at <= now()
    ORDER BY run_at
    LIMIT $2::integer
    FOR UPDATE SKIP LOCKED
)
UPDATE integ.jobs j
SET run_at = now() + $3::bigint * interval '1 millisecond', attempts = attempts + 1
FROM due
WHERE j.id = due.id
RETURNING j.id, j.queue, j.payload::text AS payload, j.attempts AS attempt, j.trace;

-- name: extend_lease
UPDATE integ.jobs
SET run_at = now() + $3::bigint * interval '1 millisecond'
WHERE id = $1 AND attempts = $2;

-- name: finish_job
-- attempts is the fencing token: who lost the lease to another worker finishes nothing.
DELETE FROM integ.jobs
WHERE id = $1 AND attempts = $2;

-- name: postpone_job
UPDATE integ.jobs
SET run_at = now() + $3::bigint * interval '1 millisecond', last_error = $4
WHERE id = $1 AND attempts = $2;

-- name: park_job
WITH gone AS (
    DELETE FROM integ.jobs
    WHERE id = $1 AND attempts = $2
    RETURNING id, queue, payload, attempts, created_at
)
INSERT INTO integ.dead_jobs (id, queue, payload, attempts, error, created_at)
SELECT id, queue, payload, attempts, $3, created_at
FROM gone;

-- name: queue_depth
SELECT count(*) FROM integ.jobs
WHERE queue = $1;
