-- name: find_lesson
SELECT l.id, l.course_id, c.slug AS course_slug, c.title AS course_title, m.title AS module_title, l.slug, l.title,
       l.kind, l.is_preview, l.required, l.completion_rule, l.completion_threshold_ppm, l.est_seconds
FROM public.lessons l
JOIN public.modules m ON m.id = l.module_id
JOIN public.courses c ON c.id = l.course_id AND c.status = 'published' AND c.deleted_at IS NULL
WHERE l.id = $1 AND l.status = 'published' AND l.deleted_at IS NULL;

-- name: blocks_of_lesson
SELECT b.id, b.parent_block_id, b.kind, b.variant_key, b.content, b.content_html, b.quiz_id, b.source_type,
       b.asset_id, a.storage_key, a.file_name, a.content_type, a.bytes, a.duration_ms
FROM academy.lesson_blocks b
LEFT JOIN media.assets a ON a.id = b.asset_id AND a.status = 'ready'
WHERE b.lesson_id = $1 AND b.deleted_at IS NULL
ORDER BY b.variant_key NULLS FIRST, b.sort_key;

-- name: captions_of_lesson
SELECT t.asset_id, t.language, t.kind, t.label, track.storage_key, track.file_name
FROM academy.lesson_blocks b
JOIN media.captions t ON t.asset_id = b.asset_id
JOIN media.assets track ON track.id = t.track_asset_id AND track.status = 'ready'
WHERE b.lesson_id = $1 AND b.deleted_at IS NULL
ORDER BY t.language, t.kind;
