import { isApiError } from '@tt/api-client/api-error';
import { describeError } from '@tt/api-client/error-messages';
import { removeAvatar, uploadAvatar, type Profile } from '@tt/api-client/profile';
import { Alert } from '@tt/ui/alert';
import { Avatar } from '@tt/ui/avatar';
import { Button } from '@tt/ui/button';
import { FieldError } from '@tt/ui/field';
import { Progress } from '@tt/ui/progress';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type ChangeEvent } from 'react';
import { messages, profile as text } from './messages';
import { pictureKinds, pictureProblem, readPicture } from './picture';
import { useKeepProfile, type OwnVersions } from './use-profile';

interface Chosen {
  file: File;
  preview: string;
}

const PROBLEM = 'picture-problem';

/** Choose, look, then upload: nobody finds out afterwards that it was the wrong file. */
export function AvatarForm({ profile, own }: { profile: Profile; own: OwnVersions }) {
  const input = useRef<HTMLInputElement>(null);
  const keep = useKeepProfile(own);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [sent, setSent] = useState(0);
  const done = (message: string) => (saved: Profile) => {
    keep(saved);
    setChosen(null);
    showToast(message);
  };
  const upload = useMutation({ mutationFn: (file: File) => uploadAvatar(file, setSent), onSuccess: done(text.pictureSaved) });
  const remove = useMutation({ mutationFn: removeAvatar, onSuccess: done(text.pictureRemoved) });
  const failure = upload.error ?? remove.error;

  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = ''; // the same file again counts as a choice
    if (!file) return;
    upload.reset();
    setSent(0);
    const found = pictureProblem(file);
    setProblem(found);
    setChosen(found ? null : { file, preview: await readPicture(file) });
  };
  const name = profile.display_name ?? profile.email;
  return (
    <div className="flex flex-wrap items-center gap-x-7 gap-y-4">
      <Avatar name={name} url={chosen?.preview ?? profile.avatar_url} alt={chosen ? text.picturePreview : text.picture} size="lg" />
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-3">
        {failure && <Alert tone="danger" title={messages.failed}>{isApiError(failure, 'body_too_large') ? text.pictureSize : describeError(failure)}</Alert>}
        <input
          ref={input}
          type="file"
          accept={pictureKinds}
          aria-label={text.choosePicture}
          aria-describedby={problem ? PROBLEM : undefined}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => void choose(event)}
        />
        {upload.isPending && <Progress label={text.uploading} value={Math.round(sent * 100)} max={100} />}
        <div className="flex flex-wrap gap-3">
          {chosen ? (
            <>
              <Button busy={upload.isPending} onClick={() => { upload.mutate(chosen.file); }}>{text.usePicture}</Button>
              <Button variant="ghost" disabled={upload.isPending} onClick={() => { setChosen(null); }}>{messages.cancel}</Button>
            </>
          ) : (
            <>
              <Button variant="secondary" onClick={() => { input.current?.click(); }}>{text.choosePicture}</Button>
              {profile.avatar_url && <Button variant="ghost" busy={remove.isPending} onClick={() => { remove.mutate(); }}>{messages.remove}</Button>}
            </>
          )}
        </div>
        <div aria-live="polite">{problem && <FieldError id={PROBLEM}>{problem}</FieldError>}</div>
      </div>
    </div>
  );
}
