import { afterEach, describe, expect, test, vi } from 'vitest';
import { checkEarly } from './check-early.js';

const clientId = 'publisher-web';

describe('unknown names', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  /** The warnings, without the prefix; the text is loaded on demand. */
  async function warningsOf(options: Record<string, unknown>): Promise<readonly string[]> {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const count = Object.keys(options).length;
    checkEarly({ clientId, ...options });
    await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(count));
    return warn.mock.calls.map(([message]) => String(message));
  }

  test.each([
    ['cacheLocation', 'Use "storage": "local" or "memory".'],
    ['useRefreshTokens', 'Use "mode"; "refresh-token" is the default.'],
    ['redirect_uri', 'Use "redirectUri".'],
    ['redirectURI', 'Did you mean "redirectUri"?'],
    ['allowedOrigin', 'Did you mean "allowedOrigins"?'],
    ['scopes', 'Did you mean "scope"?'],
    ['constructor', 'It is ignored.'],
    ['className', 'It is ignored.'],
  ])('the unknown option %s logs a warning in development', async (name, hint) => {
    expect(await warningsOf({ [name]: 'x' })).toEqual([
      `sesamy-kit: "${name}" is not an option. ${hint}`,
    ]);
  });

  test('a domain next to an issuer only logs a warning', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    checkEarly({ clientId, domain: 'a.test', issuer: 'https://a.test' });
    await vi.waitFor(() => expect(warn).toHaveBeenCalledOnce());
    expect(warn.mock.calls[0]?.[0]).toContain('Use "issuer", a URL.');
  });

  test('in production unknown options log nothing and load no code', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    const warn = vi.spyOn(console, 'warn');
    checkEarly({ clientId, cacheLocation: 'localstorage' });
    await import('./option-hints.js');
    await Promise.resolve();
    expect(warn).not.toHaveBeenCalled();
  });
});
