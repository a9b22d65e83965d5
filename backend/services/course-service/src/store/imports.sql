-- name: insert_import
INSERT INTO academy.imports (id, requested_by, file_name, archive_bytes, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $5);

-- name: start_import
-- Also one that is 'running': its worker was killed and the job came back. A finished import never starts again.
UPDATE academy.imports
SET status = 'running', stage = 'unpack', percent = 0, attempt = attempt + 1, started_at = coalesce(started_at, $2),
    updated_at = $2
WHERE id = $1 AND status IN ('queued', 'running')
RETURNING id, file_name, attempt;

-- name: note_import_progress
UPDATE academy.imports
SET stage = $2, percent = $3, updated_at = $4
WHERE id = $1 AND status = 'running';

-- name: finish_import
-- In the transaction of the catalogue: done exactly when the course is there.
UPDATE academy.imports
SET status = 'done', stage = 'done', percent = 100, report = $2, course_id = $3, updated_at = $4, finished_at = $4
WHERE id = $1 AND status = 'running';

-- name: fail_import
UPDATE academy.imports
SET status = 'failed', error = $2, updated_at = $3, finished_at = $3
WHERE id = $1 AND status IN ('queued', 'running');

-- name: find_import
SELECT id, file_name, status, stage, percent, report, error, course_id, created_at, started_at, finished_at
FROM academy.imports
WHERE id = $1;

-- name: newest_imports
SELECT id, file_name, status, stage, percent, report, error, course_id, created_at, started_at, finished_at
FROM academy.imports
ORDER BY created_at DESC, id DESC
LIMIT $1;

-- name: fail_stale_imports
-- A worker that died on the last attempt of its job leaves the row running; nobody will touch it again.
UPDATE academy.imports
SET status = 'failed', error = $2, updated_at = $3, finished_at = $3
WHERE status = 'running' AND updated_at < $1
RETURNING id, file_name, attempt;

-- name: unfinished_imports
SELECT id
FROM academy.imports
WHERE status IN ('queued', 'running');

-- name: imported_course
SELECT c.id, c.slug, c.title
FROM public.courses c
WHERE c.id = $1;
