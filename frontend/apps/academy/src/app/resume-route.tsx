import { RequireUser } from '@tt/auth/require-user';
import { useParams } from 'react-router';
import { ResumePage } from '../features/learn/components/resume-page';

export function ResumeRoute() {
  const { slug = '' } = useParams();
  return (
    <RequireUser>
      <ResumePage courseSlug={slug} />
    </RequireUser>
  );
}
