import { z } from '@tt/api-client/schema';
import { messages, stepMessages } from '../messages';

/** The server's own limits (auth-service). */
const MIN_PASSWORD = 8;
const MAX_PASSWORD = 1024;
const CODE_DIGITS = 6;

export const email = z.string().check(z.trim(), z.minLength(1, messages.emailMissing), z.email(messages.emailInvalid));

export const newPassword = z
  .string()
  .check(z.minLength(MIN_PASSWORD, messages.passwordShort(MIN_PASSWORD)), z.maxLength(MAX_PASSWORD, messages.passwordLong(MAX_PASSWORD)));

const digits = (text: string) => text.replaceAll(/\D/g, '');

/** People paste codes as "123 456". */
const code = (missing: string) =>
  z.pipe(z.string(), z.pipe(z.transform(digits), z.string().check(z.length(CODE_DIGITS, missing))));

export const mailCode = code(messages.codeMissing);
export const totpCode = code(stepMessages.totpMissing);
export const recoveryCode = z.string().check(z.trim(), z.minLength(1, stepMessages.recoveryMissing));
