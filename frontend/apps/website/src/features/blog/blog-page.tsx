import { describeError } from '@tt/api-client/error-messages';
import type { PostCard } from '@tt/api-client/posts';
import { Badge } from '@tt/ui/badge';
import { Button, ButtonLink } from '@tt/ui/button';
import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { Skeleton } from '@tt/ui/skeleton';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { Link, useParams } from 'react-router';
import { usePosts } from './api/use-posts';
import { messages } from './messages';
import { PostMeta } from './post-meta';
import { TagList } from './tag-list';

export function BlogPage() {
  const { tag } = useParams();
  const title = tag ? messages.taggedTitle(tag) : messages.title;
  usePageMeta({ title, description: messages.description });
  return (
    <Container className="pt-14 lg:pt-20">
      <PageHeading eyebrow={messages.eyebrow} title={tag ? title : messages.heading} lead={messages.lead} />
      <div className="mt-9 flex flex-wrap items-center justify-between gap-4">
        <TagList current={tag} />
        <a className="link text-sm" href={tag ? `/blog/tag/${encodeURIComponent(tag)}/feed.xml` : '/feed.xml'}>{messages.feed}</a>
      </div>
      <div className="mt-9"><PostList tag={tag} /></div>
    </Container>
  );
}

function PostList({ tag }: { tag: string | undefined }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = usePosts(tag);
  if (!data) {
    if (!error) return <PostSkeletons />;
    return <ErrorState title={messages.failedTitle} message={describeError(error)} onRetry={() => void refetch()} />;
  }
  const posts = data.pages.flatMap((page) => page.items);
  if (posts.length === 0) return <NoPosts tag={tag} />;
  return (
    <>
      <ul className="grid gap-6 md:grid-cols-2">
        {posts.map((post, index) => <PostListItem key={post.id} post={post} lead={index === 0} />)}
      </ul>
      {error && <ErrorState className="mt-6" title={messages.failedTitle} message={describeError(error)} />}
      {hasNextPage && (
        <div className="mt-10 text-center">
          <Button variant="secondary" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>{messages.more}</Button>
        </div>
      )}
    </>
  );
}

function PostListItem({ post, lead }: { post: PostCard; lead: boolean }) {
  const frame = lead
    ? 'md:col-span-2 bg-sunken border-transparent p-8 sm:p-10'
    : 'bg-surface p-7';
  return (
    <li className={`group relative flex flex-col rounded-card border border-line transition-colors hover:border-line-strong ${frame}`}>
      <PostMeta post={post} />
      <h2 className={lead ? 'mt-3 text-title' : 'mt-3 text-heading'}>
        <Link to={`/blog/${post.slug}`} className="after:absolute after:inset-0 group-hover:text-accent">{post.title}</Link>
      </h2>
      {post.excerpt && <p className={`mt-3 text-ink-muted ${lead ? 'max-w-2xl text-lead' : ''}`}>{post.excerpt}</p>}
      {post.tags.length > 0 && (
        <p className="mt-auto flex flex-wrap gap-2 pt-5">{post.tags.map((tag) => <Badge key={tag} tone="accent">{tag}</Badge>)}</p>
      )}
    </li>
  );
}

function NoPosts({ tag }: { tag: string | undefined }) {
  if (!tag) return <EmptyState title={messages.emptyTitle}>{messages.emptyText}</EmptyState>;
  return (
    <EmptyState title={messages.emptyTitle} actions={<ButtonLink to="/blog">{messages.showAll}</ButtonLink>}>
      {messages.emptyTag}
    </EmptyState>
  );
}

function PostSkeletons() {
  return (
    <div role="status" aria-label={messages.loading} className="grid gap-6 md:grid-cols-2">
      <Skeleton className="h-64 rounded-card md:col-span-2" />
      <Skeleton className="h-56 rounded-card" />
      <Skeleton className="h-56 rounded-card" />
    </div>
  );
}
