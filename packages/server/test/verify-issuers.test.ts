import { createAccessTokenVerifier } from '@sesamy-kit/server/verify';
import type { AccessTokenVerifier } from '@sesamy-kit/server/verify';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { failureOf } from './client-double.js';
import { fetchOf, mockSesamy, userToken } from './mock.js';
import { issuer, tokenIssuer, type TokenIssuer } from './token-issuer.js';

const customDomain = 'https://login.publisher.test/';

let sesamy: TokenIssuer;
let publisher: TokenIssuer;

beforeAll(async () => {
  sesamy = await tokenIssuer();
  publisher = await tokenIssuer('RS256', 'publisher');
});

afterEach(() => {
  vi.useRealTimers();
});

/** Both issuers publish keys of the same key id. */
function verifierOfBoth(issuers: readonly string[] = [issuer, customDomain]): {
  verifier: AccessTokenVerifier;
  fetched: string[];
} {
  const fetched: string[] = [];
  const fetch: typeof globalThis.fetch = (input) => {
    const { host } = new URL(input instanceof Request ? input.url : input);
    fetched.push(host);
    return (host === new URL(customDomain).host ? publisher : sesamy).fetch(input);
  };
  const verifier = createAccessTokenVerifier({ publisherId: 'tidewaiter', issuer: issuers, fetch });
  return { verifier, fetched };
}

describe('a verifier of several issuers', () => {
  test('a verifier of several issuers accepts the tokens of each and returns their issuer', async () => {
    const { verifier, fetched } = verifierOfBoth();
    await expect(verifier.verify(await sesamy.issue())).resolves.toMatchObject({ issuer });
    await expect(
      verifier.verify(await publisher.issue({ iss: customDomain })),
    ).resolves.toMatchObject({ issuer: customDomain });
    expect(fetched).toEqual(['token.sesamy.test', 'login.publisher.test']);
  });

  test('a verifier of several issuers rejects a token signed by one in the name of another', async () => {
    const { verifier } = verifierOfBoth();
    expect(await failureOf(verifier.verify(await publisher.issue({ iss: issuer })))).toMatchObject({
      reason: 'signature',
    });
    expect(
      await failureOf(verifier.verify(await sesamy.issue({ iss: customDomain }))),
    ).toMatchObject({ reason: 'signature' });
  });

  test('a verifier of several issuers fetches nothing for a token of an unlisted one', async () => {
    const { verifier, fetched } = verifierOfBoth();
    const token = await sesamy.issue({ iss: 'https://evil.example/' });
    expect(await failureOf(verifier.verify(token))).toMatchObject({ reason: 'issuer' });
    expect(fetched).toEqual([]);
  });

  test('a verifier of several issuers fetches the keys of each once, even when one is flooded', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { verifier, fetched } = verifierOfBoth();
    await verifier.verify(await sesamy.issue());
    await verifier.verify(await publisher.issue({ iss: customDomain }));
    vi.advanceTimersByTime(31_000);
    const floods = Array.from({ length: 50 }, async (_, index) =>
      failureOf(verifier.verify(await sesamy.issue({}, { kid: `made-up-${index}` }))),
    );
    for (const error of await Promise.all(floods))
      expect(error).toMatchObject({ reason: 'unknown_key' });
    await verifier.verify(await publisher.issue({ iss: customDomain }));
    expect(fetched).toEqual(['token.sesamy.test', 'login.publisher.test', 'token.sesamy.test']);
  });

  test('a verifier of several issuers accepts one while another is unreachable', async () => {
    const verifier = createAccessTokenVerifier({
      publisherId: 'tidewaiter',
      issuer: [issuer, customDomain],
      fetch: (input) =>
        new URL(input instanceof Request ? input.url : input).host === 'token.sesamy.test'
          ? sesamy.fetch(input)
          : Promise.reject(new TypeError('fetch failed')),
    });
    await expect(verifier.verify(await sesamy.issue())).resolves.toBeDefined();
    const error = await failureOf(verifier.verify(await publisher.issue({ iss: customDomain })));
    expect(error).toMatchObject({ code: 'keys_unavailable' });
    expect(String(error)).toContain('https://login.publisher.test/.well-known/jwks.json');
  });
});

test.each([
  ['without its last slash', 'https://token.sesamy.test'],
  ['in capitals', 'https://TOKEN.Sesamy.test'],
  ['with the default port', 'https://token.sesamy.test:443/'],
  ['in a list', ['https://token.sesamy.test']],
])('an issuer given %s matches the one in the tokens', async (_, given) => {
  const verifier = createAccessTokenVerifier({
    publisherId: 'tidewaiter',
    issuer: given,
    fetch: sesamy.fetch,
  });
  await expect(verifier.verify(await sesamy.issue())).resolves.toMatchObject({ issuer });
});

test('the tokens of Sesamy and of a custom domain of the mock are both accepted', async () => {
  const mock = mockSesamy({ customDomains: [customDomain] });
  const verifier = createAccessTokenVerifier({
    publisherId: 'publisher',
    issuer: ['https://token.sesamy.com', 'https://login.publisher.test'],
    fetch: fetchOf(mock),
  });
  await expect(verifier.verify(await userToken(mock))).resolves.toMatchObject({
    issuer: 'https://token.sesamy.com/',
  });
  await expect(verifier.verify(await userToken(mock, 'ada', customDomain))).resolves.toMatchObject({
    issuer: customDomain,
  });
});
