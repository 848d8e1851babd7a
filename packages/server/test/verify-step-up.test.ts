import {
  authenticate,
  createAccessTokenVerifier,
  refusalResponse,
} from '@sesamy-kit/server/verify';
import type { AccessTokenRequirements } from '@sesamy-kit/server/verify';
import { expect, test } from 'vitest';
import { fetchOf, mockSesamy, readerToken } from './mock.js';

const mock = mockSesamy({ sendsAuthenticationClaims: true });
const verifier = createAccessTokenVerifier({
  publisherId: 'publisher',
  fetch: fetchOf(mock),
  now: () => mock.control.clock.now(),
});

/** The response of an API that requires what is given. */
async function call(token: string, requirements: AccessTokenRequirements): Promise<Response> {
  const request = new Request('https://backend.test/', {
    headers: { authorization: `Bearer ${token}` },
  });
  try {
    return Response.json(await authenticate(request, verifier, requirements));
  } catch (error) {
    return refusalResponse(error);
  }
}

/** What the challenge demands, as parameters of an authorization request. */
function demandOf(response: Response): Record<string, string> {
  const challenge = response.headers.get('www-authenticate') ?? '';
  const parameters = [...challenge.matchAll(/(max_age|acr_values)="([^"]*)"/g)];
  return Object.fromEntries(parameters.map(([, name = '', value = '']) => [name, value]));
}

test('a login as old as it may be is let in, and an older one is sent to a new login, which is let in', async () => {
  const requirements = { maxAgeSeconds: 300 };
  const token = await readerToken(mock);
  expect((await call(token, requirements)).status).toBe(200);
  mock.control.clock.advance({ seconds: 311 });
  const refused = await call(token, requirements);
  expect(refused.status).toBe(401);
  const demand = demandOf(refused);
  expect(demand).toEqual({ max_age: '300' });
  const fresh = await readerToken(mock, 'ada', mock.issuer, demand);
  expect((await call(fresh, requirements)).status).toBe(200);
});

test('a login that is too weak is sent to a stronger one, which is let in', async () => {
  const requirements = { acrValues: ['urn:loa:2'] };
  const refused = await call(await readerToken(mock), requirements);
  expect(refused.status).toBe(401);
  const demand = demandOf(refused);
  expect(demand).toEqual({ acr_values: 'urn:loa:2' });
  const stronger = await readerToken(mock, 'ada', mock.issuer, demand);
  expect((await call(stronger, requirements)).status).toBe(200);
});

test.each([{ maxAgeSeconds: 300 }, { acrValues: ['urn:loa:2'] }])(
  'at an issuer without the claims, as Sesamy is, %o is an error of the server and demands no login',
  async (requirements) => {
    const sesamy = mockSesamy();
    const strict = createAccessTokenVerifier({ publisherId: 'publisher', fetch: fetchOf(sesamy) });
    const token = await readerToken(sesamy, 'ada', sesamy.issuer, { max_age: '0' });
    await expect(strict.verify(token, requirements)).rejects.toMatchObject({
      code: 'invalid_configuration',
    });
  },
);
