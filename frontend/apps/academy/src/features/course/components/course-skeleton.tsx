import { Container } from '@tt/ui/layout';
import { Skeleton } from '@tt/ui/skeleton';
import { messages } from '../messages';

export function CourseSkeleton() {
  return (
    <div role="status">
      <span className="sr-only">{messages.loading}</span>
      <div className="bg-board">
        <Container className="grid gap-10 py-10 lg:grid-cols-[1fr_22rem] lg:py-16">
          <div className="space-y-5">
            <Skeleton className="h-6 w-24 bg-board-raised" />
            <Skeleton className="h-14 w-4/5 bg-board-raised" />
            <Skeleton className="h-6 w-3/5 bg-board-raised" />
          </div>
          <Skeleton className="h-80 rounded-card bg-board-raised" />
        </Container>
      </div>
      <Container className="space-y-4 py-12">
        <Skeleton className="h-8 w-72" />
        <Skeleton className="h-40 max-w-3xl" />
      </Container>
    </div>
  );
}
