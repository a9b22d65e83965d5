-- name: find_learner
SELECT user_id, coalesce(display_name, '') AS display_name, locale, timezone, extra_time_percent, status
FROM academy.learners
WHERE user_id = $1;

-- name: upsert_learners
-- Messages come late, twice and out of order: a profile never overwrites a newer version of itself.
INSERT INTO academy.learners AS t (user_id, display_name, locale, timezone, version, synced_at)
SELECT d.user_id, d.display_name, d.locale, d.timezone, d.version, $2
FROM jsonb_to_recordset($1::jsonb) AS d(user_id uuid, display_name text, locale text, timezone text, version bigint)
ON CONFLICT (user_id) DO UPDATE
SET display_name = excluded.display_name, locale = excluded.locale, timezone = excluded.timezone,
    version = excluded.version, synced_at = excluded.synced_at
WHERE t.version < excluded.version AND t.status <> 'erased';

-- name: learner_buckets
-- The user-service computes the same over its profiles; buckets that differ are fetched and repaired.
-- shard: the comparison is over everybody by nature; it runs in the background, a few times a day
SELECT get_byte(uuid_send(user_id), 15) AS bucket, count(*) AS count,
       md5(string_agg(user_id::text || ':' || version, ',' ORDER BY user_id)) AS hash
FROM academy.learners
WHERE version > 0 AND status <> 'erased'
GROUP BY 1
ORDER BY 1;

-- name: erase_learner
INSERT INTO academy.learners (user_id, status, synced_at)
VALUES ($1, 'erased', $2)
ON CONFLICT (user_id) DO UPDATE
SET display_name = NULL, locale = excluded.locale, timezone = excluded.timezone, extra_time_percent = 0,
    status = 'erased', synced_at = excluded.synced_at;
