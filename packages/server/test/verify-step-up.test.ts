import {
  authenticate,
  createAccessTokenVerifier,
  refusalResponse,
} from '@sesamy-kit/server/verify';
import type { AccessTokenRequirements } from '@sesamy-kit/server/verify';
import { expect, test } from 'vitest';
import { fetchOf, mockSesamy, userToken } from './mock.js';

const mock = mockSesamy({ sendsAuthenticationClaims: true });
const verifier = createAccessTokenVerifier({
  publisherId: 'publisher',
  fetch: fetchOf(mock),
  now: () => mock.control.clock.now(),
});

/** The response of an API with the given requirements. */
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

/** The challenge as parameters of an authorization request. */
function demandOf(response: Response): Record<string, string> {
  const challenge = response.headers.get('www-authenticate') ?? '';
  const parameters = [...challenge.matchAll(/(max_age|acr_values)="([^"]*)"/g)];
  return Object.fromEntries(parameters.map(([, name = '', value = '']) => [name, value]));
}

test('a login older than max_age is challenged, and the new login is accepted', async () => {
  const requirements = { maxAgeSeconds: 300 };
  const token = await userToken(mock);
  expect((await call(token, requirements)).status).toBe(200);
  mock.control.clock.advance({ seconds: 311 });
  const refused = await call(token, requirements);
  expect(refused.status).toBe(401);
  const demand = demandOf(refused);
  expect(demand).toEqual({ max_age: '300' });
  const fresh = await userToken(mock, 'ada', mock.issuer, demand);
  expect((await call(fresh, requirements)).status).toBe(200);
});

test('a login that is too weak is challenged, and a stronger one is accepted', async () => {
  const requirements = { acrValues: ['urn:loa:2'] };
  const refused = await call(await userToken(mock), requirements);
  expect(refused.status).toBe(401);
  const demand = demandOf(refused);
  expect(demand).toEqual({ acr_values: 'urn:loa:2' });
  const stronger = await userToken(mock, 'ada', mock.issuer, demand);
  expect((await call(stronger, requirements)).status).toBe(200);
});

test.each([{ maxAgeSeconds: 300 }, { acrValues: ['urn:loa:2'] }])(
  '%o at an issuer without the claims, such as Sesamy, is a server error, not a challenge',
  async (requirements) => {
    const sesamy = mockSesamy();
    const strict = createAccessTokenVerifier({ publisherId: 'publisher', fetch: fetchOf(sesamy) });
    const token = await userToken(sesamy, 'ada', sesamy.issuer, { max_age: '0' });
    await expect(strict.verify(token, requirements)).rejects.toMatchObject({
      code: 'invalid_configuration',
    });
  },
);
