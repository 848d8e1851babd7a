import type { Mode } from '../config.js';

/** The description of one session mode. */
export interface ModeWords {
  readonly mode: Mode;
  /** Its nickname. */
  readonly name: string;
  /** The value of each of {@link properties}, in their order. */
  readonly values: readonly string[];
}

/** The properties by which a publisher compares modes. */
export const properties: readonly string[] = [
  'Token storage',
  'After a reload',
  'Exposed to an injected script (XSS)',
  'Requirements',
  'Requests on reload',
  'Requests on renewal',
];

/** The three modes, in the order of their requirements on the publisher. */
export const modeWords: readonly ModeWords[] = [
  {
    mode: 'refresh-token',
    name: 'The key in your drawer',
    values: [
      'Access and refresh token in IndexedDB, shared by all tabs.',
      'Everything remains. Your name is in the first render, and both tokens are available.',
      'Both tokens. It could use them elsewhere, until Sesamy detects reuse of the refresh token.',
      'None. It works on any domain.',
      'None.',
      'One request, for new tokens.',
    ],
  },
  {
    mode: 'sso-cookie',
    name: 'The gatekeeper knows you',
    values: [
      'The access token in this page’s memory. There is no refresh token: an HttpOnly cookie of the login server takes its place.',
      'Your name is in the first render. A new access token is fetched in the background.',
      'The access token until it expires, and new ones while the page is open. Nothing from storage.',
      'A custom domain for the login server on the publisher’s own site (DNS), which may be framed.',
      'A hidden iframe and one token request, in the background.',
      'The same: a hidden iframe and one token request.',
    ],
  },
  {
    mode: 'token-handler',
    name: 'The porter keeps the key',
    values: [
      'Encrypted HttpOnly cookies. This page never receives a token.',
      'Your name is in the first render. The session is revalidated in the background.',
      'No token. It could send requests as you while the page is open, as in every mode, but not after it is closed.',
      'A web server or proxy that forwards /sesamy/auth and /sesamy/api to Sesamy, and a token handler enabled there.',
      'One request for the user, in the background.',
      'None. The handler renews during other requests.',
    ],
  },
];
