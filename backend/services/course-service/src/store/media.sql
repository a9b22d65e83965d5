-- name: find_media_file
SELECT a.content_type, a.is_public
FROM media.assets a
WHERE a.storage_key = $1 AND a.file_name = $2 AND a.status = 'ready'
LIMIT 1;

-- name: find_public_media_file
-- Public is what a visitor sees anyway: the card of a published course.
SELECT a.content_type, a.is_public
FROM media.assets a
WHERE a.storage_key = $1 AND a.file_name = $2 AND a.status = 'ready' AND a.is_public
  AND EXISTS (SELECT 1 FROM public.courses c
              WHERE c.thumbnail_asset_id = a.id AND c.status = 'published' AND c.visibility <> 'private'
                AND c.deleted_at IS NULL)
LIMIT 1;
