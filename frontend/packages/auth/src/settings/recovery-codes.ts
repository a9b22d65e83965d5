import { formatDate } from '@tt/ui/format';
import { security } from './messages';

/** In fours: "abcd-efgh-ijkl-mnop" is read off paper without losing one's place. The server ignores the dashes. */
export function readable(code: string): string {
  return code.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** What is downloaded, printed and copied: one code a line, and what they are for. */
export function codesText(email: string, codes: string[], now = new Date()): string {
  const heading = security.codesHeading(email, formatDate(now.toISOString()));
  return [heading, '', ...codes.map(readable), ''].join('\n');
}
