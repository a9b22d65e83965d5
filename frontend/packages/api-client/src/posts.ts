import { request, segment } from './http';
import { list, nullable, page, Time, z } from './schema';

export const PostCard = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  excerpt: nullable(z.string()),
  tags: z.array(z.string()),
  published_at: nullable(Time),
  reading_minutes: z.number(),
  author_name: nullable(z.string()),
  feature_image_url: nullable(z.string()),
});
export type PostCard = z.infer<typeof PostCard>;

export const Post = z.extend(PostCard, {
  html: z.string(),
  meta_title: nullable(z.string()),
  meta_description: nullable(z.string()),
});
export type Post = z.infer<typeof Post>;

const PostPage = page(PostCard);
export type PostPage = z.infer<typeof PostPage>;

export interface PostQuery {
  tag?: string | undefined;
  limit?: number;
  cursor?: string | undefined;
}

export function listPosts(query: PostQuery = {}): Promise<PostPage> {
  return request(PostPage, { url: '/api/v1/posts', params: query, anonymous: true });
}

export function getPost(slug: string): Promise<Post> {
  return request(Post, { url: `/api/v1/posts/${segment(slug)}`, anonymous: true });
}

const TagCount = z.object({ tag: z.string(), count: z.number() });
export type TagCount = z.infer<typeof TagCount>;

export async function listTags(): Promise<TagCount[]> {
  return (await request(list(TagCount), { url: '/api/v1/tags', anonymous: true })).items;
}
