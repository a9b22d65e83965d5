import { zodResolver } from '@hookform/resolvers/zod';
import { sendContactMessage } from '@tt/api-client/contact';
import { newId } from '@tt/api-client/http';
import { z } from '@tt/api-client/schema';
import { FormProblems, useSubmit } from '@tt/auth/form-problems';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { TextareaField, TextField } from '@tt/ui/controls';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useSearchParams } from 'react-router';
import { messages } from './messages';

const MAX_SUBJECT = 150;
const MAX_MESSAGE = 5000;

const Message = z.object({
  name: z.string().check(z.trim(), z.minLength(1, messages.nameMissing), z.maxLength(100, messages.tooLong(100))),
  email: z.string().check(z.trim(), z.minLength(1, messages.emailMissing), z.email(messages.emailInvalid)),
  subject: z.string().check(z.trim(), z.minLength(1, messages.subjectMissing), z.maxLength(MAX_SUBJECT, messages.tooLong(MAX_SUBJECT))),
  message: z.string().check(z.trim(), z.minLength(10, messages.messageShort), z.maxLength(MAX_MESSAGE, messages.tooLong(MAX_MESSAGE))),
  website: z.string(),
});
type Message = z.infer<typeof Message>;

const FORM = 'contact';
const EMPTY: Message = { name: '', email: '', subject: '', message: '', website: '' };

export function ContactForm() {
  const subject = (useSearchParams()[0].get('subject') ?? '').slice(0, MAX_SUBJECT);
  const [sent, setSent] = useState(false);
  // One key per message: pressing "send" again after a lost answer does not send it twice.
  const [key, setKey] = useState(newId);
  const form = useForm<Message>({ resolver: zodResolver(Message), defaultValues: { ...EMPTY, subject }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;

  const { failure, submit } = useSubmit(form, async (message) => {
    await sendContactMessage(message, key);
    setSent(true);
  });
  const startOver = () => {
    form.reset(EMPTY);
    setKey(newId());
    setSent(false);
  };

  if (sent) {
    return (
      <Alert tone="success" title={messages.sentTitle} className="self-start" actions={<Button variant="secondary" size="sm" onClick={startOver}>{messages.another}</Button>}>
        {messages.sentText}
      </Alert>
    );
  }
  const field = (name: keyof Message) => ({ ...form.register(name), id: `${FORM}-${name}`, error: errors[name]?.message, required: true });
  return (
    <form noValidate aria-label={messages.title} onSubmit={(event) => void submit(event)} className="flex flex-col gap-6">
      <FormProblems formId={FORM} form={form} failure={failure} failureTitle={messages.failed} />
      <div className="grid gap-6 sm:grid-cols-2">
        <TextField {...field('name')} label={messages.name} autoComplete="name" />
        <TextField {...field('email')} label={messages.email} type="email" inputMode="email" autoComplete="email" />
      </div>
      <TextField {...field('subject')} label={messages.subject} />
      <TextareaField {...field('message')} label={messages.message} hint={messages.messageHint} rows={7} />
      <div hidden>
        <label htmlFor={`${FORM}-website`}>{messages.honeypot}</label>
        <input {...form.register('website')} id={`${FORM}-website`} tabIndex={-1} autoComplete="off" />
      </div>
      <Button type="submit" size="lg" busy={isSubmitting} className="self-start">{messages.send}</Button>
    </form>
  );
}
