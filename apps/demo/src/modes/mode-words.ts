import type { Mode } from '../config.js';

/** What there is to say about one way to keep a session. */
export interface ModeWords {
  readonly mode: Mode;
  /** A picture in words. */
  readonly name: string;
  /** What each of {@link questions} is answered with, in their order. */
  readonly answers: readonly string[];
}

/** What a publisher wants to know of each mode. */
export const questions: readonly string[] = [
  'Where the tokens lie',
  'What outlives a reload',
  'What an injected script could take',
  'What it needs',
  'What a reload asks for',
  'What a renewal asks for',
];

/** The three modes, in the order in which they ask more of the publisher and less of the browser. */
export const modeWords: readonly ModeWords[] = [
  {
    mode: 'refresh-token',
    name: 'The key in your drawer',
    answers: [
      'In this browser: access and refresh token in IndexedDB, for all tabs.',
      'Everything. Your name is in the first thing drawn, and both tokens are at hand.',
      'Both tokens. It could go on with them elsewhere, until Sesamy sees the refresh token used twice.',
      'Nothing. It works on any domain.',
      'Nothing.',
      'One request, for new tokens.',
    ],
  },
  {
    mode: 'sso-cookie',
    name: 'The gatekeeper knows you',
    answers: [
      'The access token in this page’s memory. There is no refresh token: a cookie of the login server, which no script can read, does its work.',
      'Your name, in the first thing drawn. The access token is fetched anew behind it.',
      'The access token, for as long as it is good, and new ones while the page is open. Nothing from storage.',
      'A name for the login server on the publisher’s own domain, in DNS, and leave to show it in a frame.',
      'A hidden frame and one request for a token, in the background.',
      'The same: a hidden frame and one request.',
    ],
  },
  {
    mode: 'token-handler',
    name: 'The porter keeps the key',
    answers: [
      'In encrypted cookies that no script can read. This page never sees a token.',
      'Your name, in the first thing drawn. The cookies stay, and are asked about behind it.',
      'No token. It could send requests in your name while the page is open, as in every mode, and has nothing once it is shut.',
      'A web server or proxy that hands /sesamy/auth and /sesamy/api on to Sesamy, and a handler switched on there.',
      'One question, who you are, in the background.',
      'Nothing of its own. The handler renews while it answers something else.',
    ],
  },
];
