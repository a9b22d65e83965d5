-- name: list_posts
-- One row more than the page tells whether there is a next one. Keyset: (published_at, id) descending.
SELECT id, slug, title, excerpt, tags, published_at, reading_minutes, author_name, feature_image_url
FROM public.blog_posts
WHERE status = 'published'
  AND published_at <= $1
  AND ($2::text IS NULL OR $2 = ANY (tags))
  AND ($3::timestamptz IS NULL OR (published_at, id) < ($3::timestamptz, $4::uuid))
ORDER BY published_at DESC, id DESC
LIMIT $5

-- name: find_post
SELECT p.id, p.slug, p.title, p.excerpt, p.tags, p.published_at, p.reading_minutes, p.author_name, p.feature_image_url,
       p.meta_title, p.meta_description, p.content, p.updated_at, r.source_digest, r.html
FROM public.blog_posts p
LEFT JOIN cms.rendered_posts r ON r.post_id = p.id
WHERE p.slug = $1
  AND p.status = 'published'
  AND p.published_at <= $2

-- name: save_rendered
INSERT INTO cms.rendered_posts (post_id, source_digest, html)
VALUES ($1, $2, $3)
ON CONFLICT (post_id) DO UPDATE SET source_digest = excluded.source_digest, html = excluded.html

-- name: count_tags
SELECT tag, count(*) AS count
FROM public.blog_posts, unnest(tags) AS tag
WHERE status = 'published'
  AND published_at <= $1
GROUP BY tag
ORDER BY count DESC, tag

-- name: save_post
-- For seeds: import_key is the file's name, an unchanged file changes nothing.
INSERT INTO public.blog_posts (import_key, slug, title, excerpt, content, status, author_name, tags, reading_minutes,
                               meta_title, meta_description, published_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (import_key) DO UPDATE
SET slug = excluded.slug,
    title = excluded.title,
    excerpt = excluded.excerpt,
    content = excluded.content,
    status = excluded.status,
    author_name = excluded.author_name,
    tags = excluded.tags,
    reading_minutes = excluded.reading_minutes,
    meta_title = excluded.meta_title,
    meta_description = excluded.meta_description,
    published_at = excluded.published_at,
    updated_at = $13
WHERE (blog_posts.slug, blog_posts.title, blog_posts.excerpt, blog_posts.content, blog_posts.status, blog_posts.tags,
       blog_posts.author_name, blog_posts.meta_title, blog_posts.meta_description, blog_posts.published_at)
      IS DISTINCT FROM
      (excluded.slug, excluded.title, excluded.excerpt, excluded.content, excluded.status, excluded.tags,
       excluded.author_name, excluded.meta_title, excluded.meta_description, excluded.published_at)
