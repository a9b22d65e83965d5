import { ButtonLink } from '@tt/ui/button';
import { Crash, NotFound } from '@tt/ui/status-page';
import { messages } from './messages';

export function NotFoundPage() {
  const actions = (
    <>
      <ButtonLink to="/courses">{messages.toCourses}</ButtonLink>
      <ButtonLink to="/" variant="secondary">{messages.toHome}</ButtonLink>
    </>
  );
  return <NotFound title={messages.notFoundTitle} text={messages.notFoundText} actions={actions} />;
}

export function CrashPage() {
  return (
    <Crash
      title={messages.crashTitle}
      text={messages.crashText}
      outdated={{ title: messages.newVersionTitle, text: messages.newVersionText }}
      reload={messages.reload}
      actions={<ButtonLink to="/" variant="secondary">{messages.toHome}</ButtonLink>}
    />
  );
}
