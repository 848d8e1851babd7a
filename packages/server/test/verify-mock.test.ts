import type { Fidelity } from '@sesamy-kit/mock-server';
import { createAccessTokenVerifier } from '@sesamy-kit/server/verify';
import { describe, expect, test } from 'vitest';
import { failureOf } from './client-double.js';
import { clientOfMock, fetchOf, mockSesamy, userToken } from './mock.js';

describe.each<Fidelity>(['documented', 'engine'])(
  'in the fidelity %s, the verifier',
  (fidelity) => {
    test('the verifier reads a user’s token of the mock', async () => {
      const mock = mockSesamy({ fidelity });
      const verifier = createAccessTokenVerifier({
        fetch: fetchOf(mock),
        publisherId: 'publisher',
      });
      await expect(verifier.verify(await userToken(mock))).resolves.toMatchObject({
        subject: 'email|ada',
        publisherId: 'publisher',
        scopes: ['openid', 'profile', 'email'],
        sessionId: expect.any(String) as string,
      });
    });

    test('the verifier accepts an application’s token of the mock only where one is required', async () => {
      const mock = mockSesamy({ fidelity });
      const verifier = createAccessTokenVerifier({ allowAnyPublisher: true, fetch: fetchOf(mock) });
      const token = await clientOfMock(mock).getAccessToken();
      await expect(verifier.verify(token, { subject: 'application' })).resolves.toMatchObject({
        subject: 'backend',
        sessionId: undefined,
      });
      expect(await failureOf(verifier.verify(token))).toMatchObject({ reason: 'subject' });
    });

    test('the verifier follows a key rotation of the mock', async () => {
      const mock = mockSesamy({ fidelity });
      mock.control.keys.rotate();
      const verifier = createAccessTokenVerifier({ allowAnyPublisher: true, fetch: fetchOf(mock) });
      await expect(verifier.verify(await userToken(mock))).resolves.toBeDefined();
    });

    test('the verifier rejects an expired token by the mock’s clock', async () => {
      const mock = mockSesamy({ fidelity, lifetimes: { accessTokenSeconds: 3600 } });
      const verifier = createAccessTokenVerifier({
        allowAnyPublisher: true,
        fetch: fetchOf(mock),
        now: () => mock.control.clock.now(),
      });
      const token = await userToken(mock);
      await expect(verifier.verify(token)).resolves.toBeDefined();
      mock.control.clock.advance({ seconds: 3600 + 11 });
      expect(await failureOf(verifier.verify(token))).toMatchObject({ reason: 'expired' });
    });

    test('the verifier rejects a user of another publisher of the mock', async () => {
      const mock = mockSesamy({ fidelity, vendorId: 'rival' });
      const verifier = createAccessTokenVerifier({
        fetch: fetchOf(mock),
        publisherId: 'publisher',
      });
      expect(await failureOf(verifier.verify(await userToken(mock)))).toMatchObject({
        reason: 'publisher',
      });
    });
  },
);
