import { createMockServer } from '@sesamy-kit/mock-server';
import type { MockServer, MockServerOptions } from '@sesamy-kit/mock-server';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { clientOfMock, mockSesamy, userToken } from './mock.js';
import { pythonWithAuthlib, runPython, withoutAuthlib } from './python.js';
import { tokenIssuer } from './token-issuer.js';

const recipes = fileURLToPath(new URL('recipes/', import.meta.url));
const started: MockServer[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((mock) => mock.close()));
});

async function listening(options: MockServerOptions = {}): Promise<MockServer> {
  const mock = mockSesamy({ vendorId: 'your-publisher-id', ...options });
  started.push(mock);
  await mock.listen({ port: 0 });
  return mock;
}

/** Passes a token to the page's example; resolves with the subject. */
function verify(mock: MockServer, token: string): Promise<string> {
  const code = 'import sys, access_token; print(access_token.verify(sys.stdin.read())["sub"])';
  return runPython(code, { directory: recipes, input: token, env: { SESAMY_ISSUER: mock.issuer } });
}

describe.skipIf(pythonWithAuthlib === undefined)(`the Python example (${withoutAuthlib})`, () => {
  test('the Python example accepts a user’s token', async () => {
    const mock = await listening();
    expect(await verify(mock, await userToken(mock))).toBe('email|ada\n');
  });

  test.each<[string, (mock: MockServer) => Promise<string>, RegExp]>([
    [
      'of an application',
      async (mock) => clientOfMock(mock, { issuer: mock.issuer }).getAccessToken(),
      /application's/,
    ],
    [
      'that has expired',
      async (mock) => {
        mock.control.clock.advance({ hours: -3 });
        return userToken(mock);
      },
      /ExpiredTokenError/,
    ],
    [
      'of another issuer',
      async () =>
        userToken(
          createMockServer(
            started[0]
              ? {
                  vendorId: 'your-publisher-id',
                  clients: [{ clientId: 'publisher-web', callbacks: ['https://app.example.com/'] }],
                }
              : {},
          ),
        ),
      /invalid_claim|InvalidClaimError/,
    ],
    [
      'that a stranger signed',
      async (mock) => {
        const stranger = await tokenIssuer('RS256', 'stranger');
        return stranger.issue({ iss: mock.issuer }, { kid: 'sesamy-mock-1' });
      },
      /BadSignatureError/,
    ],
    [
      'with an unsigned payload',
      async (mock) => {
        const [, payload] = (await userToken(mock)).split('.');
        return `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
      },
      /UnsupportedAlgorithmError|unsupported_algorithm/,
    ],
  ])('the Python example rejects a token %s', async (_, tokenOf, message) => {
    const mock = await listening();
    await expect(verify(mock, await tokenOf(mock))).rejects.toThrow(message);
  });

  test('the Python example rejects a user of another publisher', async () => {
    const mock = await listening({ vendorId: 'rival' });
    await expect(verify(mock, await userToken(mock))).rejects.toThrow(/another publisher/);
  });
});

test('the page’s command shows the header and payload of a token', async () => {
  const page = readFileSync(
    new URL('../../../apps/docs/access-tokens.md', import.meta.url),
    'utf8',
  );
  const command = /^```sh\n([^]*?)^```$/m.exec(page)?.[1] ?? '';
  const mock = mockSesamy();
  const env = { ...process.env, TOKEN: await userToken(mock), NO_COLOR: '1' };
  const shown = execFileSync('sh', ['-c', command], { env, encoding: 'utf8' });
  expect(shown).toMatch(/alg: 'RS256'/);
  expect(shown).toMatch(/sub: 'email\|ada'/);
});
