import {
  createIdleLogout,
  createSesamySession,
  isAuthError,
  requireSession,
} from '@sesamy-kit/react';
import type { Session } from '@sesamy-kit/react';
import { readConfig } from '../../src/config.js';

declare global {
  /** The page's session, for tests to call. */
  var session: Session;
}

const { backendUrl: _backend, siteUrls: _sites, mockUrl: _mock, ...config } = readConfig(document);

/** Whether a test has set a switch; none has where the browser denies storage. */
function isSet(name: string): boolean {
  try {
    return localStorage.getItem(name) !== null;
  } catch {
    return false;
  }
}

globalThis.session = createSesamySession({
  ...config,
  verifySignature: isSet('harness-verify-signature'),
});

function show(id: string, text: string): void {
  const output = document.querySelector(`#${id}`);
  if (output !== null) output.textContent = text;
}

function showState(): void {
  const state = session.getSnapshot();
  const reason = state.status === 'unauthenticated' ? ` ${state.reason}` : '';
  const error = state.status === 'unauthenticated' && state.error ? ` ${state.error.code}` : '';
  show('state', state.status + reason + error);
}

document.querySelector('#popup')?.addEventListener('click', () => {
  show('popup-error', '');
  session.loginWithPopup().catch((error: unknown) => {
    show('popup-error', isAuthError(error) ? error.code : 'not an AuthError');
  });
});

session.subscribe(showState);
showState();

if (isSet('harness-idle')) {
  const idle = createIdleLogout(session, { afterSeconds: 600, warnSeconds: 60 });
  const showIdle = (): void => {
    const { status, secondsLeft } = idle.getSnapshot();
    show('idle', secondsLeft === undefined ? status : `${status} ${secondsLeft}`);
  };
  idle.subscribe(showIdle);
  showIdle();
}

void session.start();

if (location.pathname === '/guarded') {
  requireSession(session).catch(() => {});
  // A page that Playwright cannot inspect reports its state to its server, long after a guard would have redirected.
  setTimeout(() => {
    const isPrerendering = 'prerendering' in document && document.prerendering === true;
    new Image().src = `/report.svg?prerendering=${String(isPrerendering)}`;
  }, 2_000);
}
