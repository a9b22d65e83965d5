import { Section } from '@tt/auth/settings/parts';
import { MyResults } from '../features/growth-quiz/my-results';
import { messages } from './messages';

/** What the website has of its own about a person. */
export function ProfileExtra() {
  return <Section title={messages.resultsTitle}><MyResults /></Section>;
}
