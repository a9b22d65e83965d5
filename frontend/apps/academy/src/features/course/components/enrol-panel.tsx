import type { CourseDetail } from '@tt/api-client/courses';
import { describeError } from '@tt/api-client/error-messages';
import { useSession } from '@tt/auth/session';
import { Alert } from '@tt/ui/alert';
import { Button, ButtonLink } from '@tt/ui/button';
import { formatMoney } from '@tt/ui/format';
import { useEffect, useRef } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useEnroll } from '../api/use-enroll';
import { enrolState } from '../lib/enrol-state';
import { messages } from '../messages';

/** In the address after signing in from this page: the learner already asked to be enrolled. */
export const ENROL_PARAM = 'enrol';

export function EnrolPanel({ course }: { course: CourseDetail }) {
  const { status } = useSession();
  const state = enrolState(course);
  const enrol = useEnrolHere(course, status === 'signed_in' && state === 'free');
  return (
    <div className="space-y-4">
      <p className="font-display text-3xl font-bold">{priceText(course)}</p>
      {state === 'enrolled' && (
        <>
          <p className="text-ink-muted">{course.my_enrollment?.completed_at ? messages.completed : messages.enrolled}</p>
          <ButtonLink to={`/learn/${course.slug}`} size="lg" className="w-full">{messages.continue}</ButtonLink>
        </>
      )}
      {state === 'free' && status === 'signed_in' && (
        <Button size="lg" className="w-full" busy={enrol.isPending} onClick={enrol.start}>{messages.enrol}</Button>
      )}
      {state === 'free' && status === 'signed_out' && (
        <>
          <ButtonLink to={signInPath(course.slug)} size="lg" className="w-full">{messages.signInToEnrol}</ButtonLink>
          <p className="text-sm text-ink-muted">{messages.signInHint}</p>
        </>
      )}
      {state === 'paid' && <Alert tone="warning" title={messages.paidTitle}>{messages.paidText}</Alert>}
      {state === 'closed' && <Alert tone="warning" title={messages.closedTitle}>{messages.closedText}</Alert>}
      {enrol.error && <Alert tone="danger" title={messages.failedTitle}>{describeError(enrol.error)}</Alert>}
    </div>
  );
}

/** Enrols on click, and once by itself when the learner comes back from signing in. */
function useEnrolHere(course: CourseDetail, possible: boolean) {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { mutate, isPending, error } = useEnroll();
  const asked = params.has(ENROL_PARAM);
  const started = useRef(false);
  const start = () => {
    mutate(course.id, { onSuccess: () => void navigate(`/learn/${course.slug}`) });
  };
  useEffect(() => {
    if (!asked || !possible || started.current) return;
    started.current = true;
    mutate(course.id, { onSuccess: () => void navigate(`/learn/${course.slug}`, { replace: true }) });
  }, [asked, possible, mutate, navigate, course.id, course.slug]);
  return { start, isPending, error };
}

function signInPath(slug: string): string {
  return `/sign-in?next=${encodeURIComponent(`/courses/${slug}?${ENROL_PARAM}=1`)}`;
}

function priceText(course: CourseDetail): string {
  return course.price ? formatMoney(course.price.amount_minor, course.price.currency) : messages.free;
}
