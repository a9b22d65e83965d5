import type { PostCard } from '@tt/api-client/posts';
import { formatDate } from '@tt/ui/format';
import { messages } from './messages';

export function PostMeta({ post }: { post: PostCard }) {
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-subtle">
      {post.published_at && <time dateTime={post.published_at}>{formatDate(post.published_at)}</time>}
      <span aria-hidden="true">·</span>
      <span>{messages.minutes(post.reading_minutes)}</span>
      {post.author_name && (
        <>
          <span aria-hidden="true">·</span>
          <span>{messages.by(post.author_name)}</span>
        </>
      )}
    </p>
  );
}
