import { isApiError } from '@tt/api-client/api-error';
import { describeError } from '@tt/api-client/error-messages';
import type { Post } from '@tt/api-client/posts';
import { ButtonLink } from '@tt/ui/button';
import { Container } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { Skeleton } from '@tt/ui/skeleton';
import { ServerHtml } from '@tt/ui/server-html';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { TextLink } from '@tt/ui/text-link';
import { Link, useParams } from 'react-router';
import { usePost } from './api/use-posts';
import { messages } from './messages';
import { PostMeta } from './post-meta';

export function PostPage() {
  const { slug = '' } = useParams();
  const { data: post, error, refetch } = usePost(slug);
  return (
    <Container width="text" className="pt-10 lg:pt-14">
      {post && <PostArticle post={post} />}
      {!post && error && <PostFailure error={error} onRetry={() => void refetch()} />}
      {!post && !error && <PostSkeleton />}
    </Container>
  );
}

function PostArticle({ post }: { post: Post }) {
  usePageMeta({ title: post.meta_title ?? post.title, description: post.meta_description ?? post.excerpt ?? undefined });
  return (
    <article>
      <p><TextLink to="/blog">← {messages.back}</TextLink></p>
      <header className="mt-8 border-b border-line pb-9">
        <h1 tabIndex={-1} className="text-title">{post.title}</h1>
        {post.excerpt && <p className="mt-5 text-lead text-ink-muted">{post.excerpt}</p>}
        <div className="mt-6"><PostMeta post={post} /></div>
      </header>
      {post.feature_image_url && <img src={post.feature_image_url} alt="" className="mt-9 w-full rounded-card" />}
      <ServerHtml html={post.html} className="mt-9" />
      {post.tags.length > 0 && (
        <ul className="mt-12 flex flex-wrap gap-2" aria-label={messages.tags}>
          {post.tags.map((tag) => (
            <li key={tag}>
              <Link to={`/blog/tag/${encodeURIComponent(tag)}`} className="inline-flex min-h-9 items-center rounded-full border border-line-strong px-4 text-sm font-medium hover:border-accent hover:text-accent">
                {tag}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

function PostFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const missing = isApiError(error) && error.status === 404;
  usePageMeta({ title: missing ? messages.missingTitle : messages.failedTitle, noindex: true });
  if (!missing) return <ErrorState heading="h1" title={messages.failedTitle} message={describeError(error)} onRetry={onRetry} />;
  return (
    <EmptyState heading="h1" title={messages.missingTitle} actions={<ButtonLink to="/blog">{messages.back}</ButtonLink>}>
      {messages.missingText}
    </EmptyState>
  );
}

function PostSkeleton() {
  return (
    <div role="status" aria-label={messages.loading} className="space-y-5 pt-14">
      <Skeleton className="h-12 w-11/12" />
      <Skeleton className="h-12 w-2/3" />
      <Skeleton className="mt-8 h-5" />
      <Skeleton className="h-5" />
      <Skeleton className="h-5 w-4/5" />
    </div>
  );
}
