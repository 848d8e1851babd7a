import { isSameSite } from '@sesamy-kit/session/site';
import { judgeSite } from '../checks/site.js';
import { finding, type Finding } from '../finding.js';
import type { Setup } from '../setup.js';

/** The name of what the check stores, and removes. */
const PROBE = 'sesamy-doctor';

/** Checks what this browser offers this page. */
export async function checkBrowser(setup: Setup): Promise<readonly Finding[]> {
  const { origin, mode, issuer } = setup;
  const { isSecureContext } = window;
  const secure = `${origin} is ${isSecureContext ? 'a' : 'no'} secure context.`;
  const missing = await findMissingStorage();
  const stored = `The browser keeps ${missing.length === 0 ? 'what the page stores' : `nothing in ${missing.join(' and ')}`}.`;
  return [
    finding('secure-context', isSecureContext ? 'ok' : 'error', secure),
    finding('storage', missing.length === 0 ? 'ok' : 'warning', stored),
    ...(mode === 'token-handler' ? [] : [judgeSite(setup, isSameSite(issuer))]),
  ];
}

async function findMissingStorage(): Promise<readonly string[]> {
  return [
    ...(canStore(() => localStorage) ? [] : ['localStorage']),
    ...(canStore(() => sessionStorage) ? [] : ['sessionStorage']),
    ...((await canOpenDatabase()) ? [] : ['IndexedDB']),
  ];
}

function canStore(storage: () => Storage): boolean {
  try {
    storage().setItem(PROBE, '1');
    const isKept = storage().getItem(PROBE) === '1';
    storage().removeItem(PROBE);
    return isKept;
  } catch {
    // The property itself throws where site data is blocked.
    return false;
  }
}

/** A database can hang for good, as Safari's has. */
const DATABASE_TIMEOUT_MS = 2_000;

async function canOpenDatabase(): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), DATABASE_TIMEOUT_MS);
    const settle = (isOpen: boolean): void => {
      clearTimeout(timer);
      resolve(isOpen);
    };
    try {
      const request = indexedDB.open(PROBE);
      request.addEventListener('error', () => settle(false));
      request.addEventListener('success', () => {
        request.result.close();
        const removal = indexedDB.deleteDatabase(PROBE);
        removal.addEventListener('success', () => settle(true));
        removal.addEventListener('error', () => settle(true));
      });
    } catch {
      settle(false);
    }
  });
}
