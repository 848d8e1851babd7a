import type { AuthError, AuthErrorCode } from '@sesamy-kit/react';

/** A failed login, described to the user. */
export interface LoginErrorWords {
  readonly title: string;
  readonly text: string;
}

const turnedBack: LoginErrorWords = {
  title: 'You turned back at the login page.',
  text: 'Nothing was changed. The free pieces stay open, and the desk is there whenever you are.',
};

const noResponse: LoginErrorWords = {
  title: 'The login desk did not respond.',
  text: 'It may be the line, it may be them. Wait a moment, then try again.',
};

const failed: LoginErrorWords = {
  title: 'The login did not work.',
  text: 'We have not let anyone in. Try again, and write to us if it keeps happening.',
};

const wordsByCode: Partial<Record<AuthErrorCode, LoginErrorWords>> = {
  network: noResponse,
  timeout: noResponse,
  callback_rejected: {
    title: 'That login did not belong to this visit.',
    text: 'It was perhaps begun in another window, or a good while ago. Start a fresh one.',
  },
  claims_rejected: {
    title: 'Your papers have a blank in them.',
    text: 'The login desk did not tell us who you are, so we could not let you aboard. Write to us.',
  },
  not_top_level: {
    title: 'The login cannot be shown inside another page.',
    text: 'Open this page in a separate tab, then log in there.',
  },
  aborted: {
    title: 'The login was left halfway.',
    text: 'You can pick it up again from here.',
  },
};

/** Describes what happened to a failed login and what to do. */
export function loginErrorWords(error: AuthError): LoginErrorWords {
  if (error.oauthError === 'access_denied') return turnedBack;
  return wordsByCode[error.code] ?? failed;
}
