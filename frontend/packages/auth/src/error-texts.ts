import { accountMessages } from '@tt/api-client/account-error-messages';
import { authMessages } from '@tt/api-client/auth-error-messages';
import { addErrorMessages } from '@tt/api-client/error-messages';

// Imported by the frames of the pages that sign in and change accounts.
addErrorMessages({ ...authMessages, ...accountMessages });
