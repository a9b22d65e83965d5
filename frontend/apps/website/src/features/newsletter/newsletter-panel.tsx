import { describeError } from '@tt/api-client/error-messages';
import { subscribe } from '@tt/api-client/newsletter';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { messages } from './messages';

const Email = z.string().check(z.trim(), z.minLength(1, messages.emailMissing), z.email(messages.emailInvalid));

export const SUBSCRIBE_FIELD = 'newsletter-email';

/** Sits on the dark board at the end of every page. */
export function NewsletterPanel({ source }: { source: string }) {
  const mutation = useMutation({ mutationFn: (email: string) => subscribe({ email, source }) });
  return (
    <section aria-labelledby="newsletter-title" className="mb-14 grid gap-8 border-b border-board-line pb-14 lg:grid-cols-2">
      <div>
        <h2 id="newsletter-title" className="text-heading">{messages.panelTitle}</h2>
        <p className="mt-2 max-w-md text-on-board-muted">{messages.panelText}</p>
      </div>
      <div aria-live="polite">
        {mutation.isSuccess ? (
          <div className="rounded-control border border-board-line bg-board-raised px-5 py-4">
            <p className="font-semibold text-marker">{messages.pendingTitle}</p>
            <p className="mt-1">{messages.pendingText}</p>
          </div>
        ) : (
          <SubscribeForm busy={mutation.isPending} failure={mutation.error} onSubmit={mutation.mutate} />
        )}
      </div>
    </section>
  );
}

interface SubscribeFormProps {
  busy: boolean;
  failure: unknown;
  onSubmit: (email: string) => void;
}

/* One field on every page: a form library would cost each first visit more than it saves here. */
function SubscribeForm({ busy, failure, onSubmit }: SubscribeFormProps) {
  const [invalid, setInvalid] = useState<string>();
  const problem = invalid ?? (failure ? describeError(failure) : undefined);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = Email.safeParse(new FormData(event.currentTarget).get('email'));
    setInvalid(email.error?.issues[0]?.message);
    if (email.success) onSubmit(email.data);
    else document.getElementById(SUBSCRIBE_FIELD)?.focus();
  };
  return (
    <form noValidate onSubmit={submit} aria-labelledby="newsletter-title">
      <label htmlFor={SUBSCRIBE_FIELD} className="font-semibold">{messages.email}</label>
      <div className="mt-2 flex flex-wrap gap-3">
        <input
          id={SUBSCRIBE_FIELD}
          name="email"
          type="email"
          autoComplete="email"
          inputMode="email"
          aria-required="true"
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? 'newsletter-problem' : undefined}
          className="min-h-12 min-w-0 flex-1 basis-60 rounded-full border border-on-board-muted bg-board-raised px-5 text-on-board"
        />
        <Button type="submit" variant="marker" busy={busy} className="min-h-12">{messages.subscribe}</Button>
      </div>
      {problem && <p id="newsletter-problem" className="mt-2 font-medium text-on-board-danger">{problem}</p>}
    </form>
  );
}
