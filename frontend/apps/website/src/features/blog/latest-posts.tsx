import { describeError } from '@tt/api-client/error-messages';
import type { PostCard } from '@tt/api-client/posts';
import { Skeleton } from '@tt/ui/skeleton';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { TextLink } from '@tt/ui/text-link';
import { Link } from 'react-router';
import { useLatestPosts } from './api/use-posts';
import { messages } from './messages';
import { PostMeta } from './post-meta';

/** The newest posts as a short editorial list, for the home page. */
export function LatestPosts() {
  const { data, error, refetch } = useLatestPosts();
  if (error) {
    return <ErrorState title={messages.failedTitle} message={describeError(error)} onRetry={() => void refetch()} />;
  }
  if (!data) return <LatestSkeleton />;
  if (data.items.length === 0) return <EmptyState title={messages.emptyTitle}>{messages.emptyText}</EmptyState>;
  return (
    <>
      <ul className="border-b border-line">{data.items.map((post) => <LatestPost key={post.id} post={post} />)}</ul>
      <p className="mt-8"><TextLink to="/blog">{messages.back}</TextLink></p>
    </>
  );
}

function LatestPost({ post }: { post: PostCard }) {
  return (
    <li className="group relative grid gap-x-10 gap-y-2 border-t border-line py-6 md:grid-cols-[1fr_1.1fr]">
      <div>
        <h3 className="text-heading">
          <Link to={`/blog/${post.slug}`} className="after:absolute after:inset-0 group-hover:text-accent">{post.title}</Link>
        </h3>
        <div className="mt-2"><PostMeta post={post} /></div>
      </div>
      {post.excerpt && <p className="text-ink-muted md:pt-1">{post.excerpt}</p>}
    </li>
  );
}

function LatestSkeleton() {
  return (
    <div role="status" aria-label={messages.loading} className="space-y-8">
      {[1, 2, 3].map((key) => (
        <div key={key} className="grid gap-6 md:grid-cols-2">
          <Skeleton className="h-8" />
          <Skeleton className="h-14" />
        </div>
      ))}
    </div>
  );
}
