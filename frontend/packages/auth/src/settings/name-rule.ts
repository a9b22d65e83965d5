import { z } from '@tt/api-client/schema';
import { messages } from './messages';

/** What people call something of theirs. */
export function nameRule(longest: number) {
  return z.string().check(z.trim(), z.minLength(1, messages.nameMissing), z.maxLength(longest, messages.tooLong(longest)));
}
